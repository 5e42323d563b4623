from __future__ import annotations

from typing import Any

import pghistory
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.editorial.admin_base import Fields
from apps.editorial.models import Correction


@admin.register(Correction)
class CorrectionAdmin(Fields, admin.ModelAdmin):
    """What was wrong in something public; readers see every row at once, so nothing here is ever deleted."""

    list_display = ("record_label", "corrected_at", "corrected_by", "what_changed")
    list_select_related = ("corrected_by",)
    search_fields = ("record_label", "record_path", "what_changed", "reason")
    date_hierarchy = "corrected_at"
    ordering = ("-corrected_at", "-pk")
    readonly_fields = ("corrected_by",)
    fieldsets = (
        (
            None,
            {
                "fields": ["record_label", "record_path", "what_changed", "reason", "corrected_at", "corrected_by"],
                "description": (
                    "Correct the record first, then say here what was wrong. Readers see this at /corrections/ as "
                    "soon as it is saved. A changed reading is no correction: add an assessment or a finding instead."
                ),
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"corrected_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        if not change:
            obj.corrected_by = request.user
        super().save_model(request, obj, form, change)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with pghistory.context(user=request.user.pk):
            return super().changeform_view(request, *args, **kwargs)
