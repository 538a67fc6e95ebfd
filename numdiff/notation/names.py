"""Names that may be typed for functions and constants, in Python, LaTeX and school notation."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping

from numdiff.functions.registry import asked, having, names, rows
from numdiff.notation.characters import GREEK

_OWN = {"square": "square", "pow": "pow", "power": "pow", "nthroot": "nthroot", "root": "nthroot", "sum": "sum"}
"""What may be typed and is no function of a tree: the parser makes other nodes of it."""


@asked
def functions() -> Mapping[str, str]:
    """Return the lower-case typed names with their canonical functions."""
    return {**{word: row.name for row in rows("typed") for word in (row.name, *row.spellings.split())}, **_OWN}


@asked
def splittable() -> tuple[str, ...]:
    """Return the functions recognised inside a run of letters (``xlnx``), the longest first."""
    return tuple(sorted(having(in_words=True), key=len, reverse=True))


@asked
def arc_short() -> tuple[str, ...]:
    """Return asin and its like: ``asinx`` is arcsin x or a·sin x, such a run is never guessed."""
    return tuple(word for row in rows() if row.in_words and row.family == "inverse" for word in row.spellings.split())


@asked
def power_before_argument() -> frozenset[str]:
    """Return the functions whose power may stand before the argument: sin² x."""
    return having(power_on_name="read") | having(power_on_name="written")


def invertible() -> frozenset[str]:
    """Return the functions for which ⁻¹ may mean the inverse or the reciprocal."""
    return having(power_on_name="written")


@asked
def elsewhere() -> Mapping[str, str]:
    """Return names used in other countries or by mistake: refused, with the name to type instead."""
    return {**{word: row.name for row in rows("typed") for word in row.elsewhere.split()}, "sqr": "square"}


@asked
def no_products() -> frozenset[str]:
    """Return names of things the notation does not have: never taken for a product of letters."""
    return _NO_PRODUCTS - set(names())


_NO_PRODUCTS = frozenset(
    (
        "int lim mod div det arg deg rad gcd lcm sup nan var avg std dim tr Re Im re im fact perm comb prod diff grad "
        "curl step rect ramp sinc cis erfc mean norm sqr sqrtn atan2 hypot clip round trunc frac dot sum"
    ).split()
)

CONSTANTS = {"e": "e", "pi": "pi"}

GREEK_NAMES = {
    **{name: name for name in GREEK.values()},
    "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma",
}  # fmt: skip

MODULES = frozenset(
    "np numpy math cmath torch tf nn F jnp jax scipy special functional keras activations sp mpmath mp sympy Math std "
    "tensorflow K".split()
)
"""Python modules that a pasted formula may name before a function: np.exp, torch.relu."""

CODE_WORDS = frozenset(
    (
        "if else elif for while in is not and or import from as with try except raise class global nonlocal del pass "
        "assert yield async await True False None eval exec open print input compile globals locals getattr setattr "
        "lambda def return"
    ).split()
)
"""Words of Python that have no place in a formula."""

WORD_COMMANDS = frozenset(
    "mathrm mathit mathbf mathsf mathtt operatorname text textrm textit textbf textnormal mbox mathnormal".split()
)
SPACE_COMMANDS = frozenset(
    (
        "quad qquad displaystyle textstyle limits nolimits left right big Big bigg Bigg bigl bigr Bigl Bigr "
        "biggl biggr Biggl Biggr thinspace enspace nonumber middle"
    ).split()
)
OPERATOR_COMMANDS = {"cdot": "*", "times": "*", "ast": "*", "div": "/", "bullet": "*", "slash": "/"}
BRACKET_COMMANDS = {
    "lfloor": ("open", "⌊"), "rfloor": ("close", "⌋"), "lceil": ("open", "⌈"), "rceil": ("close", "⌉"),
    "lvert": ("bar", "open"), "rvert": ("bar", "close"), "vert": ("bar", ""), "mid": ("bar", ""),
    "lbrace": ("open", "{"), "rbrace": ("close", "}"), "lbrack": ("open", "["), "rbrack": ("close", "]"),
}  # fmt: skip
UNSUPPORTED_COMMANDS = {
    "int": "integral", "iint": "integral", "oint": "integral", "partial": "derivative_sign", "nabla": "derivative_sign",
    "lim": "limit_sign", "to": "limit_sign", "infty": "infinity", "degree": "degree", "circ": "degree",
    "%": "percent",
    "prime": "prime", "dot": "prime", "ddot": "prime", "le": "comparison", "leq": "comparison", "ge": "comparison",
    "geq": "comparison", "ne": "comparison", "neq": "comparison", "lt": "comparison", "gt": "comparison",
    "approx": "comparison", "equiv": "comparison",
}  # fmt: skip
UNSUPPORTED_CHARACTERS = {
    **dict.fromkeys("∫∬∮", "integral"), **dict.fromkeys("∂∇", "derivative_sign"), "∞": "infinity",
    **dict.fromkeys("!！", "factorial"), **dict.fromkeys("%％‰", "percent"), **dict.fromkeys("°˚º", "degree"),
    **dict.fromkeys("<>≤≥≠≈≡≦≧", "comparison"), "'": "prime", '"': "code", ";": "code", "`": "code", "@": "code",
    ":": "code",
}  # fmt: skip


def is_reserved_in_python(name: str) -> bool:
    """Return True if a definition of this name would be an error or hide what the printed code relies on."""
    return keyword.iskeyword(name) or name in {"_", "np", "math"} or hasattr(builtins, name)


@asked
def in_other_keyboard_mode() -> frozenset[str]:
    """Return what is looked for behind Hangul typed in the wrong keyboard mode."""
    return frozenset({"abs", "pi", *splittable(), *having(is_variadic=True)})
