from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from apps.editorial import dates
from apps.editorial.admin_base import EDITORS_ONLY, EditorialAdmin
from apps.quotes.models import Quote, Theme, Utterance
from apps.sources.admin import CitedAdmin, CitedFilter, cited_inline


@admin.register(Theme)
class ThemeAdmin(EditorialAdmin):
    list_display = ("title", "topic", "status")
    list_filter = ("status",)
    list_select_related = ("topic",)
    search_fields = ("title", "slug")
    ordering = ("title", "pk")
    autocomplete_fields = ("topic",)
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = (
        (
            None,
            {
                "fields": ["title", "slug", "topic"],
                "description": "What statements are about. Keep them few: a theme with one statement helps nobody.",
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {"title": "Two or three words.", "topic": "The topic of the treaties that it is the same as, if any."}


@admin.register(Utterance)
class UtteranceAdmin(EditorialAdmin):
    list_display = ("speaker", "occasion", "said_shown", "printings", "status")
    list_display_links = ("speaker", "occasion")
    list_filter = ("status", "themes")
    list_select_related = ("speaker",)
    search_fields = ("speaker__name", "speaker__names__name", "occasion", "quotes__words", "slug")
    search_help_text = "A speaker in any script, an occasion, or words that were said."
    date_hierarchy = "said_earliest"
    ordering = ("-said_earliest", "slug")
    autocomplete_fields = ("speaker", "themes")
    carries = ("quotes",)
    inlines = [
        cited_inline(
            Quote,
            fields=[
                "slug",
                "words",
                ("language", "translated_by"),
                "original",
                ("officiality", "position", "verified"),
                "note",
                "editor_note",
            ],
            ordering=["position", "pk"],
            extra_on_add=1,
            verbose_name_plural="quotes: the printings of these words, the most official first",
        )
    ]
    fieldsets = (
        (
            None,
            {
                "fields": ["speaker", "role_at_time", "said", "occasion", "place", "slug", "themes"],
                "description": (
                    "Something said once. The same sentence in two agencies is one utterance with two quotes; "
                    "the exact words, their language and their sources stand in the quotes below."
                ),
            },
        ),
        ("In our words", {"fields": ["summary", "note"]}),
        EDITORS_ONLY,
    )
    help_texts = {"speaker": "Who said it, person or body; search in any script.", "themes": "What it is about."}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(printing_count=Count("quotes", distinct=True))

    @admin.display(description="said", ordering="said_earliest")
    def said_shown(self, utterance: Utterance) -> str:
        return dates.display(utterance.said)

    @admin.display(description="quotes", ordering="printing_count")
    def printings(self, utterance: Utterance) -> int:
        return utterance.printing_count  # type: ignore[attr-defined]


@admin.register(Quote)
class QuoteAdmin(CitedAdmin):
    list_display = ("words_shown", "speaker", "said_shown", "language", "officiality", "sources", "status")
    list_filter = ("status", "verified", "officiality", "language", CitedFilter)
    list_select_related = ("utterance__speaker",)
    search_fields = ("words", "original", "utterance__speaker__name", "utterance__speaker__names__name", "slug")
    date_hierarchy = "utterance__said_earliest"
    ordering = ("-utterance__said_earliest", "position", "pk")
    autocomplete_fields = ("utterance",)
    fieldsets = (
        (
            None,
            {
                "fields": ["utterance", "slug", "words", ("language", "translated_by"), "original"],
                "description": (
                    "One printing: the exact words in the language in which this source prints them. A slip of the "
                    "source stays, and the note points it out."
                ),
            },
        ),
        ("Beside the other printings", {"fields": ["officiality", "position", "verified", "note"]}),
        EDITORS_ONLY,
    )
    help_texts = {"utterance": "What was said, of which this is a printing."}

    @admin.display(description="words", ordering="words")
    def words_shown(self, quote: Quote) -> str:
        return str(quote)

    @admin.display(description="speaker", ordering="utterance__speaker__name")
    def speaker(self, quote: Quote) -> str:
        return quote.utterance.speaker.name

    @admin.display(description="said", ordering="utterance__said_earliest")
    def said_shown(self, quote: Quote) -> str:
        return dates.display(quote.utterance.said)
