r"""The chain rule line by line: the factors as symbols, what they stand for, their values, put back, tidied up.

A factor ∂t/∂u is one edge of the graph of inner functions. With one way from the function to the variable the lines
are the lecture's, the inner names struck through; with several ways they are sums over the ways, and nothing is struck
through: cancelling would leave ∂f/∂x once for every way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from numdiff.derivation.steps import Derivative, Line, Style
from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Add, Mul, Node, Variable, substitute

StageId: TypeAlias = Literal[
    "cancel", "paths", "compose", "differentiated", "substituted_back", "rule", "put_in", "tidied"
]

_SIGNS: Mapping[str, str] = {"partial": r"\partial", "total": "d"}


@dataclass(frozen=True)
class Factor:
    """One factor of the chain, ∂top/∂bottom.

    Attributes
    ----------
    top : str or Node
        The name of what is differentiated, or, for a part of a function, the part itself.
    bottom : str
        The name it is differentiated by: the next inner function, or the variable.
    derivative : Derivative
        The same with what the name stands for: ∂(e^t)/∂t.
    local : Node
        The derivative worked out, in inner names.
    back : Node
        The same in the function's own variables.
    """

    top: str | Node
    bottom: str
    derivative: Derivative
    local: Node
    back: Node

    def latex(self, style: Style = "partial", *, cancel_top: bool = False, cancel_bottom: bool = False) -> str:
        r"""Return the factor as a symbol: ``\frac{\partial f}{\partial t}``, either half struck through if asked."""
        if not isinstance(self.top, str) and not (cancel_top or cancel_bottom):
            return Derivative(self.top, self.bottom).latex(style)
        sign = _SIGNS[style]
        above = f"{sign} {latex_name(self.top)}" if isinstance(self.top, str) else f"{sign}({to_latex(self.top)})"
        below = f"{sign} {latex_name(self.bottom)}"
        return f"\\frac{{{_struck(above, cancel_top)}}}{{{_struck(below, cancel_bottom)}}}"

    def composed(self, style: Style = "partial") -> str:
        r"""Return the factor with what its top stands for: ``\frac{\partial(e^{t})}{\partial t}``."""
        return self.derivative.latex(style)


Path: TypeAlias = tuple[Factor, ...]
"""The factors on one way from the function to the variable, in order."""

MOST_COMPOSED = 3
"""With more ways than these the line that puts the whole function into every factor is left out: nobody can read it."""


@dataclass(frozen=True)
class Stage:
    """One displayed expression, equal to ∂f/∂x and so to every other stage.

    Attributes
    ----------
    id : str
        ``"cancel"`` (or ``"paths"``, where there are several ways), ``"compose"``, ``"differentiated"``,
        ``"substituted_back"``, ``"tidied"``; where an outer rule comes first, ``"rule"``, ``"put_in"``, ``"tidied"``.
    line : Line
        The expression with its open derivatives, to be checked by value. It may hold inner names.
    partial, total : str
        Its LaTeX with ∂ and with d, without an equals sign.
    """

    id: StageId
    line: Line
    partial: str
    total: str

    def latex(self, style: Style = "partial") -> str:
        """Return the LaTeX with ∂ or, for ``"total"``, with d."""
        return self.partial if style == "partial" else self.total


Kind: TypeAlias = Literal["chain", "paths", "parts", "none"]
Reason: TypeAlias = Literal["", "constant", "not_composite", "variable_outside", "variable_remains", "too_long"]


@dataclass(frozen=True)
class Named:
    """An inner function with its name.

    Attributes
    ----------
    name : str
        A canonical name that stands for nothing else: ``t``, ``u``, …, ``t_1``.
    expression : Node
        What it is, in the names of the next levels or in the variable: t = sin(u).
    full : Node
        The same in the function's own variables, as it was typed: sin(x²).
    level : int
        1 for what stands right inside of the function; the longest way counts.
    """

    name: str
    expression: Node
    full: Node
    level: int

    def latex(self, *, full: bool = False) -> str:
        """Return ``t = …`` in LaTeX, with the deeper names put in if ``full``."""
        return f"{latex_name(self.name)} = {to_latex(self.full if full else self.expression)}"


@dataclass(frozen=True)
class Composition:
    """A function as a composition, with the lines of the chain rule: what a :class:`numdiff.Chain` is made of.

    Attributes
    ----------
    function : Function
        What is differentiated; for a part of a function, that part.
    variable : str
        By which variable.
    kind : str
        ``"chain"``: one way leads from the function through the inner ones to the variable, and the derivative is the
        product of the factors. ``"paths"``: several do; it is the sum of the products. ``"parts"``: the variable occurs
        outside of the compositions as well, so that another rule comes first and the chain rule works on ``parts``.
        ``"none"``: there is no composition; ``reason`` says why.
    reason : str
        ``""``; for ``"none"``: ``"constant"`` (the variable does not occur), ``"not_composite"``,
        ``"variable_outside"`` (as in x^(sin x): no factor of the chain holds the whole), ``"variable_remains"`` (beside
        the chosen inner function), ``"too_long"`` (names and what is written in them would fill hundreds of lines).
    rule : str
        For ``"parts"``: the id of the rule that comes first (``"product"``, ``"sum"``, …), else ``""``.
    names : tuple[Named, ...]
        The inner functions by level; each is written in the names after it.
    outer : Node
        The function in the names of its inner functions.
    paths : tuple[tuple[Factor, ...], ...]
        The factors on each way; empty unless the kind is ``"chain"`` or ``"paths"``.
    stages : tuple[Stage, ...]
        The displayed lines, all equal to ∂f/∂x; empty for ``"none"``.
    parts : tuple[Composition, ...]
        For ``"parts"``: the composite parts, with inner names of their own.
    result : Function
        The derivative, tidied, of the same variables as the function.
    symbol : str or None
        The name of the function on the left side, None for a part, which stands there itself.
    """

    function: Function
    variable: str
    kind: Kind
    reason: Reason
    rule: str
    names: tuple[Named, ...]
    outer: Node
    paths: tuple[Path, ...]
    stages: tuple[Stage, ...]
    parts: tuple[Composition, ...]
    result: Function
    symbol: str | None = field(default="f")

    @property
    def factors(self) -> tuple[Factor, ...]:
        """All factors, each once, in reading order."""
        return tuple(dict.fromkeys(factor for path in self.paths for factor in path))


def chain_stages(paths: tuple[Path, ...], result: Node) -> tuple[Stage, ...]:
    """Return the lecture's five lines for the paths; one that would repeat the line before is left out.

    The last is the derivative as the rules give it. It is not made from the products, so that it is the same form
    whatever inner function was chosen.
    """
    lines: list[tuple[StageId, Line, str, str]] = [
        ("cancel" if len(paths) == 1 else "paths", _open_line(paths), *_styles(paths, _symbols)),
        ("compose", _open_line(paths), *_styles(paths, _composed)),
        ("differentiated", _closed_line(paths, back=False), *_in_both(_worked_out(paths, back=False))),
        ("substituted_back", _closed_line(paths, back=True), *_in_both(_worked_out(paths, back=True))),
        ("tidied", Line(result, {}), *_in_both(to_latex(result))),
    ]
    stages: list[Stage] = []
    for line in lines:
        is_too_long = line[0] == "compose" and len(paths) > MOST_COMPOSED
        if not is_too_long and (not stages or stages[-1].partial != line[2]):
            stages.append(Stage(*line))
    return tuple(stages)


def rule_stages(lines: tuple[Line, ...], result: Node) -> tuple[Stage, ...]:
    """Return the lines of the rule that comes first, the parts' derivatives put in, and the result."""
    found: list[tuple[StageId, Line]] = [("rule", line) for line in lines if line.open]
    found += [("put_in", line) for line in lines if not line.open][:1]
    stages: list[Stage] = []
    for name, line in (*found, ("tidied", Line(result))):
        stage = Stage(name, line, line.latex("partial"), line.latex("total"))
        if not stages or stages[-1].partial != stage.partial:
            stages.append(stage)
    return tuple(stages)


def _struck(text: str, is_struck: bool) -> str:
    return f"\\cancel{{{text}}}" if is_struck else text


def _symbols(path: Path, style: Style, cancel: bool) -> str:
    last = len(path) - 1
    return r" \cdot ".join(
        factor.latex(style, cancel_top=cancel and place > 0, cancel_bottom=cancel and place < last)
        for place, factor in enumerate(path)
    )


def _composed(path: Path, style: Style, _cancel: bool) -> str:
    return r" \cdot ".join(factor.composed(style) for factor in path)


def _worked_out(paths: tuple[Path, ...], *, back: bool) -> str:
    """Return the sum of the products of the factors' values, the inner names put back or not."""
    texts = {factor: f"({to_latex(factor.back if back else factor.local)})" for path in paths for factor in path}
    return " + ".join("".join(texts[factor] for factor in path) for path in paths)


def _in_both(text: str) -> tuple[str, str]:
    """Return the LaTeX with ∂ and with d of what has neither."""
    return text, text


def _styles(paths: tuple[Path, ...], printed: Callable[[Path, Style, bool], str]) -> tuple[str, str]:
    cancel = len(paths) == 1
    styles: tuple[Style, Style] = ("partial", "total")
    partial, total = (" + ".join(printed(path, style, cancel) for path in paths) for style in styles)
    return partial, total


def sum_of_products(paths: tuple[tuple[Node, ...], ...]) -> Node:
    """Return the sum over the paths of the products of their factors, as a tree in that order."""
    total: Node | None = None
    for path in paths:
        product = path[0]
        for factor in path[1:]:
            product = Mul(product, factor)
        total = product if total is None else Add(total, product)
    assert total is not None
    return total


def _open_line(paths: tuple[Path, ...]) -> Line:
    derivatives = tuple(dict.fromkeys(factor.derivative for path in paths for factor in path))
    names = {derivative: f"#{number}" for number, derivative in enumerate(derivatives)}
    tree = sum_of_products(tuple(tuple(Variable(names[factor.derivative]) for factor in path) for path in paths))
    return Line(tree, {name: derivative for derivative, name in names.items()})


def _closed_line(paths: tuple[Path, ...], *, back: bool) -> Line:
    trees = tuple(tuple(factor.back if back else factor.local for factor in path) for path in paths)
    return Line(sum_of_products(trees), {})


def make_factor(top: str | Node, derivative: Derivative, local: Node, full: Mapping[str, Node]) -> Factor:
    """Return the factor, the inner names in its value put back."""
    return Factor(top, derivative.variable, derivative, local, substitute(local, full))
