"""What the page of a topic and that of an article say alike: how to cite what is shown, and what there is instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.editorial.refusals import listed
from apps.sources import citing
from apps.sources.reading import Reading
from apps.sources.templatetags.record import moment as in_words


def to_take(reading: Reading, slug: str, title: str, link: str) -> dict[str, Any]:
    """What comparison/_take.html prints: the link to the view, and a citation of it as plain text and BibTeX.

    A page of the past is dated by its moment, any other by the day on which it was seen.
    """
    page = citing.Page(
        slug=slug,
        title=title,
        url=link,
        seen=None if reading.at else reading.now.date(),
        moment=in_words(reading.at) if reading.at else "",
    )
    return {"link": link, "citation": citing.page_chicago(page), "bibtex": citing.page_bibtex(page)}


def not_there(request: HttpRequest, reading: Reading, sentence: str, there: Sequence[str]) -> HttpResponse:
    """A page not found that says which there are at the moment."""
    offer = f"There is {listed(there)}." if there else "There is none yet."
    context = {"reading": reading if reading.is_past else None, "sentence": f"{sentence} {offer}"}
    return render(request, "404.html", context, status=404)
