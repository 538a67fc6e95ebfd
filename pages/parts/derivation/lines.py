r"""The lines of a step as LaTeX: what is asked, what the rule makes of it, and what it becomes.

A line that did not pass its check stands in red; it is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from numdiff.derivation.pieces import cases_latex
from numdiff.derivation.steps import Check, Derivative, Line, Step, Style, Verification
from numdiff.derivation.work import Derivation
from numdiff.functions.registry import names
from numdiff.printing.stretch import stretched
from numdiff.tree import Variable

LONGEST = 1500
"""Characters of LaTeX in one line; a longer one is announced instead of drawn: nobody could read it."""

SHORT = 90
"""Characters of LaTeX of a left side that is said again at the end; a longer one would drown the line."""


@dataclass(frozen=True)
class Failed:
    """The checks that did not pass, by the place of the step (or "tidy", "stages", "result") and the line's number."""

    checks: Mapping[tuple[str, int], Check]

    def within(self, place: str) -> bool:
        """Return True if a line of the step or of one inside it failed."""
        return any(own == place or own.startswith(f"{place}.") for own, _ in self.checks)

    def of(self, place: str) -> tuple[int, ...]:
        """Return the numbers of the step's lines that failed."""
        return tuple(sorted(number for own, number in self.checks if own == place))


_PLACE = re.compile(r"(?P<step>.*?)\.?(?P<kind>lines|stages)\[(?P<number>\d+)\]")


def place_of(check: Check) -> tuple[str, int]:
    """Return where a failed check belongs: ("root.children[0]", 1), ("tidy", 3), ("stages", 2) or ("result", 0)."""
    if isinstance(check.place, tuple):
        return check.place
    found = _PLACE.fullmatch(check.place)
    if found is None:
        return check.place, 0
    own = found["step"] if found["kind"] == "lines" else ".".join(filter(None, (found["step"], "stages")))
    return own, int(found["number"])


def failed_lines(found: Verification) -> Failed:
    """Return the checks that failed, by place."""
    return Failed({place_of(check): check for check in found.failed})


def is_long(line: Line, style: Style) -> bool:
    """Return True if a line is too long to be drawn."""
    return len(line.latex(style)) > LONGEST


def _equal(latex: str, is_red: bool, color: str) -> str:
    return rf"\textcolor{{{color}}}{{= {latex}}}" if is_red else f"= {latex}"


def block(rows: Sequence[str]) -> str:
    """Return rows as one block, aligned at their ``&``; a single one stands alone."""
    if len(rows) == 1:
        return rows[0].replace("&=", "=", 1) if "&=" in rows[0] else rows[0].replace("&", "", 1)
    gaps = (_gap(above, below) for above, below in pairwise(rows))
    between = "".join(f" {gap} {row}" for gap, row in zip(gaps, rows[1:], strict=True))
    return rf"\begin{{aligned}} {rows[0]}{between} \end{{aligned}}"


def _gap(above: str, below: str) -> str:
    """Return the end of a row: the more fractions meet, the more room they need, or their numbers touch."""
    room = (0.2, 0.5, 0.8)[(r"\frac" in above) + (r"\frac" in below)]
    return rf"\\[{room}em]"


def display(latex: str) -> str:
    """Return a formula on a line of its own, as Markdown, its brackets as tall as what they hold."""
    return f"$$\n{stretched(latex)}\n$$"


def inline(latex: str) -> str:
    """Return a formula for a button or a table, as Markdown: its fractions as large as on a line of their own."""
    return rf"$\displaystyle {stretched(latex)}$"


_AROUND = frozenset(("cancel", "operatorname", "text", "mathrm", "sqrt"))
_WORD = re.compile(r"\\(?!frac\b)([a-zA-Z]+) ?")
_SPACE = re.compile(r"[&\s]")
_RAISED = re.compile(r"[\^_]\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")


def width(latex: str) -> int:
    """Return about how many characters wide a formula of one row is; a fraction is as wide as its wider part."""

    def written(found: re.Match[str]) -> str:
        return found[1] if found[1] in names() else "^" if found[1] in _AROUND else "x"

    flat, before = _SPACE.sub("", _WORD.sub(written, latex)), ""
    while flat != before:
        before = flat
        flat = _FRACTION.sub(lambda found: max(found[1], found[2], key=len), _RAISED.sub(r"\1", flat))
    return len(flat)


def lines_latex(lines: Sequence[str], *, first: int = 0, failed: Collection[int] = (), color: str = "red") -> list[str]:
    """Return ``&= …`` for each line, those that failed in the colour of trouble; ``first`` is the first's number."""
    return [f"&{_equal(latex, first + place in failed, color)}" for place, latex in enumerate(lines)]


def opening(step: Step) -> int:
    """Return how many lines say what is to be done, before the parts' results are put in."""
    return max((place for place, line in enumerate(step.lines) if line.open), default=-1) + 1


def head(step: Step, style: Style, failed: Collection[int], color: str, *, whole: bool) -> str:
    """Return ∂before/∂x = what the rule makes of it; with ``whole``, all lines down to the result."""
    lines = step.lines if whole else step.lines[: opening(step)]
    rows = lines_latex([line.latex(style) for line in lines], failed=failed, color=color)
    return block([f"{step.question.latex(style)} {rows[0]}", *rows[1:]])


def question(step: Step, style: Style) -> str:
    """Return ∂before/∂x = ?"""
    return f"{step.question.latex(style)} = \\; ?"


def tail(step: Step, style: Style, failed: Collection[int], color: str) -> str:
    """Return the lines from what the parts give to the result; "" if there are none."""
    first = opening(step)
    rows = lines_latex([line.latex(style) for line in step.lines[first:]], first=first, failed=failed, color=color)
    left = step.question.latex(style)
    if rows and len(left) <= SHORT:
        rows[0] = f"{left} {rows[0]}"
    return block(rows) if rows else ""


def short(step: Step, style: Style, failed: Collection[int], color: str) -> str:
    """Return ∂before/∂x = its result."""
    row = lines_latex([step.lines[-1].latex(style)], first=len(step.lines) - 1, failed=failed, color=color)[0]
    return block([f"{step.question.latex(style)} {row}"])


def result_latex(found: Derivation, style: Style) -> str:
    """Return ∂f/∂x = the tidied derivative, with the function's own name on the left."""
    left = Derivative(Variable(found.function.name), found.variable)
    return f"{left.latex(style)} = {Line(found.result.tree).latex(style)}"


def pieces_latex(found: Derivation, style: Style) -> str:
    """Return ∂f/∂x = its pieces on both sides of the only kink; "" if there is none."""
    left = Derivative(Variable(found.function.name), found.variable)
    return f"{left.latex(style)} = {cases_latex(found.pieces)}" if found.pieces else ""
