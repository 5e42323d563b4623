"""What a feed is asked for: the filters of the timeline, a curated timeline, a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.http.request import split_domain_port

from apps.editorial.refusals import unknown
from apps.sources.reading import Reading, reading_of
from apps.timelines import asked as of_timelines
from apps.timelines.compose import Wanted
from apps.timelines.models import Timeline


@dataclass(frozen=True)
class Asked:
    """A feed as asked for.

    `narrowed` are its filters in words, “kind: statements; treaty: 2024”, and `filters` the same in an address; `query`
    also holds the timeline and the moment. `site` and `host` are this site's as the reader names it.
    """

    reading: Reading
    wanted: Wanted
    timeline: Timeline | None
    narrowed: str
    filters: str
    query: str
    site: str
    host: str

    @property
    def title(self) -> str:
        """The name of the timeline that the feed gives."""
        return self.timeline.title if self.timeline else "Everything on the record"

    @property
    def name_to_list(self) -> str:
        """What a program calls the feed among others: the timeline, and what it is narrowed to."""
        return f"The Pact Record: {self.title}" + (f" ({self.narrowed})" if self.narrowed else "")

    @property
    def moment(self) -> str:
        """The moment of a feed of the past as it stands in addresses, or ''."""
        return self.reading.query

    @property
    def page(self) -> str:
        """The address of the timeline's page on this site."""
        path = self.timeline.get_absolute_url() if self.timeline else "/timeline/"
        return self.address(path, self.filters)

    def address(self, path: str, query: str = "") -> str:
        """A path of this site as a whole address, read at the feed's moment."""
        path, _, fragment = path.partition("#")
        asked = [query, f"as_of={self.moment}" if self.moment else ""]
        whole = path + ("&" if "?" in path else "?") * any(asked) + "&".join(filter(None, asked))
        return f"{self.site}{whole}" + (f"#{fragment}" if fragment else "")

    def name(self, what: str) -> str:
        """A name for `what` that stays the same whatever its address becomes (RFC 4151)."""
        return f"tag:{self.host},2026:{what}"


def asked(request: HttpRequest) -> Asked:
    """What the address of a feed asks for. Raises Refused with a sentence for what there is not."""
    reading = reading_of(request)
    timeline = _timeline(request.GET.get("timeline", "").strip(), reading)
    chosen = of_timelines.asked(request.GET, reading.at)
    filters = of_timelines.kept(request.GET, of_timelines.NAMES).urlencode()
    return Asked(
        reading=reading,
        wanted=replace(chosen.wanted, timeline=timeline.pk if timeline else None),
        timeline=timeline,
        narrowed="; ".join(f"{name}: {chosen.names.get((name, slug), slug)}" for name, slug in parse_qsl(filters)),
        filters=filters,
        query=of_timelines.kept(request.GET, (*of_timelines.NAMES, "timeline", "as_of")).urlencode(),
        site=f"{request.scheme}://{request.get_host()}",
        host=split_domain_port(request.get_host())[0].strip("[]"),
    )


def _timeline(slug: str, reading: Reading) -> Timeline | None:
    if not slug:
        return None
    begun = {timeline.slug: timeline for timeline in Timeline.objects.begun_by(reading.at).order_by("slug")}
    if slug not in begun:
        raise unknown("timeline", slug, begun)
    return begun[slug]
