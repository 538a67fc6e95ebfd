"""The view of the work: the function taken apart, then every rule by name, tidying up, and the files to take home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

import streamlit as st

from numdiff.algebra.client import algebra
from numdiff.algebra.lane import Status
from numdiff.derivation.check.verify import equal_at_samples
from numdiff.derivation.steps import Check, Derivative, Line, Verification
from numdiff.derivation.work import Derivation
from numdiff.printing.latex import to_latex
from numdiff.tree import Node, Variable, size
from pages.explore.chain import apart, fields, steps
from pages.explore.chain.choosing import segments
from pages.explore.chain.fields import View
from pages.explore.chain.question import Asked, is_missing
from pages.explore.chain.steps import Memory, Outcome, Shorter, memory
from pages.parts import choices, state, theme
from pages.parts.derivation import cached, lines, words
from pages.parts.derivation.lane import if_large
from pages.parts.derivation.lines import Failed, failed_lines
from pages.parts.derivation.reveal import plan
from pages.parts.fields import Composition
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.takehome import derivation
from pages.parts.takehome.popover import download

SECONDS = 0.8
"""How long a learner waits for SymPy at most; the check by value comes on top."""
LARGEST = 150
"""Nodes of a derivative that is still worth a try: a longer one takes SymPy longer than anybody waits."""

_OUTCOMES: dict[Status, Outcome] = {
    Status.OK: "none",
    Status.BUSY: "busy",
    Status.TIMEOUT: "time",
    Status.FAILED: "none",
    Status.UNAVAILABLE: "unavailable",
}
_AGAIN: tuple[Outcome, ...] = ("busy", "unavailable")
"""Outcomes that may be another one a moment later."""


@cache
def start() -> None:
    """Start the worker processes in the background, once, so that the first answer need not wait for SymPy."""
    algebra().start()


@kept
def _is_equal(tree: Node, form: Node, variables: Sequence[str]) -> Check:
    with if_large(tree):
        return equal_at_samples(tree, form, variables)


def look(text: str, variable: str) -> Shorter:
    """Look for a shorter form of the derivative; it takes a second at most, and what was found is kept.

    Parameters
    ----------
    text, variable : str
        The function as typed, and by what it is differentiated.
    """
    of = cached.derivation(text, variable).result
    if size(of.tree) > LARGEST:
        return Shorter("large")
    status, form = algebra().shorten(of.tree, SECONDS)
    if form is None:
        return Shorter(_OUTCOMES[status])
    return Shorter("found", form) if _is_equal(of.tree, form, of.variables).holds else Shorter("unchecked")


def _press(held: Memory, text: str, variable: str) -> None:
    held.shorter = look(text, variable)


def _draw_shorter(asked: Asked, held: Memory, _: Translator) -> None:
    """Draw the button, and below it what was found."""
    found = held.shorter
    with st.container(key="chain_shorter", gap="xsmall"):
        if found is None or found.outcome in _AGAIN:
            arguments = (held, asked.text, asked.variable)
            st.button(_("chain.shorter"), key="chain_shorter_look", on_click=_press, args=arguments)
        if found is None:
            return
        if found.form is not None:
            left = Derivative(Variable(asked.function.name), asked.variable).latex(asked.sign)
            st.markdown(lines.display(f"{left} = {Line(found.form).latex(asked.sign)}"))
        st.caption(_(f"chain.shorter.{found.outcome}"))


def _downloads(asked: Asked, _: Translator) -> None:
    """Draw the buttons; a file is made when its button is pressed."""
    shared = (asked.text, asked.variable, state.view(Composition).inner, asked.sign, _.language)
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("LaTeX", "tex", "application/x-tex", partial(derivation.as_latex, *shared)),
        ("Markdown", "md", "text/markdown", partial(derivation.as_markdown, *shared)),
        (
            "Python",
            "py",
            "text/x-python",
            partial(derivation.as_python, asked.text, asked.variable, asked.at, _.language),
        ),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chain_files"):
        st.markdown(f"**{_('chain.files')}**", width="content")
        for name, ending, mime, make in kinds:
            download(name, make, f"numdiff-derivation.{ending}", mime, f"chain_file_{ending}")
        st.caption(_("chain.files.explain"), width="content")


def _checked(found: Verification, _: Translator) -> None:
    """Say how many lines were checked, and name those that failed."""
    void = len(found.void) if found.points else 0
    count = len(found.checks) - void
    if found and not found.points:
        st.warning(_("chain.nothing_checked"))
        return
    if found:
        here = "chain.checked.here" if found.at_point else "chain.checked"
        st.caption(f":material/check: {_(here, count=count, points=found.points)}")
    else:
        st.error(_("chain.unchecked", count=count, failed=len(found.failed)))
    if void:
        st.caption(_("chain.void", count=void))
    if found.at_point is False:
        st.caption(_("chain.at_point.no"))


def _tidying(of: Derivation, failed: Failed, _: Translator) -> None:
    """Draw the tidying, folded unless one of its steps failed."""
    if not of.tidying:
        return
    fold = st.expander(
        _("chain.tidying", count=len(of.tidying)),
        expanded=bool(failed.of("tidy")),
        key="chain_tidying",
        on_change="rerun",
    )
    if not fold.open:
        return
    color = theme.current()["trouble"].color
    rows = [rf"{to_latex(of.tidying[0].before)} &"]
    for place, step in enumerate(of.tidying):
        name = rf"&&\quad\text{{{words.tidying(step.rule, _)}}}"
        (row,) = lines.lines_latex([to_latex(step.after)], first=place, failed=failed.of("tidy"), color=color)
        rows.append(f"{row} {name}")
    with fold:
        st.markdown(lines.display(lines.block(rows)))
        for place in failed.of("tidy"):
            rule, reason = words.tidying(of.tidying[place].rule, _), words.failure(failed.checks["tidy", place], _)
            st.error(_("chain.failed.tidy", rule=rule, reason=reason))


def _apart(asked: Asked, _: Translator) -> None:
    """Draw the function taken apart; folded where the steps are worked out one by one, for it gives them away.

    It stays so after the last step: unfolded by itself it would push the work off the screen.
    """
    if state.view(View).reveal != "steps":
        apart.draw(asked, _)
        return
    fold = st.expander(_("chain.apart.folded"), key="chain_apart", on_change="rerun")
    if fold.open:
        with fold:
            apart.draw(asked, _)


def _derivation(asked: Asked, _: Translator) -> None:
    of = cached.derivation(asked.text, asked.variable)
    checks = cached.verified(asked.text, asked.variable, tuple(asked.point.items()))
    failed = failed_lines(checks)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="chain_how"):
        st.subheader(_("chain.derivation"), anchor=False, width="content")
        mode = segments(_, "reveal", fields.REVEALS, lambda name: _(f"chain.reveal.{name}"))
        with st.popover(_("chain.known"), key="chain_known"):
            known = choices.many(
                _("chain.field.known"), "known", fields.KNOWN, lambda name: _(f"chain.known.{name}"), "visible"
            )
    root = plan(of.root, known)
    held = memory("work", asked.text, asked.variable, known)
    given = steps.sheet(root, held, failed, asked.sign, stepwise=mode == "steps")
    steps.draw_all(root, given, _)
    if given.progress.is_whole(root):
        _tidying(of, failed, _)
        with st.container(key="chain_result"):
            st.markdown(f"**{_('chain.result')}**\n\n{lines.display(lines.result_latex(of, asked.sign))}")
            if of.pieces:
                st.markdown(lines.display(lines.pieces_latex(of, asked.sign)))
            if of.conditions:
                st.caption(words.conditions(of.conditions, _))
            for place in failed.of("result"):
                st.error(_("chain.failed.result", reason=words.failure(failed.checks["result", place], _)))
        _draw_shorter(asked, held, _)
    _checked(checks, _)


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    if is_missing(asked, _):
        return
    _apart(asked, _)
    _derivation(asked, _)
    if not state.view(View).present:
        _downloads(asked, _)
