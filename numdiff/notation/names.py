"""Names that may be typed for functions and constants, in Python, LaTeX and school notation."""

from __future__ import annotations

from numdiff.notation.characters import GREEK
from numdiff.tree import FUNCTIONS

_ALIASES = {
    "ln": "", "log": "",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsec": "asec", "arccsc": "acsc", "arccot": "acot",
    "arsinh": "asinh arcsinh argsinh", "arcosh": "acosh arccosh argcosh", "artanh": "atanh arctanh argtanh",
    "arsech": "asech arcsech", "arcsch": "acsch arccsch", "arcoth": "acoth arccoth",
    "csc": "cosec", "abs": "absolute fabs", "sign": "sgn signum", "ceil": "ceiling",
    "min": "minimum fmin amin", "max": "maximum fmax amax",
    "relu": "", "leaky_relu": "leakyrelu lrelu", "sigmoid": "logistic expit", "silu": "swish",
    "square": "", "pow": "power", "nthroot": "root", "sum": "",
}  # fmt: skip

NAMES: dict[str, str] = {name: name for name in FUNCTIONS if name != "root"}
for _name, _others in _ALIASES.items():
    NAMES.update(dict.fromkeys((_name, *_others.split()), _name))
"""Lower-case typed name → canonical function; log, pow, square, nthroot and sum are the parser's own."""

SPLITTABLE = tuple(
    sorted(
        (
            *("sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"),
            *("ln", "log", "exp", "sqrt", "relu", "sigmoid", "softplus", "silu", "gelu"),
        ),
        key=len,
        reverse=True,
    )
)
"""Functions recognised inside a run of letters (``xlnx``), the longest first."""

ARC_SHORT = ("asin", "acos", "atan")
"""``asinx`` is arcsin x or a·sin x: such a run is never guessed."""

POWER_BEFORE_ARGUMENT = frozenset(
    (
        *("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth"),
        *("ln", "log", "log2", "log10", "arcsin", "arccos", "arctan"),
    )
)
"""Functions whose power may stand before the argument: sin² x."""

INVERTIBLE = frozenset(("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth"))
"""Functions for which ⁻¹ may mean the inverse or the reciprocal."""

ELSEWHERE = {
    "tg": "tan", "ctg": "cot", "cotg": "cot", "cotan": "cot", "arctg": "arctan", "arcctg": "arccot",
    "sh": "sinh", "ch": "cosh", "th": "tanh", "cth": "coth", "lg": "log10", "lb": "log2", "ld": "log2",
    "sine": "sin", "cosine": "cos", "tangent": "tan", "sen": "sin", "squareroot": "sqrt",
    "logn": "ln", "loge": "ln", "arcsine": "arcsin", "arccosine": "arccos", "arctangent": "arctan",
    "exponential": "exp", "softmax": "sigmoid", "sqr": "square", "cuberoot": "cbrt", "sig": "sigmoid",
}  # fmt: skip
"""Names used in other countries or by mistake: refused, with the name to type instead."""

NO_PRODUCTS = frozenset(
    (
        "int lim mod div det arg deg rad gcd lcm sup nan var avg std dim tr Re Im re im fact perm comb prod diff grad "
        "curl step rect ramp sinc cis erfc mean norm sqr sqrtn atan2 hypot clip round trunc frac dot sum"
    ).split()
)
"""Names of things the notation does not have: never taken for a product of letters."""

CONSTANTS = {"e": "e", "pi": "pi"}

GREEK_NAMES = {
    **{name: name for name in GREEK.values()},
    "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma",
}  # fmt: skip

MODULES = frozenset(
    "np numpy math cmath torch tf nn F jnp jax scipy special functional keras activations sp mpmath mp".split()
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
