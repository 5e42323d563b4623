"""What an editor is told about evidence before it is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.functional import cached_property

from apps.editorial import dates
from apps.editorial.forms import EditorialForm
from apps.editorial.models import describe
from apps.editorial.rules import Status
from apps.sources.models import Citation, Source
from apps.sources.rules import Locator, Relation, normal_url


class AgentForm(EditorialForm):
    sentences = {
        "sources_agent_country_code": ("country", "Write the two letters of ISO 3166-1: RU, KP, KR, US …"),
    }


class AgentRoleForm(EditorialForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        since, until = (cleaned or {}).get("since"), (cleaned or {}).get("until")
        if since and until:
            try:
                begins, ends = dates.bounds(since)[0], dates.bounds(until)[1]
            except ValueError:
                # The field itself says so.
                return cleaned
            if begins > ends:
                self.add_error("until", f"The role would end ({until}) before it begins ({since}).")
        return cleaned


class SourceForm(EditorialForm):
    def clean_url(self) -> str | None:
        url = self.cleaned_data["url"]
        if not url:
            return None
        try:
            url = normal_url(url)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
        taken = Source.objects.filter(url=url).exclude(pk=self.instance.pk).select_related("publisher").first()
        if taken:
            raise ValidationError(
                f"This page is on the record already: {describe(taken)} ({taken.slug}).", code="unique"
            )
        return url

    def clean_reported_via(self) -> Source | None:
        via: Source | None = self.cleaned_data["reported_via"]
        if via and via.pk == self.instance.pk:
            raise ValidationError("A source cannot be known through itself.", code="self")
        return via


class CitationForm(EditorialForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("locator") and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", "Say what the locator counts: pages, paragraphs …")
        if cleaned.get("label") and not cleaned.get("locator") and "locator" not in self.errors:
            self.add_error("locator", "Say where in the source, or empty the label.")
        return cleaned


class CitationFormSet(forms.BaseInlineFormSet):
    """A record's citations, of which a published record keeps at least one that leads to a published source.

    A new one stands last unless the editor says otherwise.
    """

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            kwargs["initial"] = {"position": self._last + 1}
        return kwargs

    @cached_property
    def _last(self) -> int:
        return max((citation.position for citation in self.get_queryset()), default=0)

    def clean(self) -> None:
        super().clean()
        if self.instance.pk is None or self.instance.status != Status.PUBLISHED or any(self.errors):
            return
        kept = [
            form.cleaned_data["source"]
            for form in self.forms
            if form.cleaned_data.get("source") and not form.cleaned_data.get("DELETE")
        ]
        if not any(source.status == Status.PUBLISHED for source in kept):
            raise ValidationError(
                "Nothing without a source: a published record keeps at least one citation of a published source. "
                "Add one, or withdraw the record first.",
                code="last_citation",
            )


def citing_form(table: type[Citation], parent: type[EditorialForm] = EditorialForm) -> type[EditorialForm]:
    """A form for records on the form of what they belong to, which takes a citation of each along.

    `table` is the citation table of those records.
    """

    class CitingForm(parent):  # type: ignore[misc, valid-type]
        cited = forms.ModelChoiceField(
            Source.objects.for_chips(),
            required=False,
            label="Add a source",
            widget=RelatedFieldWidgetWrapper(
                AutocompleteSelect(table._meta.get_field("source"), admin.site),
                table._meta.get_field("source").remote_field,
                admin.site,
                can_add_related=True,
            ),
            help_text="Where it stands. Relations, exact words and the order of sources are on its own form.",
        )
        cited_label = forms.ChoiceField(
            choices=[("", "---------"), *Locator.choices], required=False, label="Locator counts"
        )
        cited_locator = forms.CharField(max_length=80, required=False, label="Locator")

        def clean(self) -> dict[str, Any] | None:
            cleaned = super().clean() or {}
            if cleaned.get("cited_locator") and not cleaned.get("cited_label"):
                self.add_error("cited_label", "Say what the locator counts.")
            if cleaned.get("cited_label") and not cleaned.get("cited_locator"):
                self.add_error("cited_locator", "Say where in the source.")
            if cleaned.get("cited_locator") and not cleaned.get("cited"):
                self.add_error("cited", "A citation needs its source.")
            if cleaned.get("cited") and self.instance.pk and self._cited_already(cleaned):
                self.add_error("cited", "It is cited there already.")
            return cleaned

        def _cited_already(self, cleaned: dict[str, Any]) -> bool:
            same = table._default_manager.filter(
                subject=self.instance.pk, source=cleaned["cited"], locator=cleaned.get("cited_locator", "")
            )
            return same.filter(relation=Relation.EVIDENCE).exists()

        def _save_m2m(self) -> None:
            super()._save_m2m()
            self._cite(self.instance)

        def _cite(self, record: Any) -> None:
            source = self.cleaned_data.get("cited")
            if source:
                table._default_manager.create(
                    subject=record,
                    source=source,
                    label=self.cleaned_data["cited_label"],
                    locator=self.cleaned_data["cited_locator"],
                    position=1 + (record.citations.aggregate(last=Max("position"))["last"] or 0),
                )

    return CitingForm
