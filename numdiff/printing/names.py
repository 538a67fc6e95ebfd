"""Names of variables and functions in each of the three languages.

Variable names come from the notation as validated identifiers (``x``, ``x_1``, ``theta``, ``width``, ``야식``). What
is made of them here cannot carry anything else into the printed text: LaTeX specials are escaped, and what is no plain
identifier in Python or JavaScript is replaced by a numbered name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping

from numdiff.indices import negative_index
from numdiff.notation.names import is_reserved_in_python

GREEK = frozenset(
    (
        *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota"),
        *("kappa", "lambda", "mu", "nu", "xi", "omicron", "rho", "sigma", "varsigma", "tau", "upsilon", "phi"),
        *("varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon"),
        *("Phi", "Psi", "Omega"),
    )
)
"""Names written as a Greek letter: each is also the name of its LaTeX command."""

_ESCAPES = {character: f"\\{character}" for character in "{}$%&#_"} | {
    "\\": r"\textbackslash ",
    "^": r"\textasciicircum ",
    "~": r"\textasciitilde ",
}
_SHORT_NAME = re.compile(r"[A-Za-z](_[A-Za-z0-9]+)?")


def latex_text(text: str) -> str:
    r"""Return the text as it stands inside ``\text{…}``, every character special to LaTeX escaped."""
    return "".join(_ESCAPES.get(character, character) for character in text)


def latex_name(name: str) -> str:
    r"""Return a variable's name in LaTeX: ``x_{1}``, ``\theta``, ``\mathrm{width}``, ``\text{야식}``."""
    base, _, index = name.partition("_")
    if not base or not index or "_" in index:
        return _latex_word(name)
    negative = negative_index(index)
    return f"{_latex_word(base)}_{{{f'-{negative}' if negative else _latex_word(index)}}}"


def _latex_word(word: str) -> str:
    if word in GREEK:
        return f"\\{word}"
    if word.isascii() and word.replace("_", "").isalnum():
        return word if len(word) == 1 or word.isdigit() else f"\\mathrm{{{latex_text(word)}}}"
    return f"\\text{{{latex_text(word)}}}"


def python_names(names: Iterable[str], taken: Container[str] = ()) -> dict[str, str]:
    """Return a Python identifier for every variable: its own name where that is free, else a name like it.

    Parameters
    ----------
    names : iterable of str
        The variables.
    taken : container of str
        Further names that the code around needs for itself.

    Returns
    -------
    dict[str, str]
        From variable to identifier, one to one. ``lambda`` becomes ``lambda_``, ``np`` becomes ``np_``; Hangul names
        stay, in the form (NFKC) to which Python itself normalises identifiers.
    """
    chosen: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKC", name)
        wanted = plain if plain.isidentifier() else f"v{len(chosen)}"
        while is_reserved_in_python(wanted) or wanted in taken or wanted in chosen.values():
            wanted += "_"
        chosen[name] = wanted
    return chosen


def javascript_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return a JavaScript identifier for every variable, one to one.

    A single Latin letter with or without an index (``x``, ``x_1``) stays: none of these is a reserved word, a global
    or one of our helpers. Every other name becomes ``v0``, ``v1``, … by its place.
    """
    return {name: name if _SHORT_NAME.fullmatch(name) else f"v{place}" for place, name in enumerate(names)}
