"""The view of the work: the function taken apart, then every rule by name, tidying up, and the files to take home."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from numdiff.derivation.steps import Verification
from numdiff.derivation.work import Derivation
from numdiff.printing.latex import to_latex
from pages.explore.chain import apart, fields, shorter, steps
from pages.explore.chain.choosing import segments
from pages.explore.chain.fields import View
from pages.explore.chain.memory import memory
from pages.explore.chain.question import Asked, is_missing
from pages.parts import choices, state, theme
from pages.parts.derivation import cached, files, lines, words
from pages.parts.derivation.lines import Failed, failed_lines
from pages.parts.derivation.reveal import plan
from pages.parts.fields import Composition
from pages.parts.i18n import Translator


def _downloads(asked: Asked, _: Translator) -> None:
    """Draw the buttons; a file is made when its button is pressed."""
    shared = (asked.text, asked.variable, state.view(Composition).inner, asked.sign, _.language)
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("LaTeX", "tex", "application/x-tex", partial(files.latex, *shared)),
        ("Markdown", "md", "text/markdown", partial(files.markdown, *shared)),
        (
            "Python",
            "py",
            "text/x-python",
            partial(files.python, asked.text, asked.variable, asked.at, _.language),
        ),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chain_files"):
        st.markdown(f"**{_('chain.files')}**", width="content")
        for name, ending, mime, make in kinds:
            st.download_button(
                name,
                make,
                file_name=f"numdiff-derivation.{ending}",
                mime=mime,
                key=f"chain_file_{ending}",
                on_click="ignore",
                icon=":material/download:",
            )
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
        shorter.draw(asked, held, _)
    _checked(checks, _)


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    if is_missing(asked, _):
        return
    _apart(asked, _)
    _derivation(asked, _)
    if not state.view(View).present:
        _downloads(asked, _)
