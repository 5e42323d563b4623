"""What every test may ask for: a frozen clock, a database of this run's own, pages in Chromium."""

import contextlib
import datetime as dt
import os
import re
import shutil
from collections.abc import Iterator

import psycopg
import pytest
import time_machine
from django.conf import settings

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MUST_HAVE_BROWSER = os.environ.get("REQUIRE_BROWSER", "") not in {"", "0"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    # Workers inherit it, so that all of one run, and no other run, use the same names.
    os.environ.setdefault("PACTSITE_TEST_RUN", str(os.getpid()))
    # Playwright's synchronous calls run inside a loop of their own, which Django takes for asynchronous code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    if MUST_HAVE_BROWSER:
        raise pytest.UsageError("REQUIRE_BROWSER is set, but no Chromium was found (Debian: apt-get install chromium).")
    for item in items:
        if item.get_closest_marker("browser") or {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (Debian: apt-get install chromium)"))


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """The clock, standing at NOW; `clock.move_to(…)` moves it. None for tests marked `real_time`."""
    if request.node.get_closest_marker("real_time"):
        yield None
        return
    # A browser and a live server wait by the clock, so for them it goes on from NOW.
    ticks = request.node.get_closest_marker("browser") is not None or "page" in request.fixturenames
    with time_machine.travel(NOW, tick=ticks) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Two runs at once on one server must not take each other's databases; what a killed run left is removed."""
    run = os.environ["PACTSITE_TEST_RUN"]
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    database = settings.DATABASES["default"]
    database["TEST"]["NAME"] = f"test_{database['NAME']}_{run}{worker and '_' + worker}"
    if worker in {"", "gw0"}:
        _drop_left_behind(database)


def _drop_left_behind(database: dict) -> None:
    pattern = re.compile(rf"test_{re.escape(database['NAME'])}_(\d+)(_gw\d+)?$")
    with contextlib.suppress(psycopg.Error), psycopg.connect(_address(database), autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            found = pattern.match(name)
            if found and not _alive(int(found[1])):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _address(database: dict) -> str:
    words = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": str(database["PORT"]),
    }
    return psycopg.conninfo.make_conninfo(**{name: value for name, value in words.items() if value})


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(scope="session")
def browser() -> Iterator["playwright.sync_api.Browser"]:  # noqa: F821
    """Chromium, once for the run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser, live_server) -> Iterator["playwright.sync_api.Page"]:  # noqa: F821
    """A fresh visitor's page on the live server. Fails the test that asks another host or that a script breaks."""
    context = browser.new_context(base_url=live_server.url)
    strangers: list[str] = []
    faults: list[str] = []

    def gate(route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", gate)
    visitor = context.new_page()
    visitor.on("pageerror", lambda error: faults.append(str(error)))
    visitor.set_default_timeout(10_000)
    yield visitor
    context.close()
    assert not strangers, f"requests left the host: {strangers}"
    assert not faults, f"scripts broke: {faults}"
