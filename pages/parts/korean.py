"""Korean particles after words that are filled in: 함수는 but 접선은, x가 but 3이."""

from __future__ import annotations

_FINAL_DIGITS = "013678"
"""영, 일, 삼, 육, 칠 and 팔 end in a consonant."""
_FINAL_LETTERS = "lmnrLMNR"
"""엘, 엠, 엔 and 알 end in a consonant."""
_EXPONENTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""A power is read with 승 at its end."""
_LIQUID = "178lrLR"
"""일, 칠, 팔, 엘 and 알 end in ㄹ, after which 로 is used and not 으로."""


def particle(word: str, choice: str) -> str:
    """Return the particle that fits after a word.

    Parameters
    ----------
    word : str
        The word as it is shown; its last letter or digit decides.
    choice : str
        The form after a consonant and the form after a vowel, as in ``"은/는"``, ``"이/가"`` or ``"으로/로"``.
    """
    after_consonant, after_vowel = choice.split("/")
    last = next((sign for sign in reversed(word) if sign.isalnum()), "")
    final = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else 0
    is_liquid = final == 8 or last in (*_LIQUID,)
    has_consonant = final != 0 or last in (*_FINAL_DIGITS, *_FINAL_LETTERS, *_EXPONENTS)
    if after_consonant == "으로" and is_liquid:
        return after_vowel
    return after_consonant if has_consonant else after_vowel


class Word(str):
    """A value to fill in: ``{name}`` gives the word, ``{name:은/는}`` the particle that fits after it."""

    def __format__(self, spec: str) -> str:
        """Return the particle for a spec with a slash, else the word itself."""
        return particle(str(self), spec) if "/" in spec else super().__format__(spec)
