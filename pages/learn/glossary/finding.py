"""Finding terms while they are typed: by a part of a name in either language, or by initial consonants (ㅁㅂ: 미분)."""

from __future__ import annotations

import difflib
import unicodedata
from functools import cache, lru_cache

from pages.learn.glossary.terms import terms, words
from pages.parts.i18n import languages

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""The consonants that begin a syllable, in the order of Unicode's syllables."""
_FIRST, _LAST, _FINALS, _PER_INITIAL = 0xAC00, 0xD7A3, 28, 588
_LEFT_OUT = "ZPC"
"""Spaces, punctuation and control characters, by Unicode's categories."""
NEAR = 5
"""Names at most that are offered where nothing is found."""
_CLOSE = 0.55
"""How much of a name must agree for it to be offered."""


def folded(text: str) -> str:
    """Return a text as it is compared: no difference of case or width, and without spaces, hyphens and brackets."""
    # the first form makes the letters of a keyboard into those that syllables are made of, the second joins them
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_as_typed(sign) for sign in composed if unicodedata.category(sign)[0] not in _LEFT_OUT)


def _as_typed(sign: str) -> str:
    """Return a consonant as the keyboard writes it, whatever Unicode's normal form makes of it."""
    number = ord(sign) - 0x1100
    return INITIALS[number] if 0 <= number < len(INITIALS) else sign


def _is_syllable(sign: str) -> bool:
    return _FIRST <= ord(sign) <= _LAST


def _agrees(asked: str, sign: str, *, is_last: bool) -> bool:
    """Return whether a typed sign stands for one of a name: itself, its initial consonant, or a syllable half typed."""
    if asked == sign:
        return True
    if not _is_syllable(sign):
        return False
    if asked in INITIALS:
        return (ord(sign) - _FIRST) // _PER_INITIAL == INITIALS.index(asked)
    is_open = _is_syllable(asked) and (ord(asked) - _FIRST) % _FINALS == 0
    return is_last and is_open and 0 <= ord(sign) - ord(asked) < _FINALS


def _found_in(asked: str, name: str) -> int:
    """Return where in a name what was typed begins; -1 if nowhere."""
    for start in range(len(name) - len(asked) + 1):
        part = name[start : start + len(asked)]
        if all(_agrees(a, b, is_last=n == len(asked) - 1) for n, (a, b) in enumerate(zip(asked, part, strict=True))):
            return start
    return -1


@cache
def _names() -> tuple[tuple[str, str, int], ...]:
    """Return every name, folded, with its term and how far from the term's own name it is (0: own, 1: another)."""
    found = []
    for name in terms():
        for language in languages():
            own = words(language)[name]
            found.append((folded(own.name), name, 0))
            found.extend((folded(also), name, 1) for also in own.also)
    return tuple(found)


def _rank(asked: str, name: str, distance: int) -> tuple[int, int, int] | None:
    """Return how good a hit is, the best first: all of a name, its beginning, a part of it."""
    place = _found_in(asked, name)
    if place < 0:
        return None
    kind = 0 if len(name) == len(asked) and place == 0 else 1 if place == 0 else 2
    return kind, distance, len(name)


@lru_cache(maxsize=256)
def find(query: str) -> tuple[str, ...]:
    """Return the ids of the terms that a text finds, the best first; none for an empty text."""
    asked = folded(query)
    if not asked:
        return ()
    ranks: dict[str, tuple[int, int, int]] = {}
    for name, term, distance in _names():
        rank = _rank(asked, name, distance)
        if rank is not None and (term not in ranks or rank < ranks[term]):
            ranks[term] = rank
    return tuple(sorted(ranks, key=ranks.__getitem__))


@lru_cache(maxsize=256)
def near(query: str) -> tuple[str, ...]:
    """Return the ids of terms whose names are like a text, for where nothing is found; the likest first."""
    asked = unicodedata.normalize("NFD", folded(query))[:80]
    likeness: dict[str, float] = {}
    if not asked:
        return ()
    for name, term, distance in _names():
        letters = unicodedata.normalize("NFD", name)
        like = difflib.SequenceMatcher(None, asked, letters, autojunk=False).ratio() - 0.01 * distance
        likeness[term] = max(like, likeness.get(term, 0.0))
    order = sorted((term for term in likeness if likeness[term] >= _CLOSE), key=lambda term: -likeness[term])
    return tuple(order[:NEAR])
