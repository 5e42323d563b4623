from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from apps.editorial import dates
from apps.editorial.admin_base import EDITORS_ONLY, EditorialAdmin, PartInline
from apps.opinions.models import Assessment, ContestedFact, Opinion, Position, Question, Value
from apps.sources.admin import CitedAdmin, CitedFilter, cited_inline


class PositionInline(PartInline):
    model = Position
    fields = ["order", "label", "slug", "off_scale"]
    prepopulated_fields = {"slug": ["label"]}
    ordering = ["order"]
    verbose_name_plural = "positions: the answers that experts give, from one end of the spectrum to the other"
    help_texts = {"order": "From one end to the other: 1, 2, 3 …", "label": "An answer in a few words."}


@admin.register(Question)
class QuestionAdmin(EditorialAdmin):
    list_display = ("question", "position", "status")
    list_filter = ("status", "topics")
    search_fields = ("question", "slug", "why_it_matters")
    ordering = ("position", "pk")
    autocomplete_fields = ("articles", "topics")
    prepopulated_fields = {"slug": ["question"]}
    carries = ("assessments",)
    inlines = [
        PositionInline,
        cited_inline(
            Assessment,
            fields=[("since", "knowledge"), "answer", "editor_note"],
            ordering=["since_earliest", "pk"],
            verbose_name_plural="assessments: a dated history of what is known, added to and never overwritten",
        ),
    ]
    fieldsets = (
        (
            None,
            {
                "fields": ["question", "slug", "position", "why_it_matters", "settled_by"],
                "description": (
                    "A question that a reader would ask. Whether it is known, disputed or unknown is not a property "
                    "of the question but its latest assessment."
                ),
            },
        ),
        ("What it turns on", {"fields": ["articles", "topics"]}),
        EDITORS_ONLY,
    )
    help_texts = {
        "question": "As a reader would ask it, with a question mark.",
        "why_it_matters": "In our words, without taking sides.",
        "topics": "Topics of the treaties.",
    }


class PositionChoice(forms.ModelChoiceField):
    """Positions under the question that each answers."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.question.question} — {obj.label}"


@admin.register(Opinion)
class OpinionAdmin(CitedAdmin):
    list_display = ("expert", "question", "position", "stated_shown", "sources", "status")
    list_display_links = ("expert", "question")
    list_filter = ("status", "position__question", "confidence", CitedFilter)
    list_select_related = ("expert", "position__question")
    search_fields = ("expert__name", "expert__names__name", "summary", "quote", "slug")
    date_hierarchy = "stated_earliest"
    ordering = ("-stated_earliest", "slug")
    autocomplete_fields = ("expert",)
    fieldsets = (
        (
            None,
            {
                "fields": ["expert", "affiliation_at_time", "country", "position", "stated", "slug"],
                "description": (
                    "What an independent expert concludes. What officials say in their own cause is an utterance. "
                    "The question follows from the position."
                ),
            },
        ),
        (
            "What the expert says",
            {
                "fields": ["summary", "quote", "quote_language", "confidence"],
                "description": "The summary is ours and must not say more than the expert does.",
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {
        "position": "An answer on a question's spectrum; positions are added on the form of the question.",
        "affiliation_at_time": "As of that day: CSIS, Washington.",
        "quote_language": "ISO 639 code, if there is a quotation.",
    }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "position":
            kwargs["form_class"] = PositionChoice
            kwargs["queryset"] = Position.objects.select_related("question").order_by(
                "question__position", "question__pk", "order"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="question", ordering="position__question__question")
    def question(self, opinion: Opinion) -> str:
        return opinion.position.question.question

    @admin.display(description="stated", ordering="stated_earliest")
    def stated_shown(self, opinion: Opinion) -> str:
        return dates.display(opinion.stated)


@admin.register(Assessment)
class AssessmentAdmin(CitedAdmin):
    list_display = ("question", "since_shown", "knowledge", "sources", "status")
    list_display_links = ("question", "since_shown")
    list_filter = ("status", "knowledge", "question", CitedFilter)
    list_select_related = ("question",)
    search_fields = ("question__question", "answer")
    date_hierarchy = "since_earliest"
    ordering = ("question__position", "question__pk", "since_earliest", "pk")
    autocomplete_fields = ("question",)
    address_fields = ("question",)
    fieldsets = (
        (
            None,
            {
                "fields": ["question", ("since", "knowledge"), "answer"],
                "description": (
                    "What could be said from an instant on, resting on sources that had been printed by then. A new "
                    "state of knowledge is a new assessment; only a slip is corrected in an old one."
                ),
            },
        ),
        EDITORS_ONLY,
    )

    @admin.display(description="since", ordering="since_earliest")
    def since_shown(self, assessment: Assessment) -> str:
        return dates.display(assessment.since)


PRINTED = (
    "act_notes",
    "articles",
    "summaries",
    "correspondences",
    "obligations",
    "topic_findings",
    "utterances",
    "opinions",
    "assessments",
)


@admin.register(ContestedFact)
class ContestedFactAdmin(EditorialAdmin):
    list_display = ("question", "treaty", "act", "status")
    list_filter = ("status", "treaty")
    list_select_related = ("treaty", "act")
    search_fields = ("question", "summary", "slug")
    ordering = ("question", "pk")
    autocomplete_fields = ("act", *PRINTED)
    prepopulated_fields = {"slug": ["question"]}
    carries = ("values",)
    inlines = [
        cited_inline(
            Value,
            fields=[("value", "rank", "order"), "reason", "editor_note"],
            ordering=["order", "pk"],
            extra_on_add=2,
            verbose_name_plural="values: what the sources give, each ranked with a reason",
        )
    ]
    fieldsets = (
        (
            None,
            {
                "fields": ["question", "slug", "summary", ("treaty", "act")],
                "description": (
                    "A question of fact to which sources give several answers. The answers are values below; "
                    "all are shown, the preferred one first."
                ),
            },
        ),
        (
            "Where its values are printed",
            {
                "fields": [*PRINTED],
                "description": (
                    "The mark “contested” stands beside each of these wherever readers find it. An event names the "
                    "facts of which it prints a value itself, and one that tells of the treaty act is marked with it."
                ),
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {
        "question": "As a reader would ask it: When did the 1961 treaty end?",
        "treaty": "If it concerns one.",
    }


@admin.register(Value)
class ValueAdmin(CitedAdmin):
    list_display = ("value", "fact", "rank", "sources", "status")
    list_filter = ("status", "rank", CitedFilter)
    list_select_related = ("fact",)
    search_fields = ("value", "reason", "fact__question")
    ordering = ("fact__question", "order", "pk")
    autocomplete_fields = ("fact",)
    address_fields = ("fact",)
    fieldsets = (
        (
            None,
            {
                "fields": ["fact", ("value", "rank", "order"), "reason"],
                "description": "One answer as sources give it. “Refuted” needs a source that refutes it.",
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {
        "value": "Short: 10 September 1996.",
        "rank": "How it stands beside the others.",
        "order": "Lower stands first.",
    }
