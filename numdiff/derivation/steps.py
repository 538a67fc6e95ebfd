"""What a derivation is made of: lines, steps, conditions and checks; plain data, typeset by :mod:`numdiff.printing`.

A line may hold derivatives that are still to be worked out. In its tree each stands as a variable named ``#0``, ``#1``,
…, which no typed variable can be called; ``open`` says what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name, latex_text
from numdiff.tree import Node, Variable

Style: TypeAlias = Literal["partial", "total"]
"""How a derivative is written: with ∂, as the lecture does, or with d."""

Place: TypeAlias = str | tuple[str, int]
"""Where a check belongs: ``"root.children[0].lines[1]"``, or ``("tidy", 3)``."""

_SIGNS: Mapping[Style, str] = MappingProxyType({"partial": r"\partial", "total": "d"})

TidyRule: TypeAlias = Literal[
    "obvious",
    "brackets",
    "fraction",
    "factors",
    "numbers",
    "powers",
    "absolute",
    "cancel",
    "like_terms",
    "expand",
    "clear",
    "common_factor",
    "common_denominator",
    "divide",
    "factorise",
    "identity",
    "separate",
]
"""What a step of tidying does; :mod:`numdiff.derivation.tidy.tidy` and :mod:`numdiff.derivation.tidy.search` describe
each."""

CheckReason: TypeAlias = Literal["", "different", "undefined", "undecided", "follows", "no_point_found"]
"""Why an equality did not pass; see :class:`Check`."""

ConditionKind: TypeAlias = Literal["domain", "differentiable"]
"""What needs a condition: the function itself, or only its derivative."""

JOINS: tuple[str, ...] = ("smooth_at", "kink_at", "jump_at")
"""The codes of what is found where two pieces of a function meet."""

WORDED: tuple[str, ...] = ("negative_base", "no_point_found", "too_long", *JOINS)
"""The codes of conditions that only words can say; every other one is a formula."""

LONGEST_ABOVE = 24
"""Characters of LaTeX that stand above the line of ∂(…)/∂x; what is longer stands behind it."""

_TALL = (r"\frac", r"\sum")


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derivative that still stands in a line: ∂(of)/∂variable."""

    of: Node
    variable: str

    def latex(self, style: Style = "partial") -> str:
        r"""Return ``\frac{\partial(3x)}{\partial x}``; ``\frac{\partial}{\partial x}(…)`` for what is long or tall.

        A single name stands without brackets: ``\frac{\partial t}{\partial x}``.
        """
        sign, by = _SIGNS[style], latex_name(self.variable)
        if isinstance(self.of, Variable):
            return f"\\frac{{{sign} {latex_name(self.of.name)}}}{{{sign} {by}}}"
        inner = to_latex(self.of)
        if len(inner) > LONGEST_ABOVE or any(tall in inner for tall in _TALL):
            return f"\\frac{{{sign}}}{{{sign} {by}}}({inner})"
        return f"\\frac{{{sign}({inner})}}{{{sign} {by}}}"


@dataclass(frozen=True)
class Line:
    """One displayed expression.

    Attributes
    ----------
    tree : Node
        The expression; ``Variable("#0")``, ``Variable("#1")``, … stand for the derivatives in ``open``.
    open : Mapping[str, Derivative]
        The derivatives still to be worked out, by placeholder; empty when nothing is left to differentiate.
    """

    tree: Node
    open: Mapping[str, Derivative] = field(default_factory=dict, hash=False)

    def latex(self, style: Style = "partial") -> str:
        """Return the line in LaTeX that KaTeX accepts, derivatives written with ∂ ("partial") or d ("total")."""
        text = to_latex(self.tree)
        for name, derivative in self.open.items():
            text = text.replace(f"\\text{{{latex_text(name)}}}", derivative.latex(style))
        return text


@dataclass(frozen=True, slots=True)
class Condition:
    """Where a step holds.

    Attributes
    ----------
    code : str
        What ``node`` has to be: "positive", "nonnegative", "nonzero", "inside_one" (−1 < node < 1), "within_one"
        (−1 ≤ node ≤ 1), "outside_one" (abs(node) > 1), "beyond_one" (abs(node) ≥ 1), "above_one" (> 1),
        "at_least_one" (≥ 1), "not_integer", "not_gamma_pole" (none of 0, −1, −2, …), "not_one" (≠ 1). Besides:
        "negative_base" (``node`` is a power of what is negative, its exponent varies: it has no derivative, nor has
        what contains it), "no_point_found" (``node`` is a function for which no real point was found at which it has a
        derivative) and "too_long" (``node`` is a derivative that is too long to be tidied). Where two pieces meet,
        ``node`` is the place: "smooth_at" (both sides give the slope), "kink_at" and "jump_at" (there is no
        derivative).
    node : Node
        The expression that the condition is about.
    kind : {"domain", "differentiable"}
        Whether the function itself needs it, or only its derivative.
    variable : str
        Of a place where two pieces meet: whose value it is.
    slope : Node or None
        The derivative there.
    """

    code: str
    node: Node
    kind: ConditionKind = "domain"
    variable: str = ""
    slope: Node | None = None

    def latex(self) -> str:
        r"""Return the condition as a formula, such as ``x > 0``; "" for one that only words can say."""
        form = "" if self.code in WORDED else _CONDITIONS[self.code]
        return form.replace("@", to_latex(self.node))

    def place_latex(self) -> str:
        """Return where two pieces meet, such as ``x = 0``; "" for a condition that is about no place."""
        return f"{latex_name(self.variable)} = {to_latex(self.node)}" if self.code in JOINS else ""


_CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "positive": "@ > 0",
        "nonnegative": r"@ \ge 0",
        "nonzero": r"@ \ne 0",
        "inside_one": "-1 < @ < 1",
        "within_one": r"-1 \le @ \le 1",
        "outside_one": r"\lvert @ \rvert > 1",
        "beyond_one": r"\lvert @ \rvert \ge 1",
        "above_one": "@ > 1",
        "at_least_one": r"@ \ge 1",
        "not_integer": r"@ \notin \mathbb{Z}",
        "not_gamma_pole": r"@ \ne 0, -1, -2, \ldots",
        "not_one": r"@ \ne 1",
    }
)


@dataclass(frozen=True)
class Step:
    """One application of one rule.

    Attributes
    ----------
    rule : str
        The rule's id: one of :data:`numdiff.derivation.rules.order.RULES`.
    before : Node
        The expression that is differentiated.
    variable : str
        By which.
    lines : tuple[Line, ...]
        ∂before/∂variable = lines[0] = lines[1] = …: as the rule says, then with the children's results put in.
    children : tuple[Step, ...]
        The steps of the open derivatives, in reading order.
    after : Node
        The result: the last line.
    conditions : tuple[Condition, ...]
        Where the step holds.
    outer : str
        For the chain rule: the id of the rule by which the outer function is differentiated, else "".
    """

    rule: str
    before: Node
    variable: str
    lines: tuple[Line, ...]
    children: tuple[Step, ...]
    after: Node
    conditions: tuple[Condition, ...] = ()
    outer: str = ""

    @property
    def question(self) -> Line:
        """The left side that the lines continue: ∂before/∂variable."""
        return Line(Variable("#0"), {"#0": Derivative(self.before, self.variable)})

    def walk(self) -> Iterator[Step]:
        """Yield this step and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def whole(self) -> Iterator[Step]:
        """Yield this step and those below it, but none inside a piece: it holds only where the piece does."""
        yield self
        if self.rule != "piecewise":
            for child in self.children:
                yield from child.whole()


@dataclass(frozen=True)
class TidyStep:
    """One kind of tidying, done wherever it applies: ``before`` and ``after`` are whole expressions."""

    rule: TidyRule
    before: Node
    after: Node


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one displayed equality holds.

    Attributes
    ----------
    place : str or tuple[str, int]
        Which line: ``"root.children[0].lines[1]"`` (equal to the line before it), ``("tidy", 3)``, or ``"result"``.
    kind : str
        "line", "tidy" or "result".
    holds : bool
        True if both sides agree at every sample point. Undecided counts as False.
    reason : str
        "" if it holds; "different", "undefined" (one side has no value where the other has one) or "undecided";
        "follows" for a line that is wrong because the result of a step below it is, or for the result then.
        With "no_point_found" the equality holds of no point at all: the function has none.
    difference : float
        The greatest relative difference found.
    """

    place: Place
    kind: str
    holds: bool
    reason: CheckReason = ""
    difference: float = 0.0


@dataclass(frozen=True)
class Verification:
    """The checks of a derivation; true if and only if every displayed equality holds.

    Attributes
    ----------
    checks : tuple[Check, ...]
        One for each displayed equality.
    points : int
        At how many points each was checked.
    at_point : bool or None
        Whether the learner's own point was one of them; None if none was given. False where the function has no
        derivative there.
    """

    checks: tuple[Check, ...]
    points: int = 0
    at_point: bool | None = None

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.holds)

    @property
    def void(self) -> tuple[Check, ...]:
        """The checks of equalities that hold of no point: no point was found at which their sides are defined."""
        return tuple(check for check in self.checks if check.holds and check.reason == "no_point_found")

    @property
    def causes(self) -> tuple[Check, ...]:
        """The failed checks that do not merely follow from another one."""
        return tuple(check for check in self.failed if check.reason != "follows")

    def __bool__(self) -> bool:
        return not self.failed


@dataclass(frozen=True)
class Working:
    """The derivative of a function, worked out: what :class:`numdiff.Derivation` is made of.

    Attributes
    ----------
    function : Function
        What was differentiated.
    variable : str
        By which variable.
    root : Step
        The first step; the others are below it.
    tidying : tuple[TidyStep, ...]
        What leads from ``root.after`` to the result.
    result : Function
        The derivative, of the same variables as the function.
    limits : tuple[Condition, ...]
        What bounds the working as a whole, such as "too_long".
    """

    function: Function
    variable: str
    root: Step
    tidying: tuple[TidyStep, ...]
    result: Function
    limits: tuple[Condition, ...] = field(default=())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, parents first, in reading order."""
        return tuple(self.root.walk())
