"""A derivation or a chain as sections of equations: what LaTeX and Markdown print, each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.steps import Condition, Line, Step, Style
from numdiff.derivation.work import Derivation
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name

Say = Callable[[str], str]


@dataclass(frozen=True)
class Row:
    """``left = right`` in LaTeX, with a plain sentence beside it; without a left side it continues the row above."""

    left: str
    right: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and the equations under it.

    Attributes
    ----------
    title : str
        Plain text.
    rows : tuple[Row, ...]
        At least one.
    remarks : tuple[tuple[str, str], ...]
        Where the equations hold: a plain sentence and a formula, either of which may be empty.
    """

    title: str
    rows: tuple[Row, ...]
    remarks: tuple[tuple[str, str], ...] = ()


def sections_of(work: Derivation | Chain, say: Say, style: Style) -> tuple[Section, ...]:
    """Return the sections in reading order."""
    return tuple(_derivation(work, say, style) if isinstance(work, Derivation) else _chain(work, say, style))


def _derivation(work: Derivation, say: Say, style: Style) -> Iterator[Section]:
    f = work.function
    head = derivative_symbol(f.name, work.variable, style)
    yield Section(say("heading.function"), (Row(signature(f.name, f.variables), f.latex()),))
    if work.nowhere:
        yield _nowhere(work.nowhere, say)
        return
    for number, step in enumerate(work.steps, 1):
        title = f"{number}. {say(f'rule.{step.rule}')}"
        yield Section(
            title, _continued(step.question.latex(style), _lines(step, style)), _remarks(step.conditions, say)
        )
    if work.tidying:
        first = Row(head, Line(work.root.after).latex())
        tidied = (Row("", Line(step.after).latex(), say(f"tidy.{step.rule}")) for step in work.tidying)
        yield Section(say("heading.tidying"), (first, *tidied))
    yield Section(say("heading.result"), (Row(head, work.result.latex()),), _remarks(work.conditions, say))


def _chain(work: Chain, say: Say, style: Style) -> Iterator[Section]:
    f = work.function
    if work.symbol is not None:
        yield Section(say("heading.function"), (Row(signature(f.name, f.variables), f.latex()),))
    if work.nowhere:
        yield _nowhere(work.nowhere, say)
        return
    if work.names and work.symbol is not None:
        outer = Row(latex_name(f.name), Line(work.outer).latex())
        inner = (Row(latex_name(named.name), Line(named.expression).latex()) for named in work.names)
        yield Section(say("heading.names"), (outer, *inner))
    if work.stages:
        notes = [say(f"rule.{work.rule}") if stage.id == "rule" else say(f"stage.{stage.id}") for stage in work.stages]
        rows = [Row("", stage.latex(style), note) for stage, note in zip(work.stages, notes, strict=True)]
        yield Section(say("heading.chain"), (Row(work.head(style), rows[0].right, rows[0].note), *rows[1:]))
    for part in work.parts:
        yield from _chain(part, say, style)
    if work.symbol is not None:
        yield Section(say("heading.result"), (Row(work.head(style), work.result.latex()),))


def _nowhere(powers: tuple[Condition, ...], say: Say) -> Section:
    """Return the powers that have no derivative, where there is no derivative to be written."""
    rows = tuple(Row("", to_latex(power.node), say(f"condition.{power.code}")) for power in powers)
    return Section(say("heading.result"), rows)


def signature(name: str, variables: tuple[str, ...]) -> str:
    """Return ``f(x, y)`` in LaTeX."""
    return f"{latex_name(name)}({', '.join(map(latex_name, variables))})" if variables else latex_name(name)


def derivative_symbol(name: str, variable: str, style: Style) -> str:
    r"""Return ``\frac{\partial f}{\partial x}``."""
    sign = r"\partial" if style == "partial" else "d"
    return f"\\frac{{{sign} {latex_name(name)}}}{{{sign} {latex_name(variable)}}}"


def _lines(step: Step, style: Style) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.latex(style) for line in step.lines))


def _continued(left: str, lines: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row(left if place == 0 else "", line) for place, line in enumerate(lines))


def _remarks(conditions: tuple[Condition, ...], say: Say) -> tuple[tuple[str, str], ...]:
    return tuple(
        (say(f"condition.{condition.code}"), condition.latex() or condition.place_latex()) for condition in conditions
    )
