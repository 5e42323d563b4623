"""What an address asks for and the record cannot answer: said in one sentence, on a page with status 400."""

from collections.abc import Iterable


class Refused(ValueError):
    """An address asks for what is not there; its text is a sentence for the reader, and no view catches it."""


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names as a sentence lists them: “1961, 2000 and 2024”."""
    *rest, final = names
    return f"{', '.join(rest)} {last} {final}" if rest else final


def unknown(what: str, asked: str, known: Iterable[str]) -> Refused:
    """The refusal of a value that is not among the `known` ones: `what` it should be, and which there are."""
    there = list(known)
    said = "".join(letter for letter in asked[:40] if letter.isprintable())
    offer = f"It can be {listed(there, 'or')}." if there else "There is none."
    return Refused(f"There is no {what} “{said}” here. {offer}")
