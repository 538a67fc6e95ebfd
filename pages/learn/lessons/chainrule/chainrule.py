"""The chain rule: a composition and its inner function, the lecture's stages, and every factor as a number."""

from __future__ import annotations

from functools import partial

import streamlit as st

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.steps import Style
from numdiff.function import Function
from pages.learn.lessons import entry, frame, pieces, takehome
from pages.learn.lessons.chainrule import View, composition
from pages.learn.lessons.stage import Stage
from pages.parts import state
from pages.parts.entries import function_of
from pages.parts.fields import SIGNS
from pages.parts.i18n import Translator


def _take(stage: Stage, text: str) -> None:
    entry.put(stage.screen, "f", text)
    state.change(inner="")


def _examples(stage: Stage, _: Translator) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, text in enumerate(composition.EXAMPLES):
            label = f"${function_of(text).latex()}$"
            st.button(label, key=f"compose_{number}", on_click=_take, args=(stage, text))


def _found(given: entry.Asked) -> Chain | None:
    return composition.taken_apart(given.function.text, state.view(View).inner)


def _choose(key: str) -> None:
    state.change(inner=state.get(key))


def _inner(found: Chain, function: Function, _: Translator) -> None:
    """Draw the choice of the inner function."""
    offered = composition.choices(found)
    if not offered:
        return
    key = f"lesson_inner_{function.text}"
    chosen = state.view(View).inner
    st.segmented_control(
        _("lesson.compose.inner"),
        list(offered),
        default=chosen if chosen in offered else next(iter(offered)),
        required=True,
        format_func=lambda text: f"$t = {offered[text]}$",
        key=key,
        on_change=_choose,
        args=(key,),
    )


def _explore(stage: Stage, given: entry.Asked) -> None:
    label = stage.messages("lesson.explore.chain")
    stage.explore("chain", label, **pieces.same(given), inner=state.view(View).inner)


def _compose(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        _examples(stage, _)
        given = entry.fields(stage.screen, _, ("f", "x"))
        found = _found(given)
        if found is not None:
            _inner(found, given.function, _)
            st.latex(composition.composition_latex(found), width="content")
            st.html(composition.flow_html(found, given.x.value))
        else:
            pieces.draw_said(_("lesson.compose.none"))
        _explore(stage, given)
    stage.write()


def _sign() -> Style:
    return "total" if state.view(View).sign == "total" else "partial"


def _choose_sign() -> None:
    state.change(sign=state.get("lesson_sign"))


def _cancel(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f",))
        found = _found(given)
        st.segmented_control(
            _("lesson.cancel.sign"),
            SIGNS,
            default=state.view(View).sign,
            required=True,
            format_func={"partial": "∂", "total": "d"}.__getitem__,
            key="lesson_sign",
            on_change=_choose_sign,
            label_visibility="collapsed",
        )
        if found is not None:
            st.latex(composition.composition_latex(found), width="content")
            with st.container(key="lesson_stages"):
                st.latex(composition.stages_latex(found, _sign()), width="content")
        else:
            pieces.draw_said(_("lesson.compose.none"))
        _explore(stage, given)
    stage.write()


def _numbers(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        found = _found(given)
        if found is not None:
            st.html(composition.numbers_html(found, given, _sign(), _))
        else:
            pieces.draw_said(_("lesson.compose.none"))
        _explore(stage, given)
    stage.write(slots={"exact": lambda: pieces.draw_exact(given, _)})


frame.show(
    "chainrule", {"compose": _compose, "cancel": _cancel, "numbers": _numbers}, partial(takehome.package, is_chain=True)
)
