"""The editors' front door: Django's admin under our name, its index in the order of an editor's work."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

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

    def _desk(self, slug: str, name: str, models: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "name": name,
            "app_label": slug,
            "app_url": f"{reverse('admin:index', current_app=self.name)}#{slug}",
            "has_module_perms": True,
            "models": models,
        }
