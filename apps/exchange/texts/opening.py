"""A file's bytes, or words pasted, as a document of whatever format they are in. No Django."""

from __future__ import annotations

import codecs

from apps.exchange.texts import akoma_reading, plain
from apps.exchange.texts.document import Document, Remark

MOST_BYTES = 1_000_000
_OTHER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """These bytes are no text; the message is a sentence for the editor."""


def decode(data: bytes) -> str:
    """The text of a file. Raises Unreadable when it is too long, empty or not in UTF-8."""
    if len(data) > MOST_BYTES:
        raise Unreadable(too_long(len(data)))
    if data.startswith(_OTHER_MARKS):
        raise Unreadable("The file is not in UTF-8 but in UTF-16 or UTF-32; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"Line {line}: the file is not in UTF-8 (byte {data[error.start]:#04x}); save it as UTF-8."
        ) from None
    if not text.strip():
        raise Unreadable("The file is empty.")
    return text


def too_long(size: int) -> str:
    """The sentence that refuses a file of so many bytes."""
    return f"The text has {size:,} bytes; the longest that can be brought in has {MOST_BYTES:,}."


def read(text: str) -> Document:
    """The treaty text in `text`: Akoma Ntoso when it begins as XML does, else plain text. Never raises."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return Document("text", faults=(Remark(0, too_long(len(text.encode("utf-8", "surrogatepass")))),))
    xml = text.removeprefix("\ufeff").lstrip().startswith("<")
    return akoma_reading.read(text) if xml else plain.read(text)
