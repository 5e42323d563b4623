from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from apps.exchange.feeds import atom, calendar, timelinejs
from apps.exchange.feeds.asked import asked


def record_atom(request: HttpRequest) -> HttpResponse:
    """What is new on the record, newest shown first, with the timeline's filters, a page at a time."""
    feed = atom.feed(asked(request), request.path, request)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def timeline_ics(request: HttpRequest) -> HttpResponse:
    """Events and acts that are known to the day, as a calendar, with the timeline's filters."""
    return HttpResponse(calendar.calendar(asked(request)), content_type=calendar.CONTENT_TYPE)


def timeline_json(request: HttpRequest) -> HttpResponse:
    """Any timeline as TimelineJS reads it."""
    slides = json.dumps(timelinejs.slides(asked(request)), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(slides, content_type="application/json; charset=utf-8")
