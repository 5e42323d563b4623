"""Two servers on this machine: the site as in production, and a folder of other timelines' pages, compressed too."""

from __future__ import annotations

import contextlib
import gzip
import mimetypes
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings

PACKED = {".html", ".css", ".js", ".json", ".svg"}


def production(database: str) -> dict[str, str]:
    """The environment of a production server over a database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACTSITE_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": database,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
    }


def collect_static() -> None:
    """Name and compress the site's static files as production does."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    environment = production("postgresql://nobody@127.0.0.1:9/none")
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


@contextlib.contextmanager
def site(database: str) -> Iterator[str]:
    """The site over a database, behind gunicorn; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "pactsite.wsgi:application", "--threads", "2"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env=production(database),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not answer at {address}.")


@contextlib.contextmanager
def folder(root: Path) -> Iterator[str]:
    """A folder over Python's own server, text files compressed; gives its address."""

    class OfFolder(Files):
        within = root.resolve()

    with _serving(OfFolder) as address:
        yield address


@contextlib.contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def cached(origin: str) -> Iterator[str]:
    """A shared cache in front of a server: each address is asked for once, and then answered from memory."""
    kept: dict[str, tuple[bytes, dict[str, str]]] = {}

    class OfOrigin(Files):
        def found(self) -> tuple[bytes, dict[str, str]] | None:
            if self.path not in kept:
                asked = urllib.request.Request(origin + self.path, headers={"Accept-Encoding": "gzip"})
                with urllib.request.urlopen(asked) as answer:
                    body, headers = answer.read(), dict(answer.headers)
                for hop in ("Connection", "Transfer-Encoding", "Server", "Date"):
                    headers.pop(hop, None)
                kept[self.path] = body, {**headers, "Content-Length": str(len(body))}
            return kept[self.path]

    with _serving(OfOrigin) as address:
        yield address


class Files(BaseHTTPRequestHandler):
    """Answers with a file below `within`."""

    protocol_version = "HTTP/1.1"
    # Head and body leave as one, as from a real server: in two parts the second would wait 40 ms to be called for.
    disable_nagle_algorithm = True
    wbufsize = -1
    within: ClassVar[Path]

    def found(self) -> tuple[bytes, dict[str, str]] | None:
        """The body and the headers that answer the address asked for."""
        path = (self.within / urlsplit(self.path).path.lstrip("/")).resolve()
        return _packed(path) if path.is_relative_to(self.within) and path.is_file() else None

    def do_GET(self) -> None:
        answer = self.found()
        if answer is None:
            self.send_error(404)
            return
        body, headers = answer
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@cache
def _packed(path: Path) -> tuple[bytes, dict[str, str]]:
    body = path.read_bytes()
    headers = {"Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream"}
    if path.suffix in PACKED:
        body = gzip.compress(body)
        headers["Content-Encoding"] = "gzip"
    return body, {**headers, "Content-Length": str(len(body))}
