"""What answers below /embed/ and at /oembed/: widgets, what became of them, the builder, what a host pastes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import compress_string

from apps.editorial.refusals import Refused
from apps.embeds import accents, builder, heights, oembed, snippets, status
from apps.embeds.addresses import NotPublic, named_by, pin
from apps.embeds.options import THEMES, Options, once, whole
from apps.embeds.options import accent as accent_of
from apps.embeds.widgets import Kind, NotThere, Withdrawn, address, read
from apps.sources.reading import in_address
from apps.sources.templatetags.record import at as at_moment

BRIEFLY = "public, max-age=60"
"""For how long an answer is kept that may soon be another: a status, and a refusal, which a correction may lift."""

A_MINUTE, A_DAY, A_YEAR = 60, 86_400, 31_536_000
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
    theme = request.GET.get("theme", "")
    options = Options(theme=theme if theme in THEMES else Options.theme, fits=request.GET.get("fits") == "1")
    context = {"title": title, "sentence": sentence, "options": options}
    response = render(request, "embeds/sentence.html", context, status=status)
    response["Cache-Control"] = BRIEFLY
    return response


def remembered(view: View) -> View:
    """The view; its answer is kept for a minute, for the many readers of a page that has just been published.

    Compressed too, which takes longer than all else of an answer that is kept; there is no secret in it to guess at.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"embed:{sha256(request.build_absolute_uri().encode()).hexdigest()}"
        kept = cache.get(name)
        if kept is None:
            page = view(request, *args, **kwargs).content
            kept = page, compress_string(page)
            cache.set(name, kept, A_MINUTE)
        page, packed = kept
        if not re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            return HttpResponse(page)
        return HttpResponse(packed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})

    return answer


@framed
@remembered
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
        "feed": shown.feed,
    }
    return render(request, card.template, context)


def changes(request: HttpRequest, kind: Kind, slug: str = "") -> HttpResponse:
    """What changed in a widget since it was pasted, for the program of an embedder."""
    now = timezone.now()
    try:
        shown = read(kind, slug, request.GET, now=now)
        since = status.since_of(once(request.GET, "since"), now=now)
    except (Refused, NotThere) as fault:
        code = 410 if isinstance(fault, Withdrawn) else 404 if isinstance(fault, NotThere) else 400
        return _for_programs(JsonResponse({"error": str(fault)}, status=code))
    found = status.changes(shown, since)
    query = request.GET.copy()
    query.pop("since", None)
    path = address(kind, slug) + (f"?{query.urlencode()}" if query else "")
    told = {
        "widget": request.build_absolute_uri(path),
        "page": request.build_absolute_uri(at_moment(shown.card.url, shown.reading)),
        "feed": request.build_absolute_uri(shown.feed) if shown.feed else None,
        "since": since.isoformat(),
        "pinned": in_address(shown.reading.at) if shown.reading.at else None,
        "changed": found.any,
        "published": found.published,
        "published_at_least": found.more,
        "withdrawn": found.withdrawn,
        "chosen": found.chosen,
        "taken_out": found.taken_out,
        "corrected": [
            {
                "record": each.record_label,
                "page": request.build_absolute_uri(each.record_path),
                "correction": request.build_absolute_uri(each.get_absolute_url()),
                "at": each.corrected_at.isoformat(),
                "what": each.what_changed,
            }
            for each in found.corrected
        ],
    }
    if shown.options.shown_by:
        told["note"] = (
            "The widget is pinned and stays as it is; only what is withdrawn leaves it. Its foot tells of corrections."
        )
    elif shown.reading.is_past:
        told["note"] = (
            "The widget is pinned to a moment: nothing that became known later enters it. What we add or correct since "
            "does, unless shown_by says as of when our record is to be read, as in shown_by=2026-03-01T12:00Z."
        )
    return _for_programs(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))


def _for_programs(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = BRIEFLY
    return response


def provider(request: HttpRequest) -> HttpResponse:
    """oEmbed: the widget of an address of this site, as its frame in one line."""
    params = request.GET
    form = params.get("format", "").strip().lower() or "json"
    if form not in oembed.TYPES:
        return _plainly("Answers come as json or xml.", 501)
    try:
        most = [_most(once(params, name), name) for name in ("maxwidth", "maxheight")]
        url = once(params, "url")
        if not url:
            raise Refused("Say which address is to be embedded, as in url=https://….")
    except Refused as refused:
        return _plainly(str(refused), 400)
    try:
        now = timezone.now()
        named = named_by(url, request.get_host())
        pin(named.params, now=now)
        shown = read(named.kind, named.slug, named.params, now=now)
    except (Withdrawn, NotPublic) as closed:
        return _plainly(str(closed), 401)
    except (NotThere, Refused) as missing:
        return _plainly(str(missing), 404)
    width = min(oembed.WIDTH, most[0] or oembed.WIDTH)
    height = min(shown.floor(width), most[1] or heights.MOST_EVER)
    frame = snippets.iframe(request.build_absolute_uri(named.path), shown.card.title, width, height)
    told = oembed.answer(shown.card.title, frame, width, height, request.build_absolute_uri("/"))
    return HttpResponse(oembed.written(told, form), content_type=oembed.TYPES[form])


def _most(text: str, name: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        raise Refused(f"“{name}” is a whole number of pixels from 1 on.")
    # More than any widget takes bounds nothing, however many digits it has.
    return whole(text.lstrip("0")) or heights.MOST_EVER


def _plainly(sentence: str, code: int) -> HttpResponse:
    return HttpResponse(sentence, status=code, content_type="text/plain; charset=utf-8")


def build(request: HttpRequest) -> HttpResponse:
    """The builder: choose what to show and how, see it, copy it. What is chosen stands in the address."""
    chosen = builder.chosen_of(request.GET, now=timezone.now())
    script = request.build_absolute_uri(reverse("embed_script"))
    htmx = getattr(request, "htmx", None)
    swapped = bool(htmx and not htmx.history_restore_request and not htmx.boosted)
    context = {
        "reading": None,
        "chosen": chosen,
        "snippets": builder.snippets_of(chosen, request.build_absolute_uri, script),
        "swapped": swapped,
    }
    template = "embeds/_built.html" if swapped else "embeds/builder.html"
    return render(request, template, context, status=400 if chosen.fault else 200)


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
