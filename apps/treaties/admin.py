from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.editorial import dates
from apps.editorial.admin_base import EDITORS_ONLY, EditorialAdmin, ListInline, PartInline
from apps.editorial.forms import EditorialForm
from apps.sources.admin import CitedAdmin, CitedFilter, FindingAdmin, cited_inline
from apps.treaties.models import (
    Article,
    Correspondence,
    CorrespondenceSide,
    Obligation,
    Rendering,
    Topic,
    TopicFinding,
    Treaty,
    TreatyAction,
    TreatyTitle,
)


class TreatyTitleInline(PartInline):
    model = TreatyTitle
    fields = ["language", "title", "note"]
    ordering = ["language"]
    verbose_name_plural = "titles in other languages"


class ArticleListInline(ListInline):
    model = Article
    fields = ["number", "heading", "completeness", "status"]
    ordering = ["order"]
    verbose_name_plural = "articles (each is written on its own form)"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("treaty")


class ActListInline(ListInline):
    model = TreatyAction
    fields = ["happened", "kind", "participant", "status"]
    ordering = ["happened_earliest", "pk"]
    verbose_name_plural = "acts (each is written on its own form)"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("treaty", "participant")


@admin.register(Treaty)
class TreatyAdmin(CitedAdmin):
    list_display = ("short_name", "title", "article_count", "sources", "status")
    list_filter = ("status",)
    search_fields = ("slug", "short_name", "title", "titles__title")
    ordering = ("slug",)
    autocomplete_fields = ("parties",)
    inlines = [TreatyTitleInline, ActListInline, ArticleListInline]
    fieldsets = (
        (
            None,
            {
                "fields": ["slug", "short_name", "title", "parties", "summary", "article_count", "authentic_languages"],
                "description": "Whether it is in force on a day is never written here: it follows from its acts.",
            },
        ),
        ("How long it binds", {"fields": ["term", "term_article", "notice", "notice_article"]}),
        EDITORS_ONLY,
    )
    help_texts = {
        "short_name": "As headings use it: The 1961 treaty.",
        "authentic_languages": "Codes separated by commas: ru,ko",
        "parties": "In the order of the title.",
        "term_article": "Number of the article that says so.",
        "notice_article": "Number of the article that says so.",
    }


class ArticleForm(EditorialForm):
    sentences = {
        "treaties_article_order_follows_number": (
            "number",
            "Write “preamble” with the order 0, or a number such as 4 with that number as its order.",
        ),
    }


@admin.register(Article)
class ArticleAdmin(CitedAdmin):
    form = ArticleForm
    list_display = ("label", "treaty", "heading", "completeness", "sources", "status")
    list_display_links = ("label", "heading")
    list_filter = ("status", "treaty", "completeness", CitedFilter)
    list_select_related = ("treaty",)
    search_fields = ("treaty__slug", "number__iexact", "heading")
    search_help_text = "A year, a number or words of the heading: 2024 4."
    ordering = ("treaty__slug", "order", "pk")
    autocomplete_fields = ("topics",)
    address_fields = ("treaty", "number", "order")
    carries = ("renderings",)
    inlines = [
        cited_inline(
            Rendering,
            fields=[
                ("language", "kind", "extent"),
                "source",
                ("translator", "translated_from"),
                "text",
                "steps",
                "note",
                "editor_note",
            ],
            autocomplete_fields=["source"],
            ordering=["language", "pk"],
            verbose_name_plural="renderings: the words of this article, as each source gives them",
        )
    ]
    fieldsets = (
        (
            None,
            {
                "fields": [("treaty", "number", "order"), "heading", "gist", "topics"],
                "description": (
                    "Heading and gist are ours; the words of the treaty are renderings, below, exactly as printed. "
                    "Two renderings that differ are a finding: record both."
                ),
            },
        ),
        (
            "How well it is known",
            {
                "fields": ["completeness", "completeness_note"],
                "description": "What is not on the record is shown as a gap, never filled in.",
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {"topics": "Where the comparison sets it beside the other treaties."}

    @admin.display(description="article", ordering="order")
    def label(self, article: Article) -> str:
        return article.label


@admin.register(Rendering)
class RenderingAdmin(CitedAdmin):
    list_display = ("article", "language", "translator", "kind", "extent", "sources", "status")
    list_filter = ("status", "article__treaty", "language", "kind", CitedFilter)
    list_select_related = ("article__treaty", "source__publisher")
    search_fields = ("article__treaty__slug", "article__number__iexact", "translator", "text")
    ordering = ("article__treaty__slug", "article__order", "language", "pk")
    autocomplete_fields = ("article", "source")
    address_fields = ("article",)
    fieldsets = (
        (
            None,
            {
                "fields": ["article", ("language", "kind", "extent"), "source", ("translator", "translated_from")],
                "description": "Whose words these are. Authentic is only what the treaty itself calls authentic.",
            },
        ),
        ("The words", {"fields": ["text", "steps", "note"]}),
        EDITORS_ONLY,
    )


@admin.register(TreatyAction)
class TreatyActionAdmin(CitedAdmin):
    list_display = ("treaty", "kind", "happened_shown", "participant", "certainty", "sources", "status")
    list_display_links = ("kind", "happened_shown")
    list_filter = ("status", "treaty", "kind", "certainty", CitedFilter)
    list_select_related = ("treaty", "participant")
    search_fields = ("summary", "treaty__slug", "participant__name", "slug")
    date_hierarchy = "happened_earliest"
    ordering = ("happened_earliest", "pk")
    autocomplete_fields = ("participant",)
    fieldsets = (
        (
            None,
            {
                "fields": ["treaty", "kind", "participant", "happened", "place", "summary", "slug"],
                "description": (
                    "One act, one row: two parties that ratify on two days are two acts. What is in force on a day is "
                    "derived from these rows."
                ),
            },
        ),
        ("How sure", {"fields": ["certainty", "note"]}),
        EDITORS_ONLY,
    )

    @admin.display(description="day", ordering="happened_earliest")
    def happened_shown(self, act: TreatyAction) -> str:
        return dates.display(act.happened)


@admin.register(Topic)
class TopicAdmin(EditorialAdmin):
    list_display = ("title", "group", "position", "status")
    list_filter = ("status", "group")
    search_fields = ("title", "slug", "description")
    ordering = ("group", "position", "pk")
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = (
        (
            None,
            {
                "fields": ["title", "slug", "group", "position", "description"],
                "description": "A row of the comparison. What corresponds on it is a correspondence of its own.",
            },
        ),
        EDITORS_ONLY,
    )


class CorrespondenceSideInline(PartInline):
    model = CorrespondenceSide
    fields = ["treaty", "presence", "articles", "basis"]
    autocomplete_fields = ["articles"]
    ordering = ["treaty__slug"]
    verbose_name_plural = "sides: one row a treaty; “no such clause” and “text not on record” are two truths"

    def get_extra(self, request: HttpRequest, obj: Correspondence | None = None, **kwargs: object) -> int:
        return 3 if obj is None else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("treaty", "correspondence__topic")


@admin.register(Correspondence)
class CorrespondenceAdmin(CitedAdmin):
    list_display = ("topic", "confidence", "change", "sources", "status")
    list_filter = ("status", "confidence", "topic__group", CitedFilter)
    list_select_related = ("topic",)
    search_fields = ("topic__title", "change")
    ordering = ("topic__group", "topic__position", "pk")
    autocomplete_fields = ("topic",)
    address_fields = ("topic",)
    inlines = [CorrespondenceSideInline]
    fieldsets = (
        (
            None,
            {
                "fields": ["topic", "change", "confidence", "note"],
                "description": "An editor's reading of what changed between them; readers see it marked as one.",
            },
        ),
        EDITORS_ONLY,
    )
    help_texts = {"confidence": "How sure the reading is, given the texts on record."}


@admin.register(Obligation)
class ObligationAdmin(CitedAdmin):
    list_display = ("treaty", "kind", "extent", "label", "article", "sources", "status")
    list_display_links = ("kind", "label")
    list_filter = ("status", "treaty", "kind", "extent")
    list_select_related = ("treaty", "article__treaty")
    search_fields = ("treaty__slug", "label", "rationale")
    ordering = ("treaty__slug", "kind", "pk")
    autocomplete_fields = ("article",)
    address_fields = ("treaty", "kind")
    fieldsets = (
        (
            None,
            {
                "fields": ["treaty", "kind", "extent", "label", "article"],
                "description": (
                    "After the ATOP codebook: a general promise to consult on important questions is no consultation "
                    "obligation; contact when aggression threatens is."
                ),
            },
        ),
        ("What sets it off, how fast, by what means", {"fields": ["trigger", "speed", "means"]}),
        ("Conditions", {"fields": ["article_51", "domestic_law"]}),
        ("Why it is read so", {"fields": ["rationale"]}),
        EDITORS_ONLY,
    )
    help_texts = {
        "kind": "What is owed, in ATOP's terms.",
        "extent": "How far it goes. “Text not on record” is not “no such clause”.",
        "article": "The article that says it.",
        "article_51": "Whether the clause names the right of self-defence.",
        "domestic_law": "Whether the clause names the laws of the parties.",
    }


@admin.register(TopicFinding)
class TopicFindingAdmin(FindingAdmin):
    owner = "topic"
    autocomplete_fields = ("topic",)
