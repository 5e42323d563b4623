"""What every test may ask for: a frozen clock, a database of this run's own, pages in Chromium."""

import contextlib
import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.chromium import CHROMIUM, NO_CHROMIUM
from tests.clock import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

MUST_HAVE_BROWSER = os.environ.get("REQUIRE_BROWSER", "") not in {"", "0"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine can be found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]


def pytest_configure(config: pytest.Config) -> None:
    # Workers inherit it, so that all of one run, and no other run, use the same names.
    os.environ.setdefault("PACTSITE_TEST_RUN", str(os.getpid()))
    # Playwright's synchronous calls run inside a loop of their own, which Django takes for asynchronous code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    # Known also without pytest-xdist, for measuring one file.
    config.addinivalue_line("markers", "xdist_group: stays on one worker")
    if config.getoption("numprocesses", None):
        # While the workers start, which takes them some seconds.
        stack = contextlib.ExitStack()
        stack.enter_context(databases.building())
        config.add_cleanup(stack.close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Those that need no database run while it is being built. Then the tests of the whole site, which are the longest:
    # begun last, one of them would keep one worker while the others rest.
    first = ("tests/unit/", "tests/site/")
    items.sort(key=lambda item: next((k for k, name in enumerate(first) if item.nodeid.startswith(name)), len(first)))
    if CHROMIUM:
        return
    if MUST_HAVE_BROWSER:
        raise pytest.UsageError(f"REQUIRE_BROWSER is set, but there is {NO_CHROMIUM}")
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_collection_finish() -> None:
    """Rubbish is looked for seldom, and not among what stays to the end: else it costs a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """The clock, standing at NOW; `clock.move_to(…)` moves it. None for tests marked `real_time`."""
    if request.node.get_closest_marker("real_time"):
        yield None
        return
    # A browser and a live server wait by the clock, so for them it goes on from NOW.
    ticks = {"browser", "live_server", "record_server"} & set(request.fixturenames)
    with time_machine.travel(NOW, tick=bool(ticks)) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Gives this run, and each of its workers, a database of its own, copied from a migrated one."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    if worker in {"", "gw0"}:
        databases.drop_left_behind()
    database = settings.DATABASES["default"]
    database["TEST"]["ORIGINAL_NAME"] = database["NAME"]
    database["TEST"]["NAME"] = f"test_pactsite_{os.environ['PACTSITE_TEST_RUN']}{worker and '_' + worker}"
    database["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The run's database. At the end nobody looks at it, PostgreSQL tidying up neither, or it could not be removed."""
    yield
    connection.close()
    databases.send_away(settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After a test that wrote for real, its database is copied anew: Django empties the tables that migrations fill."""
    marker = item.get_closest_marker("django_db")
    wrote = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    if not (wrote or (marker and marker.kwargs.get("transaction"))):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        # Nothing is emptied that is thrown away at once.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        result = yield
    connection.close()
    databases.restore(settings.DATABASES["default"]["TEST"])
    return result


@pytest.fixture(scope="session")
def record_connection(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the whole bundled record, in which nothing can be written.

    Thousands of pages take the same some hundred queries, and planning them anew is more than half of PostgreSQL's
    work: this one keeps the plans, for as long as the worker lives.
    """
    record = connections.create_connection("default")
    record.settings_dict = {
        **record.settings_dict,
        "NAME": databases.with_whole_record(),
        "OPTIONS": {
            **record.settings_dict["OPTIONS"],
            "server_side_binding": True,
            "prepare_threshold": 0,
            "options": "-c plan_cache_mode=force_generic_plan",
        },
    }
    with django_db_blocker.unblock():
        record.ensure_connection()
    record.connection.prepared_max = 1000
    yield record
    record.close()


@contextlib.contextmanager
def reading(record: BaseDatabaseWrapper) -> Iterator[None]:
    """Meanwhile this thread reads by `record`, and a live server from the same database."""
    own, others = connections["default"], connections.settings["default"]
    before = others["NAME"]
    connections["default"], others["NAME"] = record, record.settings_dict["NAME"]
    try:
        yield
    finally:
        connections["default"], others["NAME"] = own, before


@pytest.fixture
def whole_record(record_connection: BaseDatabaseWrapper, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test, and a live server started in it, read the whole bundled record; nothing can be written."""
    with django_db_blocker.unblock(), reading(record_connection):
        yield


@pytest.fixture(scope="session")
def one_record_server() -> Iterator[LiveServer]:
    # Once for the run: a server takes half a second to stop.
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def record_server(whole_record: None, one_record_server: LiveServer) -> LiveServer:
    """A live server of the whole bundled record; ask it for pages with `record_page`."""
    return one_record_server


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium, once for the run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: "Browser", live_server: LiveServer) -> "Iterator[Page]":
    """A visitor's page on a live server of the test's own data. Addresses may be given as paths."""
    with visitor(browser, live_server.url) as page:
        yield page


@pytest.fixture
def record_page(browser: "Browser", record_server: LiveServer) -> "Iterator[Page]":
    """A visitor's page on a live server of the whole bundled record. Addresses may be given as paths."""
    with visitor(browser, record_server.url) as page:
        yield page


@contextlib.contextmanager
def visitor(browser: "Browser", address: str, *, beside: str = "", **options: Any) -> "Iterator[Page]":
    """A page without a past. Fails the test whose pages ask another host, break a script or offend their policy.

    `beside` is the address of the one other site that may be asked; `options` go to the browser's context, such as
    `java_script_enabled=False`.
    """
    # Without transitions a colour is what it is, not on its way there.
    context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
    strangers: list[str] = []
    faults: list[str] = []

    def watch(request: "Request") -> None:
        if not request.url.startswith((address, *([beside] if beside else []), "data:", "blob:")):
            strangers.append(request.url)

    # A route would stop every request until Python has seen it, and turn off the browser's cache.
    context.on("request", watch)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: "Content Security Policy" in message.text and faults.append(message.text))
    page.set_default_timeout(30_000)
    yield page
    context.close()
    assert not strangers, f"requests left the host: {strangers}"
    assert not faults, f"scripts broke or were refused: {faults}"
