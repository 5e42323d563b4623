from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.comparison import suggestions
from apps.comparison.models import ComparisonFinding
from apps.sources.admin import FindingAdmin
from apps.treaties.admin import ArticleAdmin, CorrespondenceAdmin, CorrespondenceSideInline
from apps.treaties.models import Article, Correspondence, Topic
from apps.treaties.rules import Confidence, Presence

A_PAGE = 20
"""How many articles stand on one page of suggestions."""


@admin.register(ComparisonFinding)
class ComparisonFindingAdmin(FindingAdmin):
    also = ("facts",)
    autocomplete_fields = ("facts",)


def ways(proposal: suggestions.Proposal) -> list[dict[str, Any]]:
    """The suggestions for an article, each with the forms in which an editor may take it up."""
    add = f"{reverse('admin:treaties_correspondence_add')}?"
    article = proposal.article
    return [
        {
            "suggestion": suggestion,
            "add": add + urlencode({"article": [article.pk, suggestion.article.pk]}, doseq=True),
            "join": [
                (
                    found,
                    f"{reverse('admin:treaties_correspondence_change', args=[found.pk])}?"
                    + urlencode({"article": article.pk}),
                )
                for found in suggestion.standing
            ],
        }
        for suggestion in proposal.found
    ]


def _asked(request: HttpRequest) -> list[Article]:
    """The articles that the address of a form names, to be written into it."""
    keys = [key for key in request.GET.getlist("article") if key.isascii() and key.isdecimal() and len(key) < 10]
    return list(Article.objects.filter(pk__in=keys).select_related("treaty").order_by("treaty__slug", "order"))


class SidesForm(BaseInlineFormSet):
    """The sides of a correspondence; `proposed` articles are written into the form, and kept only when it is saved."""

    def __init__(self, *args: Any, proposed: Sequence[Article] = (), **kwargs: Any) -> None:
        self.proposed = {}
        for article in proposed:
            self.proposed.setdefault(article.treaty_id, []).append(article.pk)
        super().__init__(*args, **kwargs)
        if self.is_bound or not self.proposed:
            return
        standing = {side.treaty_id for side in self.get_queryset()}
        fresh = [treaty for treaty in self.proposed if treaty not in standing]
        self.initial_extra = [
            {"treaty": treaty, "presence": Presence.PRESENT, "articles": self.proposed[treaty]} for treaty in fresh
        ]
        self.extra = max(self.extra, len(fresh))

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        more = self.proposed.get(form.instance.treaty_id) if form.instance.pk and not self.is_bound else None
        if more:
            kept = [article.pk for article in form.initial.get("articles", [])]
            form.initial |= {"articles": [*kept, *(pk for pk in more if pk not in kept)], "presence": Presence.PRESENT}
        return form


class ProposedSideInline(CorrespondenceSideInline):
    formset = SidesForm


class MatchedAdmin(CorrespondenceAdmin):
    """Correspondences, and for articles that have none the likeliest of the other treaties.

    A suggestion only fills a form in; an editor looks at it, changes it and saves it, or does not.
    """

    inlines = [ProposedSideInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.suggestions_view)
        return [path("suggestions/", view, name="treaties_correspondence_suggestions"), *super().get_urls()]

    def suggestions_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(suggestions.without_correspondence(), A_PAGE).get_page(request.GET.get("page"))
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": "Articles without correspondence",
            "opts": self.opts,
            "page": page,
            "rows": [(proposal, ways(proposal)) for proposal in suggestions.proposals(list(page))],
            "may_add": self.has_add_permission(request),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/comparison/suggestions.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked = _asked(request)
        if not asked:
            return super().get_changeform_initial_data(request)
        # A topic has one correspondence; the first of theirs that has none is likeliest meant.
        free = Topic.objects.filter(articles__in=asked, correspondence=None).order_by("group", "position", "pk")
        topic = free.first()
        return {"confidence": Confidence.LOW, **({"topic": topic.pk} if topic else {})}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**given, "proposed": _asked(request)} if isinstance(inline, ProposedSideInline) else given

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        asked = _asked(request) if request.method == "GET" else []
        if asked:
            names = " and ".join(str(article) for article in asked)
            messages.info(request, f"Filled in below, and not saved yet: {names}. Look at it, change it, save it.")
        return super().render_change_form(request, context, *args, **kwargs)


class ProposingArticleAdmin(ArticleAdmin):
    """Articles; the form of one without correspondence shows the likeliest of the other treaties."""

    change_form_template = "admin/comparison/article_form.html"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article = context.get("original")
        if article and suggestions.without_correspondence().filter(pk=article.pk).exists():
            context["rows"] = [(proposal, ways(proposal)) for proposal in suggestions.proposals([article])]
            context["may_add"] = request.user.has_perm("treaties.add_correspondence")
        return super().render_change_form(request, context, *args, **kwargs)


# The treaties know nothing of likeness, so their admin gets these pages from here.
admin.site.unregister([Correspondence, Article])
admin.site.register(Correspondence, MatchedAdmin)
admin.site.register(Article, ProposingArticleAdmin)
