"""The form with which an editor brings in a treaty text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from apps.exchange.texts import asked, opening
from apps.exchange.texts.importing import Refused
from apps.sources.models import Source
from apps.treaties.models import Rendering, Treaty
from apps.treaties.rules import RenderingKind


class TextForm(forms.Form):
    """Which text it is, and the text as a file or pasted. `cleaned_data["words"]` is the text, whichever it was."""

    treaty = forms.ModelChoiceField(Treaty.objects.order_by("slug"), empty_label="---------")
    language = forms.CharField(
        max_length=8, help_text="ISO 639 code: en, ru, ko …", widget=forms.TextInput({"size": 8})
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        widget=AutocompleteSelect(Rendering._meta.get_field("source"), admin.site),
        help_text="Who prints these words. Add the source first if it is not on record.",
    )
    # Where scripts do not run, the list of sources has nothing to choose from.
    source_slug = forms.CharField(
        max_length=120, required=False, label="Source, by its slug", widget=forms.TextInput({"size": 60})
    )
    kind = forms.ChoiceField(
        choices=[("", "as this source's other renderings, else by the language"), *RenderingKind.choices],
        required=False,
        help_text="Authentic is only what the treaty itself calls authentic.",
    )
    translator = forms.CharField(
        max_length=80,
        required=False,
        help_text="How readers call it: “KCNA English”. Empty: as this source's other renderings, or its publisher.",
        widget=forms.TextInput({"class": "vTextField"}),
    )
    translated_from = forms.CharField(
        max_length=8,
        required=False,
        help_text="The language it was made from, if known.",
        widget=forms.TextInput({"size": 8}),
    )
    file = forms.FileField(
        required=False,
        help_text="Plain text in UTF-8 or Akoma Ntoso 3.0, at most 1 MB.",
        widget=forms.FileInput({"accept": ".txt,.xml,text/plain,text/xml,application/xml"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it",
        help_text="“Article 4”, “Статья 4” or “제4조” begins each article; the preamble stands before the first.",
        widget=forms.Textarea({"rows": 16, "cols": 90, "class": "vLargeTextField", "spellcheck": "false"}),
    )

    def clean_language(self) -> str:
        return _sentence(asked.language, self.cleaned_data["language"].strip())

    def clean_translated_from(self) -> str:
        code = self.cleaned_data["translated_from"].strip()
        return _sentence(asked.language, code) if code else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._find_source(cleaned)
        self._find_words(cleaned)
        return cleaned

    def _find_source(self, cleaned: dict[str, Any]) -> None:
        slug = cleaned.get("source_slug", "").strip()
        if "source" not in cleaned:
            return
        try:
            if cleaned["source"]:
                cleaned["source"] = asked.usable(cleaned["source"])
            elif slug:
                cleaned["source"] = asked.source(slug)
            else:
                self.add_error("source", "Say which source prints these words.")
        except Refused as refused:
            self.add_error("source" if cleaned["source"] else "source_slug", refused.reasons)

    def _find_words(self, cleaned: dict[str, Any]) -> None:
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if "file" in self.errors or "text" in self.errors:
            return
        if bool(file) == bool(text.strip()):
            self.add_error(
                "file", "Give one text: a file or pasted." if file else "Give the text, as a file or pasted."
            )
            return
        try:
            if file and file.size > opening.MOST_BYTES:
                raise opening.Unreadable(opening.too_long(file.size))
            cleaned["words"] = opening.decode(file.read() if file else text.encode())
        except opening.Unreadable as unreadable:
            self.add_error("file" if file else "text", str(unreadable))


def _sentence(check: Callable[[str], str], word: str) -> str:
    """What `check` gives for `word`; its refusal as the form's."""
    try:
        return check(word)
    except Refused as refused:
        raise ValidationError(refused.reasons) from None
