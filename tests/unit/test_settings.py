"""Production says what it lacks and does not start without it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "ALLOWED_HOSTS": "pact.example, www.pact.example",
}


def start(environment: dict[str, str], code: str = "") -> subprocess.CompletedProcess:
    """A fresh Python that reads the settings with exactly this environment."""
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings as s; s.DEBUG; {code}"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "pactsite.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_names_all_that_is_missing() -> None:
    result = start({})
    assert result.returncode == 1
    assert "SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS" in result.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_production_does_not_start_without(name: str) -> None:
    result = start({key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode == 1
    assert f"Not set in the environment: {name}." in result.stderr


def test_an_empty_value_counts_as_missing() -> None:
    assert "Not set in the environment: SECRET_KEY." in start({**COMPLETE, "SECRET_KEY": " "}).stderr


def test_production_starts_once_all_is_set() -> None:
    result = start(COMPLETE, "print(s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE)")
    assert result.stdout.strip() == "False ['pact.example', 'www.pact.example'] True True"


def test_another_database_engine_is_refused() -> None:
    result = start({**COMPLETE, "DATABASE_URL": "sqlite:///record.db"})
    assert result.returncode == 1
    assert "must name a PostgreSQL database" in result.stderr


def test_a_switch_that_is_neither_on_nor_off_is_refused() -> None:
    result = start({**COMPLETE, "SECURE_SSL_REDIRECT": "maybe"})
    assert result.returncode == 1
    assert "SECURE_SSL_REDIRECT is 'maybe'" in result.stderr


def test_a_command_says_what_is_missing_in_one_sentence() -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("Not set in the environment: SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS.")
