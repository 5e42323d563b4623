"""What somebody names (a treaty, a language, a source, a kind) as what is on record, or a sentence why not."""

from __future__ import annotations

import difflib
import re

from babel import Locale

from apps.editorial.rules import Status
from apps.exchange.texts.importing import Refused
from apps.sources.models import Source
from apps.treaties.models import Treaty
from apps.treaties.rules import RenderingKind

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def treaty(slug: str) -> Treaty:
    """The treaty of that slug. Raises Refused with those that exist."""
    found = Treaty.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Treaty.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise Refused([f"There is no treaty “{slug}” on record; there are: {known}."])
    return found


def source(slug: str) -> Source:
    """The source of that slug. Raises Refused with those of a like name, and when it has been withdrawn."""
    found = Source.objects.select_related("publisher").filter(slug=slug).first()
    if found is None:
        slugs = Source.objects.order_by("slug").values_list("slug", flat=True)
        near = difflib.get_close_matches(slug, slugs, n=3, cutoff=0.5)
        hint = f" Those with a name like it: {', '.join(near)}." if near else " Add the source first."
        raise Refused([f"There is no source “{slug}” on record.{hint}"])
    return usable(found)


def usable(source: Source) -> Source:
    """The source itself. Raises Refused when it has been withdrawn."""
    if source.status == Status.WITHDRAWN:
        raise Refused([f"The source “{source.slug}” has been withdrawn; nothing can rest on it."])
    return source


def language(code: str) -> str:
    """The language code. Raises Refused when it is no code of ISO 639 that is known."""
    main = code.partition("-")[0]
    if not _LANGUAGE.fullmatch(code) or main not in Locale("en").languages:
        raise Refused([f"“{code}” is no language code of ISO 639; those are such as en, ru, ko, zh."])
    return code


def kind(word: str) -> str:
    """The kind of a rendering, in small letters or large; empty stays empty. Raises Refused with those that exist."""
    if word and word.upper() not in RenderingKind.values:
        known = ", ".join(value.lower() for value in RenderingKind.values)
        raise Refused([f"There is no kind “{word}”; there are: {known}."])
    return word.upper()


def translator(name: str) -> str:
    """The translator's name. Raises Refused when it is longer than the record holds."""
    if len(name) > 80:
        raise Refused([f"The translator's name has {len(name)} characters; at most 80 are kept."])
    return name.strip()
