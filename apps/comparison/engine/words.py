"""What the engine knows of languages: words that say little alone, spellings that are one word, joined prefixes."""

from __future__ import annotations

import re

_ENGLISH = """
a an the this that these those such any some each every either neither both all other others another same own
and or nor but if then thus so as than when where while whether because
of to in on at by for from with without into onto upon under over between among against through during after before
until within out up down off about above below per via
i you he she it we they me him her us them my your his its our their itself himself herself themselves oneself
who whom whose which what
is are was were be been being am do does did have has had having shall will should would may might can could must
not no only also there here one
"""
_RUSSIAN = """
и или либо но а да же бы ли не ни то что чтобы как так также если когда где пока
в во на о об обо от ото до по при про с со к ко из изо у за над под перед между для без через ради против
он она оно они его ее их ему ей им них нем ней свой своя свое свои своего своей своих своим своими себя
этот эта это эти этого этой этих тот та те того той тех такой такая такое такие который которая которое которые
которого которой которых один одна одно одной одного любой каждый каждая каждой все всех всеми всей быть был была
было были будет будут является являются
"""
_KOREAN = """
및 또는 그 이 저 각 등 등의 등을 수 것 것을 것은 것이 데 데서 대한 대하여 대해 의한 의하여 한다 하며 하고 위한 위하여
"""
_FRENCH_GERMAN = "der die das und oder des dem den ein eine le la les et ou de du"

FUNCTION_WORDS = frozenset(f"{_ENGLISH} {_RUSSIAN} {_KOREAN} {_FRENCH_GERMAN}".split())
"""Keys of words that carry no wording alone: articles, conjunctions, prepositions, pronouns, auxiliaries."""

_PREFIXES = """
anti bi co contra counter extra hyper inter intra mid mis multi non over poly post pre pro pseudo re semi socio
sub super trans ultra under uni анти вице контр меж микро мульти не обще пост противо само северо юго
"""

JOINED_PREFIXES = frozenset(_PREFIXES.split())
"""What a hyphen joins to the word after it, so that “co-operation” is “cooperation”."""

SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=[a-z]{3})is(e[ds]?|ing|ations?)$", r"iz\1"),
        (r"(?<=[a-z]{2}[bdlmnrtvi])our(s|ed|ing|ably|able|ite|ites|hood|ly)?$", r"or\1"),
        (r"^(def|off|pret)ence(s|less)?$", r"\1ense\2"),
        (r"^(cent|met|theat|lit)re(s)?$", r"\1er\2"),
        (r"^(travel|cancel|label|model|signal|fulfil)l(ed|ing|er|ers)$", r"\1\2"),
        (r"^fulfil(s|ment|ments)?$", r"fulfill\1"),
        (r"^(program)me(s)?$", r"\1\2"),
        (r"^licence(s)?$", r"license\1"),
        (r"^judgement(s)?$", r"judgment\1"),
        (r"^grey(s)?$", r"gray\1"),
    )
)
"""Spellings of one word, the British brought to the American; `fulfilling` keeps one of its two common spellings."""
