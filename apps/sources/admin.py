from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.http import HttpRequest

from apps.editorial import dates
from apps.editorial.admin_base import EDITORS_ONLY, EditorialAdmin, PartInline, RecordInline
from apps.sources.forms import AgentForm, AgentRoleForm, CitationForm, CitationFormSet, SourceForm, citing_form
from apps.sources.models import Agent, AgentName, AgentRole, Citation, CitedModel, Source, issued_by_q


def citation_inline(table: type[Citation]) -> type[PartInline]:
    """The rows of a citation table, for the form of what they are about."""
    return type(
        f"{table.__name__}Inline",
        (PartInline,),
        {
            "model": table,
            "form": CitationForm,
            "formset": CitationFormSet,
            "verbose_name": "citation",
            "verbose_name_plural": "citations: nothing is published without one",
            "fields": ["source", "relation", "label", "locator", "exact", "position"],
            "autocomplete_fields": ["source"],
            "ordering": ["position", "pk"],
            "get_extra": lambda self, request, obj=None, **kwargs: 1 if obj is None else 0,
            "get_queryset": lambda self, request: table._default_manager.select_related(
                "source__publisher", "source__reported_via__publisher"
            ).order_by("position", "pk"),
        },
    )


def cited_inline(model: type[CitedModel], **options: Any) -> type[RecordInline]:
    """Cited records on the form of what they belong to, each with room for one more citation."""
    table = model._meta.get_field("citations").related_model
    fields = [*options.pop("fields"), "sources_on_record", "cited", ("cited_label", "cited_locator")]
    readonly = [*options.pop("readonly_fields", ()), "sources_on_record"]

    @admin.display(description="Sources on record")
    def sources_on_record(self: Any, record: Any) -> str:
        return "; ".join(str(citation) for citation in record.citations.all()) or "none yet"

    def get_queryset(self: Any, request: HttpRequest) -> QuerySet:
        return self.model._default_manager.order_by(*self.ordering).prefetch_related("citations__source__publisher")

    return type(
        f"{model.__name__}Inline",
        (RecordInline,),
        {
            "model": model,
            "form": citing_form(table, options.pop("form", None) or RecordInline.form),
            "fields": fields,
            "readonly_fields": readonly,
            "sources_on_record": sources_on_record,
            "get_queryset": get_queryset,
            **options,
        },
    )


class CitedFilter(admin.SimpleListFilter):
    """Which records could not be published for want of a published source."""

    title = "published source"
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "has one"), ("no", "has none yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        table = queryset.model._meta.get_field("citations").related_model
        cited = Exists(table._default_manager.filter(issued_by_q(None, "source__"), subject=OuterRef("pk")))
        return queryset.filter(cited if self.value() == "yes" else ~cited)


class CitedAdmin(EditorialAdmin):
    """A noun that rests on citations."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        table = self.model._meta.get_field("citations").related_model
        return [citation_inline(table), *super().get_inlines(request, obj)]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(citation_count=Count("citations", distinct=True))

    @admin.display(description="sources", ordering="citation_count")
    def sources(self, record: Any) -> int:
        return record.citation_count


class FindingAdmin(CitedAdmin):
    """A table of findings; `owner` names the column of what they head, where there are several.

    `also` are the columns that a table has beyond those of all.
    """

    owner = ""
    also: tuple[str, ...] = ()
    list_filter = ("status", CitedFilter)
    search_fields = ("heading", "lead", "slug")
    date_hierarchy = "since_earliest"
    ordering = ("-since_earliest", "pk")

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return ["heading", *filter(None, [self.owner]), "since_shown", "sources", "status"]

    def get_list_select_related(self, request: HttpRequest) -> list[str] | bool:
        return [self.owner] if self.owner else False

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*self.search_fields, *([f"{self.owner}__title"] if self.owner else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            (
                None,
                {
                    "fields": [*filter(None, [self.owner]), "heading", "lead", "since", *self.also, "slug"],
                    "description": (
                        "A heading that states something, in our words and marked as ours. It holds from “since” "
                        "until a later one does. When the state of things changes, add the next; do not rewrite "
                        "the last, for readers of an earlier moment still see it."
                    ),
                },
            ),
            EDITORS_ONLY,
        )

    @admin.display(description="since", ordering="since_earliest")
    def since_shown(self, finding: Any) -> str:
        return dates.display(finding.since)


class AgentNameInline(PartInline):
    model = AgentName
    fields = ["name", "language"]
    ordering = ["language", "name"]
    verbose_name_plural = "other names: every script and spelling that a reader may search for"
    help_texts = {"language": "ko, ru, en …; ko-Latn for a romanisation."}


class AgentRoleInline(PartInline):
    model = AgentRole
    form = AgentRoleForm
    fk_name = "agent"
    fields = ["title", "body", "since", "until", "source"]
    autocomplete_fields = ["body", "source"]
    ordering = ["-since_earliest", "pk"]
    verbose_name_plural = "roles and affiliations, each with the source that states it"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super().get_queryset(request).select_related("body", "source__publisher", "source__reported_via__publisher")
        )


@admin.register(Agent)
class AgentAdmin(EditorialAdmin):
    form = AgentForm
    list_display = ("name", "kind", "country", "description", "status")
    list_filter = ("status", "kind", "country")
    search_fields = ("name", "short_name", "names__name", "slug")
    search_help_text = "Any spelling on record, in Latin, Cyrillic or Korean script."
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AgentNameInline, AgentRoleInline]
    fieldsets = (
        (
            None,
            {
                "fields": ["name", "short_name", "slug", "kind", "country", "description"],
                "description": (
                    "A person or a body. Search first: the same person is one agent, however the name is spelled; "
                    "spellings go under “other names” below."
                ),
            },
        ),
        EDITORS_ONLY,
    )


@admin.register(Source)
class SourceAdmin(EditorialAdmin):
    form = SourceForm
    list_display = ("title", "publisher", "type", "issued_shown", "language", "status")
    list_filter = ("status", "type", "language")
    list_select_related = ("publisher", "reported_via__publisher")
    search_fields = ("title", "publisher__name", "byline", "container_title", "url", "slug")
    search_help_text = "Words of the title, the publisher, the author or the address."
    date_hierarchy = "issued_earliest"
    help_texts = {"title": "As the item prints it, in its own language; or our description, see below."}
    ordering = (F("issued_latest").desc(nulls_last=True), "slug")
    autocomplete_fields = ("publisher", "reported_via")
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "type",
                    "publisher",
                    "title",
                    "title_is_description",
                    "slug",
                    "byline",
                    "authors",
                    "container_title",
                    "language",
                ],
                "description": (
                    "One item as a bibliography lists it. Search first: one page is one source. The publisher is who "
                    "first published it; a mirror, a repost or an aggregator is never linked and never named."
                ),
            },
        ),
        (
            "When readers could first read it",
            {
                "fields": ["issued"],
                "description": (
                    "Everything that rests on this source appears, as of a moment, only from then on. Give the hour "
                    "and zone if they are known; if only a limit is known, a span: 2024-06-19/2024-06-20."
                ),
            },
        ),
        (
            "Where it can be read",
            {
                "fields": ["url", "archive_url", "reported_via", "note"],
                "description": (
                    "The original address, or none. What was not itself seen names the source that tells of it."
                ),
            },
        ),
        EDITORS_ONLY,
    )

    @admin.display(description="issued", ordering="issued_latest")
    def issued_shown(self, source: Source) -> str:
        return dates.display(source.issued) if source.issued else "not known"
