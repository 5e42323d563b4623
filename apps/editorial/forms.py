"""Forms that tell an editor, beside the field, what the database would refuse."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError

from apps.editorial.rules import Status

_NAMED = re.compile(r"“(\w+)”")


class EditorialForm(forms.ModelForm):
    """A record's form. `sentences` says for a constraint by name which field it is about and what to do.

    A published record must stay fit to be public: whatever it now rests on must itself be published.
    """

    sentences: dict[str, tuple[str | None, str]] = {}

    def clean_country(self) -> str:
        return self.cleaned_data["country"].upper()

    def _update_errors(self, errors: Any) -> None:
        for field, faults in errors.update_error_dict({}).items():
            for fault in faults:
                named = _NAMED.search(" ".join(fault.messages))
                if named and named[1] in self.sentences:
                    about, sentence = self.sentences[named[1]]
                    self.add_error(about if about in self.fields else None, sentence)
                else:
                    super()._update_errors(ValidationError({field: [fault]}))

    def _post_clean(self) -> None:
        super()._post_clean()
        record: Any = self.instance
        if self.errors or getattr(record, "status", None) != Status.PUBLISHED or not self._changes_what_it_rests_on():
            return
        for reason in record.blockers(Status.PUBLISHED):
            self.add_error(None, f"It is published, so this cannot be saved. {reason}")

    def _changes_what_it_rests_on(self) -> bool:
        return any(isinstance(self.fields[name], forms.ModelChoiceField) for name in self.changed_data)


class NoteActionForm(ActionForm):
    """The changelist's bar of actions, with a line for the reason."""

    note = forms.CharField(
        required=False,
        label="Note",
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "for the history, optional"}),
    )
