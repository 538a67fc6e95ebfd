"""Each function of the notation as a rational function of generators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from numdiff.budget import OutOfBudgetError
from numdiff.derivation.relation.field import Generator
from numdiff.derivation.relation.generators import Entry, Generators
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.tree import Call, Constant, Node

Reader: TypeAlias = Generators
"""Whose field a value belongs to: of a reader, functions need no more than its generators."""

Apply: TypeAlias = Callable[..., Ratio]
"""From the reader, the typed call and its arguments' values to the value."""

ONE, HALF, TWO = of_number(1), of_number(Fraction(1, 2)), of_number(2)
_MOST_MULTIPLES = 24


# --- sine, cosine and the hyperbolic functions --------------------------------------------------------------------


def _pair(reader: Reader, g: Ratio, *, hyperbolic: bool) -> tuple[Ratio, Ratio]:
    """Return (cos g, sin g) or (cosh g, sinh g)."""
    f = reader.field
    if g.is_zero:
        return ONE, of_number(0)
    if f.is_constant(g):
        names = ("cosh", "sinh") if hyperbolic else ("cos", "sin")
        written = reader.write(g)
        cosine, sine = (reader.constant((name, written), Call(name, (written,))) for name in names)
        return cosine, sine
    if hyperbolic and reader.mode.by_exponential:
        growth = reader.exp(g)
        decay = f.power(growth, -1)
        return f.multiply(HALF, f.add(growth, decay)), f.multiply(HALF, f.subtract(growth, decay))
    group = "tanh" if hyperbolic else "half" if reader.mode.by_half_angle else "tan "
    _, entry, n = reader.shared(group, g)
    tangent = of_symbol(entry.index)
    if group == "half":
        square = f.power(tangent, 2)
        below = f.add(ONE, square)
        cosine, sine = f.divide(f.subtract(ONE, square), below), f.divide(f.multiply(TWO, tangent), below)
    else:
        cosine = of_symbol(entry.second)
        sine = f.multiply(tangent, cosine)
    return _multiple(reader, cosine, sine, n, 1 if hyperbolic else -1)


def _multiple(reader: Reader, cosine: Ratio, sine: Ratio, n: int, sign: int) -> tuple[Ratio, Ratio]:
    """Return cosine and sine of n times the angle, by the addition theorem (sign 1: hyperbolic)."""
    if abs(n) > _MOST_MULTIPLES:
        raise OutOfBudgetError
    f = reader.field
    c, s = ONE, of_number(0)
    for _ in range(abs(n)):
        crossed = f.multiply(of_number(sign), f.multiply(s, sine))
        c, s = f.add(f.multiply(c, cosine), crossed), f.add(f.multiply(s, cosine), f.multiply(c, sine))
    return c, s if n >= 0 else f.multiply(of_number(-1), s)


def _undone(reader: Reader, name: str, g: Ratio) -> Ratio | None:
    """Return w for tan(arctan w) and the like."""
    if len(g.symbols) == 1 and g.same(of_symbol(next(iter(g.symbols)))):
        generator = reader.field.generators[next(iter(g.symbols))]
        inverse = f"ar{name}" if name.endswith("h") else f"arc{name}"
        if generator.kind == "other" and generator.name == inverse:
            return generator.argument
    return None


def _circular(name: str, *, hyperbolic: bool) -> Apply:
    def apply(reader: Reader, _node: Node, g: Ratio) -> Ratio:
        undone = _undone(reader, name, g)
        if undone is not None:
            return undone
        cosine, sine = _pair(reader, g, hyperbolic=hyperbolic)
        divide = reader.field.divide
        match name.removesuffix("h"):
            case "sin":
                return sine
            case "cos":
                return cosine
            case "tan":
                return divide(sine, cosine)
            case "cot":
                return divide(cosine, sine)
            case "sec":
                return divide(ONE, cosine)
            case _:
                return divide(ONE, sine)

    return apply


# --- functions that are generators of their own -------------------------------------------------------------------


def _squared_from_one(reader: Reader, g: Ratio) -> Ratio:
    return reader.field.subtract(ONE, reader.field.power(g, 2))


def _squared_over_one(reader: Reader, g: Ratio) -> Ratio:
    return reader.field.subtract(reader.field.power(g, 2), ONE)


def _squared_and_one(reader: Reader, g: Ratio) -> Ratio:
    return reader.field.add(ONE, reader.field.power(g, 2))


def _over_root(reader: Reader, w: Ratio) -> Ratio:
    return reader.field.divide(ONE, reader.root(w, 2))


def _bell(reader: Reader, g: Ratio) -> Ratio:
    f = reader.field
    root = reader.root(reader.constant("pi", Constant("pi")), 2)
    return f.multiply(f.divide(TWO, root), reader.exp(f.multiply(of_number(-1), f.power(g, 2))))


SLOPES: Mapping[str, Callable[[Any, Ratio], Ratio]] = {
    "arcsin": lambda r, g: _over_root(r, _squared_from_one(r, g)),
    "arccos": lambda r, g: r.field.multiply(of_number(-1), _over_root(r, _squared_from_one(r, g))),
    "arctan": lambda r, g: r.field.divide(ONE, _squared_and_one(r, g)),
    "arccot": lambda r, g: r.field.divide(of_number(-1), _squared_and_one(r, g)),
    "arcsec": lambda r, g: r.field.divide(_over_root(r, _squared_over_one(r, g)), r.absolute(g)),
    "arccsc": lambda r, g: r.field.divide(
        r.field.multiply(of_number(-1), _over_root(r, _squared_over_one(r, g))), r.absolute(g)
    ),
    "arsinh": lambda r, g: _over_root(r, _squared_and_one(r, g)),
    "arcosh": lambda r, g: _over_root(r, _squared_over_one(r, g)),
    "artanh": lambda r, g: r.field.divide(ONE, _squared_from_one(r, g)),
    "arcoth": lambda r, g: r.field.divide(ONE, _squared_from_one(r, g)),
    "arsech": lambda r, g: r.field.divide(r.field.multiply(of_number(-1), _over_root(r, _squared_from_one(r, g))), g),
    "arcsch": lambda r, g: r.field.divide(
        r.field.multiply(of_number(-1), _over_root(r, _squared_and_one(r, g))), r.absolute(g)
    ),
    "erf": _bell,
}
"""The derivatives of the functions that are generators, from their argument."""


def own(reader: Reader, name: str, g: Ratio, tree: Node | None = None) -> Ratio:
    """Return the generator name(g)."""
    f = reader.field
    entries = reader.groups.setdefault(name, [])
    for entry in entries:
        if entry.argument.same(g):
            return of_symbol(entry.index)
    inner = tree.arguments[0] if isinstance(tree, Call) and tree.name == name else reader.write(g)
    slope = of_number(0) if name in {"floor", "ceil"} else f.multiply(SLOPES[name](reader, g), f.derivative(g))
    generator = Generator("other", Call(name, (inner,)), slope, name, g, None, inner, f.is_constant(g))
    entries.append(Entry(g, f.put(generator)))
    return of_symbol(entries[-1].index)


def _own(name: str) -> Apply:
    return lambda reader, node, g: own(reader, name, g, node)


def _greatest(sign: int) -> Apply:
    def apply(reader: Reader, _node: Node, first: Ratio, *others: Ratio) -> Ratio:
        f = reader.field
        for other in others:
            gap = reader.absolute(f.subtract(first, other))
            first = f.multiply(HALF, f.add(f.add(first, other), f.multiply(of_number(sign), gap)))
        return first

    return apply


# --- functions defined by others ----------------------------------------------------------------------------------


def sigmoid(reader: Reader, _node: Node, g: Ratio) -> Ratio:
    """Return 1/(1 + e^−g)."""
    f = reader.field
    return f.divide(ONE, f.add(ONE, reader.exp(f.multiply(of_number(-1), g))))


def _softplus(reader: Reader, _node: Node, g: Ratio) -> Ratio:
    return reader.log(reader.field.add(ONE, reader.exp(g)))


def _gelu(reader: Reader, _node: Node, g: Ratio) -> Ratio:
    f = reader.field
    below = f.add(ONE, own(reader, "erf", f.divide(g, reader.root(TWO, 2))))
    return f.multiply(HALF, f.multiply(g, below))


def _leaky(reader: Reader, _node: Node, g: Ratio, a: Ratio | None = None) -> Ratio:
    f = reader.field
    slope = of_number(Fraction(1, 100)) if a is None else a
    size = reader.absolute(g)
    above, below = f.multiply(HALF, f.add(g, size)), f.multiply(HALF, f.subtract(g, size))
    return f.add(above, f.multiply(slope, below))


def _log_by_base(reader: Reader, node: Node, w: Ratio, base: Ratio) -> Ratio:
    tree = node.arguments[0] if isinstance(node, Call) else None
    return reader.field.divide(reader.log(w, tree), reader.log(base))


APPLY: Mapping[str, Apply] = {
    **{name: _circular(name, hyperbolic=False) for name in ("sin", "cos", "tan", "sec", "csc", "cot")},
    **{name: _circular(name, hyperbolic=True) for name in ("sinh", "cosh", "tanh", "sech", "csch", "coth")},
    **{name: _own(name) for name in (*SLOPES, "floor", "ceil")},
    "expm1": lambda reader, _node, g: reader.field.subtract(reader.exp(g), ONE),
    "log1p": lambda reader, _node, g: reader.log(reader.field.add(ONE, g)),
    "log2": lambda reader, node, g: _log_by_base(reader, node, g, TWO),
    "log10": lambda reader, node, g: _log_by_base(reader, node, g, of_number(10)),
    "log": _log_by_base,
    "abs": lambda reader, _node, g: reader.absolute(g),
    "sign": lambda reader, _node, g: reader.sign(g),
    "min": _greatest(-1),
    "max": _greatest(1),
    "relu": lambda reader, node, g: _greatest(1)(reader, node, g, of_number(0)),
    "leaky_relu": _leaky,
    "sigmoid": sigmoid,
    "softplus": _softplus,
    "silu": lambda reader, node, g: reader.field.multiply(g, sigmoid(reader, node, g)),
    "gelu": _gelu,
}
"""Every function but exp, ln and the roots."""
