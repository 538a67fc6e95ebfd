"""Practice: exercises with help in steps, judged by what the answer means, and the mistake named."""

from __future__ import annotations

import streamlit as st

from numdiff.practice.exercise import FormulaExercise
from pages.apply.practice import answering, asking, choosing, keeping, ladder
from pages.apply.practice import takehome as home
from pages.apply.practice.fields import View
from pages.parts import address, shell, state
from pages.parts.i18n import Translator
from pages.parts.takehome.popover import popover


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or chosen redraws this fragment only."""
    _ = shell.messages_of_session()
    st.html(choosing.STYLE)
    choosing.draw(_)
    view = state.view(View)
    found = choosing.shown(view)
    query = state.link()
    with st.container(key="practice_home", horizontal=True, horizontal_alignment="right"):
        popover(_, query, lambda: home.package(_, view))
    address.show(query, state.language(), state.page())
    if view.teacher:
        asking.draw_solved(_, found)
        return
    keeping.keep_what_fits(found)
    choosing.strip(_, found)
    one = choosing.current(view)
    left, right = st.columns([6, 5], gap="large")
    with left:
        with st.container(key="practice_question", gap="small"):
            asking.draw(_, one.exercise)
        answering.draw(_, one)
        _turning(_, one.number, len(found))
        keeping.draw(_, found)
    if isinstance(one.exercise, FormulaExercise):
        with right, st.container(key="practice_help_place"):
            st.markdown(f"**{_('practice.help')}**")
            ladder.draw(_, one.name, one.exercise)


def _turning(_: Translator, number: int, count: int) -> None:
    """Draw the buttons to the exercise before and after."""
    with st.container(horizontal=True, gap="small", key="practice_go"):
        st.button(
            _("practice.back"),
            key="practice_back",
            on_click=answering.next_number,
            args=(count, -1),
            disabled=number == 1,
            icon=":material/chevron_left:",
        )
        st.button(
            _("practice.next"),
            key="practice_next",
            on_click=answering.next_number,
            args=(count, 1),
            disabled=number == count,
            icon=":material/chevron_right:",
            icon_position="right",
        )


state.enter("practice")
page()
