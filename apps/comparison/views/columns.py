"""The columns of a comparison: what both pages read of the treaties in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch
from django.http import HttpRequest

from apps.editorial.refusals import Refused, listed, unknown
from apps.treaties.models import Topic, Treaty

MOST = 3
"""How many treaties stand side by side: as many as a sheet of paper holds in columns that can be read."""

WITH_TOPICS = Prefetch("topics", queryset=Topic.objects.published(), to_attr="public_topics")


def shown_on_phones(request: HttpRequest, treaties: Sequence[Treaty]) -> str:
    """The slug of the treaty that a phone shows: that of `?one=`, else the last of the columns; '' without columns.

    Raises Refused where `?one=` names none of them.
    """
    one = request.GET.get("one", "").strip()
    slugs = [treaty.slug for treaty in treaties]
    if one and one not in slugs:
        raise unknown("column", one, slugs)
    return one or (slugs[-1] if slugs else "")


def chosen_treaties(request: HttpRequest, treaties: Sequence[Treaty]) -> list[Treaty]:
    """The treaties of `?treaty=`, in the order asked for; the latest three of `treaties` where none is named.

    Raises Refused, saying which there are, unless two or three different ones of `treaties` are named.
    """
    asked = [slug for slug in request.GET.getlist("treaty") if slug.strip()]
    if not asked:
        return list(treaties[-MOST:])
    there = {treaty.slug: treaty for treaty in treaties}
    strange = next((slug for slug in asked if slug not in there), None)
    if strange is not None:
        raise unknown("treaty", strange, there)
    if len(set(asked)) != len(asked) or not 1 < len(asked) <= MOST:
        raise Refused(
            f"A comparison needs two or three different treaties; asked for was {listed(asked[:9])}. "
            f"Choose from {listed(there)}."
        )
    return [there[slug] for slug in asked]
