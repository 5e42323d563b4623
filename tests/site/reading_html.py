"""What the contracts ask of a page, gathered in one pass over its HTML."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# In SVG they close themselves.
DRAWN = {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"}
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]{2,}")
CYRILLIC = re.compile(r"[\u0400-\u04ff]{2,}")
# Their content is one plain text; it cannot be marked up. Nor is an address in any language.
PLAIN = {"title", "option", "textarea", "pre"}
HEADING = re.compile(r"h[1-6]")


class Page(HTMLParser):
    """A page read once: `links`, `ids`, `headings`, `title`, `language`, `faults` (sentences)."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.headings: list[int] = []
        self.title = self.language = ""
        self.text: list[str] = []
        self.faults: list[str] = []
        # Tag and language of every open element.
        self._open: list[tuple[str, str]] = []
        self.feed(body)
        self.close()

    @property
    def words(self) -> str:
        """All that a reader sees, in one line, with plain quotation marks."""
        said = re.sub(r"\s+", " ", " ".join(self.text))
        return said.translate(str.maketrans("‘’“”", "''\"\""))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in given:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"<{tag}> has the inline attribute {name}")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"<{tag}> stands inline")
        if given.get("id") in self.ids and "id" in given:
            self.faults.append(f"the id {given['id']} stands twice")
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if HEADING.fullmatch(tag):
            self.headings.append(int(tag[1]))
        if tag in VOID or tag in DRAWN:
            return
        above = self._open[-1][1] if self._open else ""
        self._open.append((tag, given.get("lang", above)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in DRAWN:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "title":
            self.title += data
        if tag in {"script", "style", "template"}:
            return
        self.text.append(data)
        if tag in PLAIN or data.strip().startswith("http"):
            return
        for letters, languages in ((HANGUL, ("ko",)), (CYRILLIC, ("ru", "uk", "be", "bg", "sr", "mn"))):
            found = letters.search(data)
            if found and not language.startswith(languages):
                self.faults.append(f"“{data.strip()[:40]}” stands in lang={language or 'none'} (<{tag}>)")
