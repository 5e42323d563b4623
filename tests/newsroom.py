"""A site beside ours, of another origin, for pages that newsrooms write around our widgets."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>What the two states promised</title><body><h1>What the two states promised</h1>"
    "<p>The newsroom’s own words stand here, before what it pasted.</p>\n{pasted}\n<p>And here, after it.</p>"
)


@dataclass
class Newsroom:
    """A running site at `url`; what it serves is what was last published."""

    url: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def publish(self, *pasted: str, policy: str = "") -> None:
        """From now on the site's one page is an article around what is pasted, under this content security policy."""
        self.html = ARTICLE.format(pasted="\n".join(pasted))
        self.headers = {"Content-Security-Policy": policy} if policy else {}


@contextlib.contextmanager
def running() -> Iterator[Newsroom]:
    """A newsroom's site while the block runs."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in newsroom.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.path == "/":
                self.wfile.write(newsroom.html.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Page)
    # Another port is another origin.
    newsroom = Newsroom(f"http://localhost:{server.server_port}/")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield newsroom
    finally:
        server.shutdown()
        server.server_close()
