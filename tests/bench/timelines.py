"""The widget of a timeline beside TimelineJS, vis-timeline and a plain list, all of the same events, in Chromium."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import statistics
import subprocess
import urllib.request
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings

from tests.bench import events, serving
from tests.bench.events import Happening
from tests.chromium import CHROMIUM, NO_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOWED = (300, 4)
PRINTED = 100
SCRIPTLESS = 300
# Where the goals are near, five visits do not settle whether they are reached.
RUNS = {50: 15, 300: 5, 2_000: 5}
PEERS = {"@knight-lab/timelinejs": "3.9.11", "vis-timeline": "8.5.4"}
OURS, CACHED, FITTING = "ours", "ours, cached", "ours, fitting"
TIMELINEJS, VIS, LIST, WORD = "TimelineJS", "vis-timeline", "plain list", "one word"
# What waits for its scripts says so itself.
TELLING = ("timelinejs.html", "vis.html", "host.html")
# Nothing but this machine is asked: the fonts that TimelineJS takes from elsewhere do not come.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
WINDOW = {"width": 1280, "height": 900}
ABOUT = """\
1280x900, the browser's cache empty, all from this machine and gzipped. KB over the wire and unpacked, times in ms.
Ours comes from gunicorn and PostgreSQL, “cached” from a shared cache such as its headers allow, the others are files.
Fitting: framed by <pact-embed> in an article, which is as tall as all of it; LCP, shift and nodes are the article's.
Complete: all that the page shows at first is there; of a longer timeline ours shows a hundred and leads on by link.
One word: a page of a word and a style sheet of a line, which no page with a style sheet of its own can be before."""
OBSERVE = """
window.seen = { blocking: 0, shift: 0, lcp: 0 };
const observe = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
observe("longtask", (task) => { seen.blocking += Math.max(0, task.duration - 50); });
observe("layout-shift", (shift) => { if (!shift.hadRecentInput) seen.shift += shift.value; });
observe("largest-contentful-paint", (paint) => { seen.lcp = paint.startTime; });
"""
READ = """() => {
  const done = performance.getEntriesByName("complete")[0];
  const way = performance.getEntriesByType("navigation")[0];
  const nodes = document.querySelectorAll("*").length;
  const complete = done ? done.startTime : way.loadEventEnd;
  return [way.responseStart, complete, seen.blocking, seen.shift, seen.lcp, nodes];
}"""


@dataclass(frozen=True)
class Measured:
    """One page as it loaded: kilobytes over the wire and unpacked, milliseconds, layout shift, elements."""

    kilobytes: float
    unpacked: float
    first_byte: float
    complete: float
    blocking: float
    shift: float
    lcp: float
    nodes: float


@dataclass(frozen=True)
class Case:
    """So many events, on a processor so many times slower, and what was measured of each tool."""

    count: int
    slower: int
    of: dict[str, Measured]


def report() -> Iterator[str]:
    """The whole measurement, line by line as it is made."""
    if not CHROMIUM:
        yield f"There is {NO_CHROMIUM}: timelines are not measured."
        return
    peers = installed()
    if not peers:
        yield f"npm could not fetch {_named(PEERS)}: the timeline is measured beside a plain list alone."
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    django.setup()
    from playwright.sync_api import sync_playwright

    serving.collect_static()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        visits = ", ".join(f"{runs} visits at {count:,} events" for count, runs in RUNS.items())
        yield f"Timelines in Chromium {browser.version}; the median of {visits}."
        yield ABOUT
        yield ""
        yield from _measured(browser, peers)
        browser.close()


def _measured(browser: Browser, peers: bool) -> Iterator[str]:
    yield "events  cpu  tool             KB unpacked first byte ms  complete blocking    CLS     LCP   nodes"
    cases = []
    for count in RUNS:
        with served(count, peers) as pages:
            for slower in (1, SLOWED[1]) if count == SLOWED[0] else (1,):
                cases.append(Case(count, slower, measured(browser, pages, slower, RUNS[count])))
                yield from _rows(cases[-1])
            if count == SCRIPTLESS:
                readable = {
                    tool: readable_without_scripts(browser, page, count)
                    for tool, page in pages.items()
                    if tool not in (FITTING, WORD)
                }
    with served(PRINTED, peers) as pages:
        printed = {
            tool: printed_with_sources(browser, page) for tool, page in pages.items() if tool not in (FITTING, WORD)
        }
    yield ""
    yield f"Readable without JavaScript, of {SCRIPTLESS} events: {_counts(readable)}"
    yield f"Printed with all their sources, of {PRINTED} events: {_counts(printed)}"
    yield ""
    yield from _ratios(cases)
    yield ""
    yield from _asked_for(cases, readable, printed)


def installed() -> bool:
    """Whether the other timelines are in .bench, fetched by npm if they were not."""
    modules = settings.BASE_DIR / ".bench" / "node_modules"
    if all(_version(modules / name / "package.json") == version for name, version in PEERS.items()):
        return True
    wanted = [f"{name}@{version}" for name, version in PEERS.items()]
    command = ["npm", "install", "--prefix", str(modules.parent), "--no-audit", "--no-fund", "--silent", *wanted]
    modules.parent.mkdir(exist_ok=True)
    try:
        return subprocess.run(command, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _version(package: Path) -> str:
    return json.loads(package.read_text())["version"] if package.is_file() else ""


@contextlib.contextmanager
def served(count: int, peers: bool) -> Iterator[dict[str, str]]:
    """The address of each tool's page of the same `count` events."""
    from tests import databases

    happenings = events.made(count)
    root = settings.BASE_DIR / ".bench"
    events.write_pages(root / "pages" / str(count), happenings)
    with databases.scratch() as database:
        events.put_on_record(happenings)
        with serving.site(database) as ours, serving.cached(ours) as kept, serving.folder(root) as theirs:
            pages = f"{theirs}/pages/{count}"
            addresses = {OURS: f"{ours}/embed/timeline/", CACHED: f"{kept}/embed/timeline/"}
            events.write_host(root / "pages" / str(count), ours)
            addresses |= {FITTING: f"{pages}/host.html", LIST: f"{pages}/list.html", WORD: f"{pages}/word.html"}
            if peers:
                addresses |= {TIMELINEJS: f"{pages}/timelinejs.html", VIS: f"{pages}/vis.html"}
            for address in addresses.values():
                # The first answer of a server that has just begun is nobody's.
                urllib.request.urlopen(address).close()
            yield addresses


def measured(browser: Browser, pages: dict[str, str], slower: int, runs: int) -> dict[str, Measured]:
    """Of each tool the median, each figure on its own, of what so many visitors with nothing in their cache saw.

    The tools take turns, so that what else the machine does falls on all of them alike.
    """
    visits: dict[str, list[tuple[float, ...]]] = {tool: [] for tool in pages}
    for _ in range(runs):
        for tool, address in pages.items():
            visits[tool].append(astuple(_visit(browser, address, slower)))
    return {tool: Measured(*map(statistics.median, zip(*seen, strict=True))) for tool, seen in visits.items()}


def _visit(browser: Browser, address: str, slower: int) -> Measured:
    with visitor(browser) as page:
        received: list[float] = []
        unpacked: list[float] = []
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        tools.on("Network.dataReceived", lambda event: unpacked.append(event["dataLength"]))
        if slower > 1:
            tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.add_init_script(OBSERVE)
        _open(page, address)
        # What a page still does when it says it is done counts, too.
        page.wait_for_timeout(700)
        return Measured(sum(received) / 1000, sum(unpacked) / 1000, *page.evaluate(READ))


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    if address.endswith(TELLING):
        page.wait_for_function("performance.getEntriesByName('complete').length")


@contextlib.contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of somebody who was never here, of a browser that is at rest."""
    context = browser.new_context(viewport=WINDOW, **options)
    page = context.new_page()
    page.set_default_timeout(120_000)
    # For so long Chromium is busy with what it opens and with what the last visitor closed, which is no page's doing.
    page.wait_for_timeout(500)
    yield page
    context.close()


def readable_without_scripts(browser: Browser, address: str, count: int) -> int:
    """How many events somebody without JavaScript can read, following links to the next part."""
    codes = {each.code for each in events.made(count)}
    found: set[str] = set()
    with visitor(browser, java_script_enabled=False) as page:
        # On paper, where a page that draws only what is in sight draws all.
        page.emulate_media(media="print")
        page.goto(address)
        while True:
            shown = page.locator("body").inner_text()
            found |= {code for code in codes if code in shown}
            onward = page.locator("a[rel=next]")
            if not onward.count():
                return len(found)
            onward.first.click()
            page.wait_for_load_state()


def printed_with_sources(browser: Browser, address: str) -> int:
    """How many events of the page stand on paper with all sources that they rest on."""
    from pypdf import PdfReader

    with visitor(browser) as page:
        _open(page, address)
        paper = page.pdf(format="A4")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(paper)).pages)
    return sum(_stands_in(text, each) for each in events.made(PRINTED))


def _stands_in(text: str, happening: Happening) -> bool:
    title = "".join(happening.title.split())
    return title in text and all(source.code in text for source in happening.sources)


def _rows(case: Case) -> Iterator[str]:
    for tool, seen in case.of.items():
        yield (
            f"{case.count:>6,} {case.slower:>3}x  {tool:<12} {seen.kilobytes:>6.1f} {seen.unpacked:>8.1f} "
            f"{seen.first_byte:>10.0f} {seen.complete:>11.0f} "
            f"{seen.blocking:>12.0f} {seen.shift:>6.3f} {seen.lcp:>7.0f} {seen.nodes:>7,.0f}"
        )


def _ratios(cases: Sequence[Case]) -> Iterator[str]:
    yield "Beside ours      bytes  complete   nodes"
    for case in cases:
        ours = case.of[OURS]
        for tool, seen in case.of.items():
            if tool not in (OURS, CACHED, FITTING, WORD):
                yield (
                    f"{case.count:>6,} {case.slower}x {tool:<12} {seen.kilobytes / ours.kilobytes:>5.1f}x "
                    f"{seen.complete / ours.complete:>6.1f}x {seen.nodes / ours.nodes:>6.1f}x"
                )


def _asked_for(cases: Sequence[Case], readable: dict[str, int], printed: dict[str, int]) -> Iterator[str]:
    """What the widget has to reach, and whether it did."""
    of = {(case.count, case.slower): case.of for case in cases}
    small, large, slow = of[50, 1], of[2_000, 1], of[SLOWED]
    ours = small[OURS]
    script = len(gzip.compress((settings.BASE_DIR / "static" / "pact-embed.js").read_bytes())) / 1000
    goals = [
        ("50 events, KB at most 25", ours.kilobytes, ours.kilobytes <= 25),
        ("50 events, blocking 0 ms", ours.blocking, ours.blocking == 0),
        ("50 events, layout shift 0", ours.shift, ours.shift == 0),
        ("2,000 events, KB at most 60", large[OURS].kilobytes, large[OURS].kilobytes <= 60),
        ("2,000 events, nodes at most 3,000", large[OURS].nodes, large[OURS].nodes <= 3_000),
        ("300 events, slowed, blocking at most 50 ms", slow[OURS].blocking, slow[OURS].blocking <= 50),
        ("300 events, slowed, LCP at most 1,000 ms", slow[OURS].lcp, slow[OURS].lcp <= 1_000),
        ("300 events, slowed, fitting, blocking at most 50 ms", slow[FITTING].blocking, slow[FITTING].blocking <= 50),
        ("without JavaScript, all readable", readable[OURS], readable[OURS] == SCRIPTLESS),
        ("printed, all with their sources", printed[OURS], printed[OURS] == PRINTED),
        ("script of <pact-embed>, KB at most 2", script, script <= 2),
    ]
    if TIMELINEJS in small:
        theirs, of_many = small[TIMELINEJS], large[TIMELINEJS]
        goals += [
            _at_least(12, "50 events, bytes of TimelineJS, gzipped", theirs.kilobytes, ours.kilobytes),
            _at_least(12, "50 events, bytes of TimelineJS unpacked, ours as sent", theirs.unpacked, ours.kilobytes),
            _at_least(5, "50 events, TimelineJS complete later", theirs.complete, ours.complete),
            _at_least(5, "50 events, the same beside ours, cached", theirs.complete, small[CACHED].complete),
            _at_least(5, "50 events, TimelineJS later than one word", theirs.complete, small[WORD].complete),
            _at_least(10, "2,000 events, TimelineJS complete later", of_many.complete, large[OURS].complete),
            _at_least(10, "2,000 events, the same beside ours, cached", of_many.complete, large[CACHED].complete),
        ]
    for goal, value, reached in goals:
        yield f"{'reached' if reached else 'MISSED ':<8} {goal}: {value:,.3g}"


def _at_least(times: int, what: str, theirs: float, ours: float) -> tuple[str, float, bool]:
    return f"{what}, times at least {times}", theirs / ours, theirs / ours >= times


def _counts(found: dict[str, int]) -> str:
    return ", ".join(f"{tool} {n}" for tool, n in found.items())


def _named(packages: dict[str, str]) -> str:
    return " and ".join(f"{name} {version}" for name, version in packages.items())
