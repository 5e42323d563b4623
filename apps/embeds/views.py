from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.editorial.refusals import Refused
from apps.embeds import accents
from apps.embeds.cards import NotThere, Withdrawn
from apps.embeds.options import accent as accent_of
from apps.embeds.widgets import Kind, read

A_DAY, A_YEAR = 86_400, 31_536_000
View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """The view; what it refuses or does not find is told in one sentence that stands well in a frame."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _sentence(request, "This cannot be shown", str(refused), 400)
        except Withdrawn as gone:
            return _sentence(request, "Withdrawn", str(gone), 410)
        except NotThere as missing:
            return _sentence(request, "Not on the record", str(missing), 404)

    return answer


def _sentence(request: HttpRequest, title: str, sentence: str, status: int) -> HttpResponse:
    return render(request, "embeds/sentence.html", {"title": title, "sentence": sentence}, status=status)


@framed
def widget(request: HttpRequest, kind: Kind, slug: str = "") -> HttpResponse:
    """A timeline, a comparison, a question or a quote as other sites frame it."""
    shown = read(kind, slug, request.GET, now=timezone.now())
    card = shown.card
    context = {
        **card.context,
        "card": card,
        "frame": shown.frame,
        "options": shown.options,
        "reading": shown.reading,
        "whole": shown.whole,
        "counted": shown.counted,
    }
    return render(request, card.template, context)


@framed
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else stands below /embed/."""
    raise NotThere("There is no widget at this address.")


def accent(request: HttpRequest, digits: str) -> HttpResponse:
    """The style sheet of an embedder's colour."""
    try:
        sheet = accents.style_sheet(accent_of(digits))
    except Refused as refused:
        return HttpResponse(str(refused), status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    )


def script(request: HttpRequest) -> HttpResponse:
    """The script behind `<pact-embed>`, at the address that other sites paste once and keep."""
    text = (settings.BASE_DIR / "static" / "pact-embed.js").read_bytes()
    headers = {"Cache-Control": f"public, max-age={A_DAY}", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)
