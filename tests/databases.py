"""The databases of a test run: migrating takes many seconds, so it is done once per set of migrations and copied.

On the server stay, until what they are made of changes: `pactsite_migrated_<hash>`, a database with all migrations
applied, and `pactsite_record_<hash>`, one with the whole bundled record loaded, in which nothing can be written.
Whatever is edited meanwhile, a run stays with those that it began with. Its own databases, `test_pactsite_<process>…`,
are copies of the first, and go with the run.
"""

import contextlib
import functools
import gc
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
import psycopg
import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger
from psycopg import sql

from tests.clock import NOW

# How many sets of migrations and records are kept, for those who change branches.
KEPT = 3


@functools.cache
def migrated() -> str:
    """Name of a database to which every migration is applied; made if it is not there."""
    return _ready("pactsite_migrated", _migrations(), lambda name: _build(name, "template1", "migrate"))


@functools.cache
def with_whole_record() -> str:
    """Name of a database that holds the whole bundled record and takes no writes; made if it is not there."""
    template = migrated()
    apps = settings.BASE_DIR / "apps"
    parts = [*_migrations(), *apps.glob("exchange/**/*.py"), *apps.glob("exchange/record/**/*.yaml")]
    parts += [*apps.glob("*/models.py"), *apps.glob("*/models/*.py"), *apps.glob("editorial/*.py")]

    def build(name: str) -> None:
        _build(name, template, "load_record")
        with _server() as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(sql.Identifier(name))
            )

    return _ready("pactsite_record", parts, build)


@contextlib.contextmanager
def building() -> Iterator[None]:
    """Meanwhile another process builds what is missing, so that nobody has to wait for all of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.databases"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        # Whoever needs what could not be built builds it again, and says why it fails.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.wait()


@contextlib.contextmanager
def scratch() -> Iterator[str]:
    """A migrated database of this process's own, which Django uses meanwhile and which is gone afterwards.

    Gives its address.
    """
    name, template = f"test_pactsite_{os.getpid()}", migrated()
    used = connections["default"].settings_dict
    before = used["NAME"]
    with _server() as server:
        _drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    address = _url(name)
    connections["default"].close()
    used["NAME"] = name
    try:
        yield address
    finally:
        connections["default"].close()
        used["NAME"] = before
        with _server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def restore(test: dict[str, Any]) -> None:
    """Make a run's database as it was when the run began; `test` is Django's `TEST` of it."""
    with _server() as connection:
        name, template = sql.Identifier(test["NAME"]), sql.Identifier(test["TEMPLATE"])
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))


def send_away(name: str) -> None:
    """End every session in a database."""
    with _server() as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def drop_left_behind() -> None:
    """Remove what killed runs left on the server."""
    with contextlib.suppress(psycopg.Error), _server() as connection:
        for name in _names(connection):
            found = re.fullmatch(r"test_pactsite_(\d+)(_gw\d+)?", name)
            if found and not _alive(int(found[1])):
                _drop(connection, name)


def _ready(prefix: str, parts: Iterable[Path], build: Callable[[str], None]) -> str:
    digest = hashlib.sha256(django.get_version().encode())
    for path in sorted(parts):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    name = f"{prefix}_{digest.hexdigest()[:12]}"
    with _server() as connection:
        # Of several workers one builds, and the others wait for it.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        if name not in _names(connection):
            half = f"{name}_half"
            _drop(connection, half)
            build(half)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
            )
            connection.execute(
                sql.SQL("DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', {}, now()); END $$").format(
                    sql.Literal(name)
                )
            )
            for old in _oldest_first(connection, prefix)[:-KEPT]:
                with contextlib.suppress(psycopg.Error):
                    _drop(connection, old)
    return name


def _build(name: str, template: str, command: str) -> None:
    with _server() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    done = subprocess.run(
        [sys.executable, "-m", "tests.databases", command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": _url(name), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"`manage.py {command}` failed:\n{done.stdout}\n{done.stderr}")


@contextlib.contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(_url(_original_name()), autocommit=True) as connection:
        yield connection


def _original_name() -> str:
    """The development database's name, also while Django uses a test database in its place."""
    return _database()["TEST"].get("ORIGINAL_NAME") or _database()["NAME"]


def _database() -> dict[str, Any]:
    return settings.DATABASES["default"]


def _url(name: str) -> str:
    database = _database()
    user = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{user}@{quote(database['HOST'], safe='')}{port}/{name}"


def _names(connection: psycopg.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def _oldest_first(connection: psycopg.Connection, prefix: str) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY shobj_description(oid, 'pg_database') NULLS FIRST",
        [f"^{prefix}_[0-9a-f]{{12}}$"],
    )
    return [name for (name,) in rows]


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _migrations() -> list[Path]:
    return list(settings.BASE_DIR.glob("apps/*/migrations/*.py"))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(command: str) -> None:
    """Run a command of Django's as the tests' databases are built."""
    # What is written now was written, for the tests, when their clock stands.
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW, tick=False):
        # Django would render its picture of the models anew for each trigger, though a trigger changes no field; and
        # look through what it threw away again and again. That is more than half of what migrating takes.
        patch.setattr(AddTrigger, "state_forwards", _note_trigger)
        gc.disable()
        call_command(command, verbosity=0)


def _note_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:]:
        _run(sys.argv[1])
    else:
        with_whole_record()
