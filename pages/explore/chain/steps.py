"""The derivation as it is read and worked out, rule by rule, each line with its check; what is unfolded is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from numdiff.derivation.steps import Style
from numdiff.tree import Node
from pages.parts import state, theme
from pages.parts.derivation import lines, words
from pages.parts.derivation.lines import Failed
from pages.parts.derivation.reveal import FINISHED, Phase, Progress, Row, advance, open_levels, start
from pages.parts.i18n import Translator

PAGE = 40
"""Rows of a derivation that are drawn at once."""

_MEMORY = "chain_memory"


Outcome = Literal["found", "none", "unchecked", "time", "busy", "unavailable", "large"]


@dataclass(frozen=True)
class Shorter:
    """What the search for a shorter form came to, and the form if it is to be shown."""

    outcome: Outcome
    form: Node | None = None


@dataclass
class Memory:
    """What is remembered.

    Attributes
    ----------
    of : tuple
        The function, the variable and the rules that are known: for another, all begins anew.
    toggled : set of str
        Places of rows that are not as they were at first: folded, or unfolded.
    progress : Progress or None
        How far the work has come; None before the first click.
    most : int
        How many rows are drawn.
    picked : str
        The node of the graph whose line was chosen last, by id.
    wishes : int
        How many lines were chosen.
    shorter : Shorter or None
        What the search for a shorter form came to; None before it was asked for.
    """

    of: tuple[object, ...] = ()
    toggled: set[str] = field(default_factory=set)
    progress: Progress | None = None
    most: int = PAGE
    picked: str = ""
    wishes: int = 0
    shorter: Shorter | None = None


def memory(view: str, *of: object) -> Memory:
    """Return what is remembered of a function in one of the views; a look at another view changes nothing."""
    name = f"{_MEMORY}_{view}"
    held = state.own(name, Memory)
    if held.of != of:
        held = Memory(of)
        state.put(name, held)
    return held


@dataclass(frozen=True)
class Sheet:
    """What every row needs to be drawn.

    Attributes
    ----------
    memory : Memory
    progress : Progress
    failed : Failed
    style : Style
    color : str
        Of what failed.
    levels : int
        How many levels are open at first.
    is_stepwise : bool
        Whether it is revealed bit by bit; then nothing is folded.
    """

    memory: Memory
    progress: Progress
    failed: Failed
    style: Style
    color: str
    levels: int
    is_stepwise: bool

    def is_open(self, row: Row) -> bool:
        """Return True if the rows inside are shown; what failed inside is never hidden."""
        if self.is_stepwise or self.failed.within(row.place):
            return True
        return (row.level < self.levels) != (row.place in self.memory.toggled)


def sheet(root: Row, memory: Memory, failed: Failed, style: Style, *, stepwise: bool) -> Sheet:
    """Return how a derivation is to be drawn."""
    progress = (memory.progress or start(root)) if stepwise else FINISHED
    return Sheet(memory, progress, failed, style, theme.current()["trouble"].color, open_levels(root), stepwise)


def _toggle(memory: Memory, place: str) -> None:
    memory.toggled ^= {place}


def _click(memory: Memory, root: Row, wanted: Phase | None) -> None:
    memory.progress = advance(root, memory.progress or start(root), wanted)


def _restart(memory: Memory) -> None:
    memory.progress = None


def _finish(memory: Memory) -> None:
    memory.progress = FINISHED


def _more(memory: Memory) -> None:
    memory.most += PAGE


def number(row: Row) -> str:
    """Return the row's number as one refers to it: 1, 1.2, 1.2.1."""
    inside = row.place.removeprefix("root").replace(".children[", ".").replace("]", "")
    parts = [int(part) + 1 for part in inside.split(".") if part]
    return ".".join(map(str, [1, *parts]))


def _title(row: Row, _: Translator) -> str:
    return f"**{number(row)}  {words.name(row.step.rule, _)}**"


def _explained(row: Row, style: Style, _: Translator) -> str:
    """Return the row's name with its rule, in words and in letters; of a rule that is known the name alone."""
    if row.is_known:
        return _title(row, _)
    formula = words.general(row.step.rule, style)
    return f"{_title(row, _)} {words.says(row.step.rule, _)}" + (f" ${formula}$" if formula else "")


def _too_long(row: Row, style: Style) -> bool:
    return any(lines.is_long(line, style) for line in (row.step.question, *row.step.lines))


def _head(row: Row, given: Sheet, _: Translator) -> str:
    failed = given.failed.of(row.place)
    if _too_long(row, given.style):
        return f"{_explained(row, given.style, _)}\n\n{_('chain.too_long')}"
    if row.is_quiet:
        formula = lines.short(row.step, given.style, failed, given.color)
    else:
        formula = lines.head(row.step, given.style, failed, given.color, whole=not row.parts)
    return f"{_explained(row, given.style, _)}\n\n{lines.display(formula)}"


def _open_question(row: Row, phase: Phase, given: Sheet, _: Translator) -> str:
    said = {
        "ask": f"**{number(row)}**",
        "hint": f"**{number(row)}** {words.hint(row.step, _)}",
        "rule": _explained(row, given.style, _),
    }[phase]
    formula = (
        _("chain.too_long") if _too_long(row, given.style) else lines.display(lines.question(row.step, given.style))
    )
    return f"{said}\n\n{formula}"


def _notes(row: Row, given: Sheet, _: Translator) -> None:
    for of in row.step.conditions:
        st.caption(words.condition(of, _))
    for place in given.failed.of(row.place):
        reason = words.failure(given.failed.checks[row.place, place], _)
        st.error(_("chain.failed.line", rule=words.name(row.step.rule, _), number=place + 1, reason=reason))


def draw(row: Row, root: Row, given: Sheet, _: Translator) -> None:
    """Draw a row and what is inside it, as far as it is to be seen."""
    phase = given.progress.of(row)
    if phase == "hidden" or row.number >= given.memory.most:
        return
    kind = "failed" if given.failed.of(row.place) else "step"
    with st.container(key=f"chain_{kind}_{row.number}", gap="xsmall"):
        if phase != "done":
            st.markdown(_open_question(row, phase, given, _))
            _buttons(phase, root, given, _)
            return
        st.markdown(_head(row, given, _))
        _notes(row, given, _)
        if row.parts:
            _inside(row, root, given, _)


def _inside(row: Row, root: Row, given: Sheet, _: Translator) -> None:
    is_open = given.is_open(row)
    if not given.is_stepwise and row.last > row.number + 1 and row.level and not given.failed.within(row.place):
        label = _("chain.fold" if is_open else "chain.unfold", count=row.last - row.number)
        icon = ":material/expand_more:" if is_open else ":material/chevron_right:"
        st.button(
            label,
            key=f"chain_fold_{row.number}",
            on_click=_toggle,
            args=(given.memory, row.place),
            type="tertiary",
            icon=icon,
        )
    if is_open:
        with st.container(key=f"chain_inside_{row.number}", gap="xsmall"):
            for part in row.parts:
                draw(part, root, given, _)
    last = lines.tail(row.step, given.style, given.failed.of(row.place), given.color)
    if last and given.progress.is_whole(row) and row.last < given.memory.most and not _too_long(row, given.style):
        st.markdown(lines.display(last))


def _buttons(phase: Phase, root: Row, given: Sheet, _: Translator) -> None:
    """Draw what one can ask for next."""
    wanted: tuple[Phase, ...] = ("hint", "rule", "done")
    passed = {"ask": 0, "hint": 1, "rule": 2}[phase]
    with st.container(horizontal=True, gap="small", key="chain_reveal"):
        for place, name in enumerate(wanted[passed:]):
            st.button(
                _(f"chain.reveal.{name}"),
                key=f"chain_reveal_{name}",
                on_click=_click,
                args=(given.memory, root, name),
                type="primary" if place == 0 else "secondary",
            )


def draw_all(root: Row, given: Sheet, _: Translator) -> None:
    """Draw a whole derivation, with the ways to begin anew and to see more."""
    draw(root, root, given, _)
    count = root.last + 1
    if given.is_stepwise:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="chain_progress"):
            done = min(given.progress.number, count)
            st.caption(_("chain.progress", done=done, count=count), width="content")
            if done:
                st.button(_("chain.restart"), key="chain_restart", on_click=_restart, args=(given.memory,))
            if done < count:
                st.button(_("chain.finish"), key="chain_finish", on_click=_finish, args=(given.memory,))
    shown = min(given.memory.most, count)
    if shown < min(count, given.progress.number + 1):
        st.caption(_("chain.rows", shown=shown, count=count))
        st.button(
            _("chain.more", count=min(PAGE, count - shown)), key="chain_more", on_click=_more, args=(given.memory,)
        )
