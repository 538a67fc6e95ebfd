"""The proof that f′ is a polynomial in f, line by line, in the learner's own names.

By the kernel: f is solved for the one generator u, f′ is written by u, and u is replaced: for 1/(1 + e^−x) that is
e^−x = (1 − f)/f and f′ = e^−x·f² = f(1 − f) = f − f². Where f cannot be solved so, f′ and the polynomial are both
written by the generators, and are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from numdiff.derivation import poly
from numdiff.derivation.poly import Poly
from numdiff.derivation.relation.factor import expanded, factored
from numdiff.derivation.relation.field import Field
from numdiff.derivation.relation.ratio import Ratio
from numdiff.derivation.relation.solve import Setting, inverse
from numdiff.derivation.relation.write import ONE, Writer, negated_outside, number
from numdiff.printing.latex import to_latex
from numdiff.tree import Div, Mul, Neg, Node, Pow, Variable, children, rebuild, walk

NoteCode: TypeAlias = Literal[
    "polynomial",
    "checked",
    "rational",
    "closed",
    "pieces",
    "power",
    "equation",
    "independent",
    "none_found",
    "unrecognised",
    "no_point_found",
]
"""What can be said of f′ in terms of f; see :class:`numdiff.derivation.relation.ask.Note`."""

ProofCode: TypeAlias = Literal["given", "solve", "differentiate", "recognise", "substitute", "compare", "result"]
"""The sentence that belongs to a line of the proof; see :class:`ProofStep`."""


@dataclass(frozen=True)
class ProofStep:
    """One line of the proof.

    Attributes
    ----------
    code : str
        Which sentence belongs to it: ``"given"`` (f = …), ``"solve"`` (the generator in terms of f),
        ``"differentiate"`` (f′ = …), ``"recognise"`` (f′ with powers of f in it), ``"substitute"`` (the generator
        replaced), ``"compare"`` (the polynomial, written out, is the same), ``"result"``.
    sides : tuple[Node, ...]
        Expressions that are all equal. The variables named ``f`` and ``f'`` (or what the relation calls them) stand
        for the function and its derivative.
    """

    code: ProofCode
    sides: tuple[Node, ...]

    @property
    def latex(self) -> str:
        """The line in LaTeX: its sides with = between them."""
        return " = ".join(map(side_latex, self.sides))


def side_latex(tree: Node) -> str:
    """Return the LaTeX of one side; a derivative is a name with a prime."""
    text = to_latex(tree)
    for part in walk(tree):
        if isinstance(part, Variable) and part.name.endswith("'"):
            text = text.replace(f"\\text{{{part.name}}}", part.name)
    return text


def by_kernel(
    at: Setting, u: int, coefficients: dict[int, Ratio], typed: Node, names: tuple[str, str]
) -> list[ProofStep]:
    """Return the proof for an f that is of degree 1 in its one generator u.

    Parameters
    ----------
    at, u
        f and f′ in their field, and the generator.
    coefficients : dict[int, Ratio]
        Those of the polynomial.
    typed : Node
        f as it was typed.
    names : tuple[str, str]
        The names of f and f′.
    """
    f, slope = Variable(names[0]), Variable(names[1])
    write = Writer(at.field).ratio
    kernel = at.field.generators[u].tree
    steps = [ProofStep("given", _distinct(f, typed, *_rewritten(typed, kernel, write(at.f))))]
    result = _distinct(slope, factored(at.field, coefficients, f), expanded(at.field, coefficients, f))
    recognised, is_done = _with_powers_of_f(at, u, f)
    derived = fraction_by_powers(at.field, at.slope, at.f.bottom)
    if is_done:
        return [*steps, ProofStep("differentiate", (slope, derived)), _result(result, recognised)]
    if write(at.f) != kernel:
        value = put(write(inverse(at, u)), {at.field.generators[at.y].tree: f})
        steps.append(ProofStep("solve", (kernel, value)))
    else:
        value = f
    steps.append(ProofStep("differentiate", (slope, derived)))
    if recognised is not None:
        steps.append(ProofStep("recognise", (slope, recognised)))
    replaced = put(recognised or derived, {kernel: value})
    if replaced not in result and not _contains(replaced, at, u):
        steps.append(ProofStep("substitute", (slope, replaced)))
    return [*steps, ProofStep("result", result)]


def _result(result: tuple[Node, ...], recognised: Node | None) -> ProofStep:
    sides = result if recognised is None else _distinct(result[0], recognised, *result[1:])
    return ProofStep("result", sides)


def _contains(tree: Node, at: Setting, u: int) -> bool:
    """Return whether the variable is still in the expression: then the kernel stood there in another form."""
    inner = at.field.generators[u].inner or at.field.generators[u].tree
    moving = {part for part in walk(inner) if isinstance(part, Variable)}
    constant = {g.tree for g in at.field.generators if g.is_constant}
    return any(part in moving - constant for part in walk(tree))


def _rewritten(typed: Node, kernel: Node, written: Node) -> tuple[Node, ...]:
    """Return f by its generator if it was typed by other functions."""
    return () if any(part == kernel for part in walk(typed)) else (written,)


def _distinct(*sides: Node) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(sides))


def _with_powers_of_f(at: Setting, u: int, f: Node) -> tuple[Node | None, bool]:
    """Return f′ with 1/(denominator of f) written as a multiple of f, and whether u is gone then; None if it is not so.

    1/(1 + u) = f gives f′ = u/(1 + u)² = u·f².
    """
    field = at.field
    if poly.degree(at.f.top, u) or not poly.degree(at.f.bottom, u):
        return None, False
    k, rest = _power_in(field, at.slope.bottom, at.f.bottom)
    if not k or poly.degree(rest, u):
        return None, False
    front = field.ratios.make(at.slope.top, _times(field, rest, poly.power(at.f.top, k, field.budget)))
    power = f if k == 1 else Pow(f, number(Fraction(k)))
    return _front(Writer(field), front, power), not front.degree(u)


def _times(field: Field, a: Poly, b: Poly) -> Poly:
    return poly.multiply(a, b, field.budget)


def _front(writer: Writer, front: Ratio, power: Node) -> Node:
    """Return front·power, the power above the line of a fraction."""
    above, below = front.top, front.bottom
    if len(above) > 1:
        return Mul(writer.ratio(front), power)
    top = writer.sum(above)
    whole = power if top == ONE else _negated(top, power)
    return whole if below == poly.constant(1) else Div(whole, writer.sum(below))


def _negated(top: Node, power: Node) -> Node:
    if isinstance(top, Neg):
        return Neg(power if top.argument == ONE else Mul(top.argument, power))
    return Mul(top, power)


def _power_in(field: Field, a: Poly, b: Poly) -> tuple[int, Poly]:
    """Return (k, a/bᵏ) with the greatest k."""
    k = 0
    while poly.symbols(b):
        quotient = poly.divide(a, b, field.budget)
        if quotient is None:
            break
        a, k = quotient, k + 1
    return k, a


def fraction_by_powers(field: Field, a: Ratio, factor: Poly) -> Node:
    """Return a as a fraction whose denominator shows powers of a known factor: e^−x/(1 + e^−x)²."""
    writer = Writer(field)
    k, rest = _power_in(field, a.bottom, factor)
    if k < 2 or len(factor) < 2:
        return writer.ratio(a)
    below: Node = Pow(writer.sum(factor), number(Fraction(k)))
    if rest != poly.constant(1):
        below = Mul(writer.sum(rest), below)
    above = writer.sum(a.top)
    return negated_outside(above, below)


def by_comparison(at: Setting, coefficients: dict[int, Ratio], typed: Node, names: tuple[str, str]) -> list[ProofStep]:
    """Return the proof that writes f′ and the polynomial by the generators; parameters as for :func:`by_kernel`."""
    f, slope = Variable(names[0]), Variable(names[1])
    write = Writer(at.field).ratio
    polynomial = expanded(at.field, coefficients, f)
    own = write(at.f)
    new = not all(any(part == at.field.generators[u].tree for part in walk(typed)) for u in at.field.active(at.f))
    steps = [ProofStep("given", _distinct(f, typed, *([own] if new or at.field.is_constant(at.f) else [])))]
    derived = fraction_by_powers(at.field, at.slope, at.f.bottom)
    steps.append(ProofStep("differentiate", (slope, derived)))
    compared = _distinct(polynomial, put(polynomial, {f: own}), derived)
    if len(compared) > 1 and polynomial != derived:
        steps.append(ProofStep("compare", compared))
    result = _distinct(slope, factored(at.field, coefficients, f), polynomial)
    return steps if result == (slope, derived) else [*steps, ProofStep("result", result)]


def put(tree: Node, values: dict[Node, Node]) -> Node:
    """Return the tree with whole sub-expressions replaced."""
    if tree in values:
        return values[tree]
    parts = children(tree)
    return rebuild(tree, tuple(put(part, values) for part in parts)) if parts else tree
