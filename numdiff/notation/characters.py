"""The characters that may be typed, brought to one alphabet without moving any of them.

:func:`normalise` keeps the length of the text, so a place in the normalised text is the same place in what was typed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

GREEK = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω",
               ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
                "upsilon phi chi psi omega").split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(), strict=True)),
    "ς": "sigma", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "ϱ": "rho", "µ": "mu", "∆": "Delta", "Ω": "Omega",
}  # fmt: skip
"""Greek letters by sign, with the names they are known by."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
                        "0123456789+-()abcdefghijklmnoprstuvwxyz", strict=True))  # fmt: skip
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₌₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789=-aehijklmnoprstuvx", strict=True))

FRACTIONS = {sign: tuple(unicodedata.normalize("NFKC", sign).split("⁄")) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"}
"""Vulgar fractions with numerator and denominator."""

LOOKALIKES = dict(zip("асеорхуіѕјкАВЕКМНОРСТХУ", "aceopxyisjkABEKMHOPCTXY", strict=True))
"""Cyrillic letters that look like Latin ones: never taken for them silently."""

_ONE_FOR_ONE = {
    **dict.fromkeys("−–—‒﹣－‐‑", "-"),
    **dict.fromkeys("＋﹢", "+"),
    **dict.fromkeys("×·⋅∙•∗✕✖⨯﹡＊ㆍ・", "*"),
    **dict.fromkeys("÷∕⁄／", "/"),
    **dict.fromkeys("∣｜❘", "|"),
    **dict.fromkeys("ˆ＾", "^"),
    **dict.fromkeys("∑", "Σ"),
    **dict.fromkeys("≔", "="),
    **dict.fromkeys("’′＇ʹ", "'"),
    **dict.fromkeys("“”″＂", '"'),
    **dict.fromkeys("【〔", "["),
    **dict.fromkeys("】〕", "]"),
    **dict.fromkeys("、，", ","),
    **dict.fromkeys("．。", "."),
    "√": "√", "₩": "\\",
}  # fmt: skip

_NOTHING = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff\u00ad"
"""Characters without width that a copy from a web page brings along; they separate nothing."""

_LETTERLIKE = (range(0x1D400, 0x1D800), range(0xFF01, 0xFF5F), range(0x2100, 0x2150))


def _normal(character: str) -> str:
    if character < "\x80":
        return " " if character in "\t\v\f\r" else character
    if character in _ONE_FOR_ONE:
        return _ONE_FOR_ONE[character]
    if character in _NOTHING:
        return "\u200b"
    if unicodedata.category(character) == "Zs":
        return " "
    if any(ord(character) in block for block in _LETTERLIKE):
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and (plain < "\x80" or plain in GREEK):
            return plain
        if character == "\N{DOUBLE-STRUCK ITALIC SMALL E}":
            return "e"
    return character


@lru_cache(maxsize=64)
def normalise(text: str) -> str:
    """Return the text with full-width forms, minus signs, times signs and spaces in their plain form.

    The result has the length of the text, character for character. Superscripts, subscripts, Greek and Hangul stay.
    Kept for the last texts, because each part of reading asks for it anew.
    """
    return "".join(map(_normal, text))


_INITIALS = "r R s e E f a q Q t T d w W c z x v g".split()
_VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split()
_FINALS = ["", *"r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split()]
_CONSONANTS = dict(
    zip(
        "ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        "r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g".split(),
        strict=True,
    )
)
_JAMO = _CONSONANTS | dict(zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", _VOWELS, strict=True))


def is_jamo(character: str) -> bool:
    """Return True for a single Hangul consonant or vowel: a word has none, the wrong keyboard mode does."""
    return character in _JAMO


def is_hangul(character: str) -> bool:
    """Return True for a composed Hangul syllable."""
    return "가" <= character <= "힣"


def keystrokes(text: str) -> str:
    """Return the Latin keys of the Korean (dubeolsik) keyboard that type this text; other characters stay."""
    keys = []
    for character in text:
        if is_hangul(character):
            index = ord(character) - ord("가")
            keys.append(_INITIALS[index // 588] + _VOWELS[index // 28 % 21] + _FINALS[index % 28])
        else:
            keys.append(_JAMO.get(character, character))
    return "".join(keys)
