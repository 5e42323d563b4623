"""What the forms of all records share: how a record stands, how it moves, what its history is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pghistory
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, router
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from apps.editorial import history
from apps.editorial.actions import move_each, move_together
from apps.editorial.forms import EditorialForm, NoteActionForm
from apps.editorial.models import EditorialModel, describe
from apps.editorial.rules import Status, may_move
from apps.editorial.workflow import Refused, permission

MOVES = {
    Status.REVIEW: "Send to review",
    Status.DRAFT: "Back to draft",
    Status.PUBLISHED: "Publish",
    Status.WITHDRAWN: "Withdraw",
}
PUBLISH = "editorial.publish_record"
EDITORS_ONLY = ("For editors only", {"fields": ["editor_note"]})

# What a field is for, where its model leaves that to its name.
HELP = {
    "slug": "The last part of its address: lower case, hyphens. Fixed once the record has been published.",
    "language": "ISO 639 code: en, ru, ko, fr …",
    "place": "Where, in English: Pyongyang; Moscow, the Kremlin.",
    "occasion": "On what occasion: a press conference, a letter, an interview.",
    "note": "Readers see this.",
    "heading": "A sentence that states something, not a label.",
    "lead": "One or two sentences under it.",
    "articles": "Type a year and a number: 2024 4.",
    "relation": "Most are evidence. “Disputes” shows readers that this source says otherwise.",
    "label": "What the locator counts.",
    "treaties": "Those it concerns.",
    "people": "Those who took part.",
    "title": "Short and factual, in sentence case.",
}
LABELS = {"url": "Address (URL)", "archive_url": "Archived copy (URL)"}


def _related_list(db_field: models.ForeignKey | models.ManyToManyField, site: admin.AdminSite) -> Any:
    """The rows of another noun with all that their names need, so that a choice is one query."""
    model = db_field.remote_field.model
    registered = site._registry.get(model)
    rows = model._default_manager.all()
    joined = getattr(registered, "list_select_related", ())
    return rows.select_related(*joined) if joined else rows


class Fields:
    """How columns become fields in every form of the editors."""

    help_texts: dict[str, str] = {}
    rows = 4

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = Textarea(attrs={"rows": self.rows, "cols": 60, "class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            self._thin(field.widget)
        field.label = LABELS.get(db_field.name, field.label)
        field.help_text = self.help_texts.get(db_field.name) or field.help_text or HELP.get(db_field.name, "")
        return field

    def _thin(self, widget: RelatedFieldWidgetWrapper) -> None:
        # What others rest on too is not deleted from the side.
        widget.can_delete_related = False

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        found = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        if found is None:
            return _related_list(db_field, self.admin_site)  # type: ignore[attr-defined]
        return found


class PartInline(Fields, admin.TabularInline):
    """Rows that live and go with the record whose form they stand on."""

    extra = 0
    rows = 2

    def _thin(self, widget: RelatedFieldWidgetWrapper) -> None:
        super()._thin(widget)
        widget.can_change_related = widget.can_view_related = False

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        return self.extra

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request)
        joined = [name for name in self.autocomplete_fields if not self.model._meta.get_field(name).many_to_many]
        return found.select_related(*joined) if joined else found


class RecordInline(Fields, admin.StackedInline):
    """Records with a status of their own, written on the form of what they belong to, moved and deleted on their own.

    Who may not publish may not change what is public here either.
    """

    form = EditorialForm
    extra = 0
    extra_on_add = 0
    rows = 3
    can_delete = False
    show_change_link = True
    view_on_site = False
    template = "admin/editorial/records_inline.html"

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        return self.extra_on_add if obj is None else self.extra

    def get_formset(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        may_publish = request.user.has_perm(PUBLISH)

        class Form(formset.form):  # type: ignore[name-defined]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                if self.instance.status == Status.PUBLISHED and not may_publish:
                    for field in self.fields.values():
                        field.disabled = True
                if "slug" in self.fields and self.instance.published_at:
                    self.fields["slug"].disabled = True

        formset.form = Form
        return formset


class ListInline(admin.TabularInline):
    """Records that belong to this one, to read and to open; they are written on their own forms."""

    extra = 0
    can_delete = False
    show_change_link = True
    view_on_site = False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def _mover(to: Status) -> Callable[..., None]:
    def action(model_admin: EditorialAdmin, request: HttpRequest, queryset: models.QuerySet) -> None:
        note = request.POST.get("note", "")
        moved, reasons = move_each(queryset, to, by=request.user, at=timezone.now(), note=note)
        if moved:
            what = model_admin.opts.verbose_name if len(moved) == 1 else model_admin.opts.verbose_name_plural
            messages.success(request, f"{len(moved)} {what} now {to.label}.")
        for reason in reasons:
            messages.error(request, reason)

    action.__name__ = f"move_to_{to.value.lower()}"
    needed = "publish" if to in (Status.PUBLISHED, Status.WITHDRAWN) else "change"
    return admin.action(action, permissions=[needed], description=MOVES[to])


class EditorialAdmin(Fields, admin.ModelAdmin):
    """A noun of the record. Status is read here and moved by buttons and actions, through the workflow alone.

    `carries` names the reverse relations whose records may move along with this one; `address_fields` make up its
    address and stay as they are once it has been published.
    """

    form = EditorialForm
    view_on_site = False
    list_per_page = 50
    action_form = NoteActionForm
    actions = [_mover(to) for to in MOVES]
    change_form_template = "admin/editorial/record_form.html"
    object_history_template = "admin/editorial/record_history.html"
    address_fields: tuple[str, ...] = ("slug",)
    carries: tuple[str, ...] = ()

    class Media:
        css = {"all": ["editors/forms.css"]}

    # Who may do what

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.status == Status.PUBLISHED and not self.has_publish_permission(request):
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        if obj is None or not obj.published_at:
            return fixed
        names = {field.name for field in self.opts.fields}
        return (*fixed, *(name for name in self.address_fields if name in names))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    # Finding

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        found, duplicates = super().get_search_results(request, queryset, search_term)
        joined = self.list_select_related
        return (found.select_related(*joined) if isinstance(joined, (list, tuple)) and joined else found), duplicates

    # Writing, with the person in the history

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            with self._by(request):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            # What two people saved at once only the database can see. What was already said of it is not so.
            list(messages.get_messages(request))
            messages.error(request, f"Nothing was saved: the database refused it ({str(error).splitlines()[0]}).")
            return HttpResponseRedirect(request.get_full_path())

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        with self._by(request):
            return super().changelist_view(request, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        with self._by(request):
            return super().delete_view(request, object_id, extra_context)

    def _by(self, request: HttpRequest) -> Any:
        return pghistory.context(user=request.user.pk, note=request.POST.get("_note", "")[:300])

    # Standing and moving

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        record = context.get("original")
        context["standing"] = self._standing(request, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def _standing(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        if record is None:
            return {
                "status": Status.DRAFT.label,
                "moves": [(Status.REVIEW.value, "Save and send to review")],
                "carried": [(name, self._called(name), None) for name in self.carries],
            }
        moves = [
            (to.value, label)
            for to, label in MOVES.items()
            if may_move(record.status, to) and request.user.has_perm(permission(record, to))
        ]
        return {
            "status": Status(record.status).label,
            "public": record.status == Status.PUBLISHED,
            "published_at": record.published_at,
            "withdrawn_at": record.withdrawn_at,
            "reader_url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
            "moves": moves if self.has_change_permission(request, record) else [],
            "waits_for_editor": record.status == Status.REVIEW and not self.has_publish_permission(request),
            "frozen": record.status == Status.PUBLISHED and not self.has_publish_permission(request),
            "carried": [
                (name, self._called(name), count) for name in self.carries if (count := getattr(record, name).count())
            ],
            "may_correct": record.status == Status.PUBLISHED and request.user.has_perm("editorial.add_correction"),
        }

    def _called(self, name: str) -> str:
        return str(self.model._meta.get_field(name).related_model._meta.verbose_name_plural)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._move_after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._move_after_save(request, obj) or super().response_change(request, obj)

    def _move_after_save(self, request: HttpRequest, record: EditorialModel) -> HttpResponse | None:
        to = request.POST.get("_move")
        if to not in Status.values:
            return None
        parts = [
            part for name in self.carries if f"_with_{name}" in request.POST for part in getattr(record, name).all()
        ]
        note = request.POST.get("_note", "")[:300]
        try:
            moved = move_together(record, parts, to, by=request.user, at=timezone.now(), note=note)
        except Refused as refused:
            messages.warning(request, f"Saved, but it stays {Status(record.status).label}:")
            for reason in refused.reasons:
                messages.error(request, reason)
        else:
            more = f", and {len(moved) - 1} more with it" if len(moved) > 1 else ""
            messages.success(request, f"The {describe(record)} is now {Status(to).label}{more}.")
        opts = self.opts
        return HttpResponseRedirect(
            reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
        )

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, perms_needed, _ = super().get_deleted_objects(objs, request)
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        resting = sorted({describe(getattr(each, "subject", each)) for each in collector.protected})
        return to_delete, counts, perms_needed, [*_shown(collector.data.values()), *resting]

    # History

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {record}",
            "subtitle": None,
            "entries": history.entries(record),
            "module_name": self.opts.verbose_name_plural,
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


def _shown(found: Iterable[Iterable[models.Model]]) -> list[str]:
    """Of records about to be deleted, those that readers have seen, with what to do instead."""
    return [
        f"{describe(each)}, which is {Status(each.status).label}: what readers have seen is withdrawn, not deleted"
        for rows in found
        for each in rows
        if isinstance(each, EditorialModel) and each.status in (Status.PUBLISHED, Status.WITHDRAWN)
    ]
