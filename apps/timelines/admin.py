"""The editors’ forms of events, ties, curated timelines and their findings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest

from apps.editorial import dates
from apps.editorial.admin_base import EDITORS_ONLY, EditorialAdmin, PartInline
from apps.editorial.forms import EditorialForm
from apps.editorial.rules import Status
from apps.sources.admin import CitedAdmin, CitedFilter, FindingAdmin, cited_inline
from apps.timelines.models import ITEM_SUBJECTS, ArticleTie, Event, Timeline, TimelineFinding, TimelineItem
from apps.treaties.models import Rendering


class ArticleTieForm(EditorialForm):
    sentences = {
        "timelines_articletie_one_subject": ("event", "Name either an event or a statement, and not both."),
    }


@admin.register(Event)
class EventAdmin(CitedAdmin):
    list_display = ("title", "happened_shown", "category", "place", "sources", "status")
    list_filter = ("status", "category", "treaties", CitedFilter)
    search_fields = ("title", "summary", "place", "slug")
    date_hierarchy = "happened_earliest"
    ordering = ("-happened_earliest", "position", "pk")
    autocomplete_fields = ("people", "treaties", "acts", "facts")
    prepopulated_fields = {"slug": ["title"]}
    carries = ("ties",)
    inlines = [
        cited_inline(
            ArticleTie,
            fields=[("kind", "article"), "slug", "note", "editor_note"],
            autocomplete_fields=["article"],
            ordering=["pk"],
            verbose_name_plural="ties: the articles it bears on, and who says so",
        )
    ]
    fieldsets = (
        (
            None,
            {
                "fields": ["title", "slug", "category", ("happened", "position"), "place", "summary"],
                "description": (
                    "Something that happened, in neutral words. What someone said is an utterance; what a treaty's "
                    "parties did to it (signed, ratified) is a treaty act."
                ),
            },
        ),
        ("Who and what", {"fields": ["people", "treaties", "acts", "facts", "note"]}),
        EDITORS_ONLY,
    )

    @admin.display(description="happened", ordering="happened_earliest")
    def happened_shown(self, event: Event) -> str:
        return dates.display(event.happened)


@admin.register(ArticleTie)
class ArticleTieAdmin(CitedAdmin):
    form = ArticleTieForm
    list_display = ("article", "kind", "event", "utterance", "sources", "status")
    list_display_links = ("article", "kind")
    list_filter = ("status", "kind", "article__treaty", CitedFilter)
    list_select_related = ("article__treaty", "event", "utterance__speaker")
    search_fields = (
        "event__title",
        "utterance__occasion",
        "utterance__speaker__name",
        "article__heading",
        "note",
        "slug",
    )
    ordering = ("article__treaty__slug", "article__order", "pk")
    autocomplete_fields = ("article", "event", "utterance")
    fieldsets = (
        (
            None,
            {
                "fields": ["kind", "article", "event", "utterance", "slug", "note"],
                "description": (
                    "That an event or a statement bears on an article. The tie is a claim and needs a source that "
                    "makes it; “is said to breach” names who says so."
                ),
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {"event": "An event, or else a statement.", "utterance": "A statement, or else an event."}


class TimelineItemForm(EditorialForm):
    sentences = {
        "timelines_item_one_subject": (
            None,
            "Choose one thing: an event, a treaty act, a statement, an opinion, an assessment or a text.",
        ),
    }


class TimelineItemFormSet(forms.BaseInlineFormSet):
    """Items of a timeline, each thing once."""

    def clean(self) -> None:
        super().clean()
        chosen = Counter(
            (name, form.cleaned_data[name].pk)
            for form in self.forms
            if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")
            for name in ITEM_SUBJECTS
            if form.cleaned_data.get(name)
        )
        if any(count > 1 for count in chosen.values()):
            raise ValidationError("Something stands on this timeline twice.", code="twice")


UNSEEN = {Status.DRAFT: "still a draft", Status.REVIEW: "still in review", Status.WITHDRAWN: "withdrawn"}


class TimelineItemInline(PartInline):
    """The items of a timeline, each under its name and with whether readers see it."""

    model = TimelineItem
    template = "admin/edit_inline/stacked.html"
    form = TimelineItemForm
    formset = TimelineItemFormSet
    fields = [
        ("position", "chapter", "note", "seen_by_readers"),
        ("event", "act", "utterance"),
        ("opinion", "assessment", "publication"),
    ]
    readonly_fields = ("seen_by_readers",)
    autocomplete_fields = ITEM_SUBJECTS
    ordering = ["position", "pk"]
    verbose_name = "item"
    verbose_name_plural = "items: one thing each, in reading order"
    help_texts = {
        "position": "Lower stands first.",
        "chapter": "Where a chapter begins; empty within it: it holds until the next.",
        "note": "Why it stands here, in our words.",
    }

    def _thin(self, widget: RelatedFieldWidgetWrapper) -> None:
        super()._thin(widget)
        # A timeline chooses from what is on the record.
        widget.can_add_related = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "event",
                "act__treaty",
                "utterance__speaker",
                "opinion__expert",
                "opinion__position__question",
                "assessment__question",
                "publication__publisher",
            )
            .annotate(
                readable=Exists(TimelineItem.objects.readable(None).filter(pk=OuterRef("pk"))),
                prints_words=Exists(Rendering.objects.filter(source=OuterRef("publication"))),
            )
        )

    @admin.display(description="seen by readers")
    def seen_by_readers(self, item: Any) -> str:
        if item.pk is None:
            return "Once it is published itself."
        if item.readable:
            return "Yes."
        status = item.subject.status
        if status != Status.PUBLISHED:
            return f"No: it is {UNSEEN[status]}."
        if not item.publication_id:
            return "No: no public source bears it."
        return f"No: {'none of the words it prints is public' if item.prints_words else 'it prints no words'}."


@admin.register(Timeline)
class TimelineAdmin(EditorialAdmin):
    list_display = ("title", "items_shown", "status")
    list_filter = ("status",)
    search_fields = ("title", "introduction", "slug")
    ordering = ("title", "pk")
    prepopulated_fields = {"slug": ["title"]}
    inlines = [TimelineItemInline]
    fieldsets = (
        (
            None,
            {
                "fields": ["title", "slug", "introduction"],
                "description": (
                    "A selection from what is on the record, with an address that others link to and frame. Readers "
                    "see those of its items that are published themselves."
                ),
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {"introduction": "Two or three sentences in our words; a claim belongs into a finding."}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(item_count=Count("items", distinct=True))

    @admin.display(description="items", ordering="item_count")
    def items_shown(self, timeline: Any) -> int:
        return timeline.item_count


@admin.register(TimelineFinding)
class TimelineFindingAdmin(FindingAdmin):
    owner = "timeline"
    also = ("facts",)
    autocomplete_fields = ("timeline", "facts")
    help_texts = {"timeline": "Empty: it heads the page of everything."}
