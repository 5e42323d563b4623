"""The editors' front door: Django's admin under our name, its index in the order of an editor's work."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Value
from django.http import HttpRequest
from django.urls import reverse

from apps.editorial.models import EditorialModel
from apps.editorial.rules import Status

DESKS = (
    ("Sources and who speaks", ("sources.Source", "sources.Agent")),
    ("What was said", ("quotes.Utterance", "quotes.Quote", "quotes.Theme")),
    (
        "Known, disputed, unknown",
        (
            "opinions.Question",
            "opinions.Assessment",
            "opinions.Opinion",
            "opinions.ContestedFact",
            "opinions.Value",
        ),
    ),
    ("What happened", ("timelines.Event", "timelines.ArticleTie", "timelines.Timeline")),
    (
        "The treaties",
        (
            "treaties.Treaty",
            "treaties.Article",
            "treaties.Rendering",
            "treaties.TreatyAction",
            "treaties.Topic",
            "treaties.Correspondence",
            "treaties.Obligation",
        ),
    ),
    (
        "Headings that state something",
        (
            "dashboard.HomeFinding",
            "comparison.ComparisonFinding",
            "treaties.TopicFinding",
            "timelines.TimelineFinding",
        ),
    ),
    ("After publication", ("editorial.Correction",)),
    ("People with a login", ("auth.User", "auth.Group")),
)


class EditorsSite(admin.AdminSite):
    site_title = "The Pact Record: editors"
    site_header = "The Pact Record: editors"
    index_title = "What do you want to work on?"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """What this person may see, by desk; with `app_label`, the one app as Django lists it."""
        listed = super().get_app_list(request, app_label)
        if app_label:
            return listed
        found = {f"{app['app_label']}.{model['object_name']}": model for app in listed for model in app["models"]}
        desks = []
        for number, (name, labels) in enumerate(DESKS, 1):
            models = [found.pop(label) for label in labels if label in found]
            if models:
                desks.append(self._desk(f"desk-{number}", name, models))
        if found:
            desks.append(self._desk("desk-more", "More", list(found.values())))
        return desks

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {"waiting": self._waiting(request), **(extra_context or {})})

    def _waiting(self, request: HttpRequest) -> list[tuple[str, int, str]]:
        """What is in review and this person may see: kind, how many, and the address of the list."""
        seen = {
            model._meta.label_lower: model
            for model, model_admin in self._registry.items()
            if issubclass(model, EditorialModel) and model_admin.has_view_permission(request)
        }
        if not seen:
            return []
        first, *others = (
            model._default_manager.filter(status=Status.REVIEW)
            .annotate(noun=Value(label))
            .values("noun")
            .annotate(number=Count("pk"))
            .values_list("noun", "number")
            for label, model in seen.items()
        )
        waiting = []
        for label, number in sorted(first.union(*others, all=True)):
            if not number:
                continue
            opts = seen[label]._meta
            name = opts.verbose_name if number == 1 else opts.verbose_name_plural
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", current_app=self.name)
            waiting.append((str(name), number, f"{address}?status__exact={Status.REVIEW.value}"))
        return waiting

    def _desk(self, slug: str, name: str, models: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "name": name,
            "app_label": slug,
            "app_url": f"{reverse('admin:index', current_app=self.name)}#{slug}",
            "has_module_perms": True,
            "models": models,
        }
