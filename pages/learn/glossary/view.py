"""How terms are shown: the index by subject, and a card with sentence, formula, picture, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Literal

import streamlit as st

from pages.learn.glossary.drawings import DRAWINGS
from pages.learn.glossary.fields import View
from pages.learn.glossary.terms import Term, other, pictures, plain, terms, words
from pages.parts import asset, state, theme
from pages.parts.i18n import Translator
from pages.parts.lessons import place, prose
from pages.parts.lessons.outline import lesson_of
from pages.parts.page import fields as all_fields
from pages.parts.page import page_of

CARDS = 3
"""Terms that are shown in full; what else is found is named."""

STYLE = asset.sheet(__file__, "view.css")


@cache
def picture(name: str, mode: Literal["light", "dark"], language: str) -> str:
    """Return a picture as HTML, with its description."""
    return DRAWINGS[name](theme.named(mode)).image(pictures(language)[name])


def fields(explore: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the view that a term's link sets, read as those of any link are."""
    return {name: item.read(explore[name]) for name, item in all_fields().items() if name in explore}


def _look_up(name: str) -> None:
    state.set_field("term", name)


def names(found: Sequence[str], key: str) -> None:
    """Name terms; a click looks one up."""
    own = words(state.language())
    with st.container(horizontal=True, key=f"glossary_names_{key}", gap="small"):
        for term in found:
            name = plain(own[term].name)
            st.button(name, key=f"term_{key}_{term}", type="tertiary", on_click=_look_up, args=(name,))


def index(_: Translator) -> None:
    """Name all terms by subject, in two columns."""
    groups = [(group, [t.id for t in some]) for group, some in groupby(terms().values(), lambda term: term.group)]
    middle = (len(groups) + 1) // 2
    with st.container(key="glossary_index"):
        for column, part in zip(st.columns(2, gap="large"), (groups[:middle], groups[middle:]), strict=True):
            with column:
                for group, found in part:
                    st.subheader(_(f"glossary.group.{group}"), anchor=False)
                    names(found, group)


def _heading(term: Term) -> str:
    """Return the name of a term with that in the other language and other names, as HTML; all of it is our own."""
    language = state.language()
    own, foreign = words(language)[term.id], words(other(language))[term.id]
    beside = "" if foreign.name == own.name else f'<span lang="{other(language)}">{foreign.name}</span>'
    return f'<h3 class="nd-term">{own.name}{beside}</h3>'


def _ways(term: Term, _: Translator) -> None:
    """Link to where a term is explored and to the lesson where it comes in; the text looked up is found again."""
    if term.explore:
        page = term.explore["page"]
        given = place.to_explorer(term=state.view(View).term, **fields(term.explore))
        label = _("glossary.explore", page=page_of(page).title(_))
        st.page_link(page_of(page).script, label=label, icon=":material/open_in_new:", query_params=given)
    if term.lesson:
        slug, _dot, name = term.lesson.partition(".")
        lesson = lesson_of(slug)
        screen = lesson.screen(name)
        title = prose.heading(lesson, screen, state.language())
        label = _("glossary.lesson", lesson=lesson.title(_), screen=title)
        st.page_link(lesson.script, label=label, icon=":material/school:", query_params=place.to_screen(lesson, screen))


def card(term: Term, _: Translator) -> None:
    """Show a term."""
    with st.container(key=f"glossary_card_{term.id}"):
        left, right = st.columns([7, 4], gap="large")
        with left:
            st.html(_heading(term))
            st.markdown(words(state.language())[term.id].text)
            for line in term.formula:
                st.latex(line, width="content")
            _ways(term, _)
        if term.picture:
            with right:
                st.html(picture(term.picture, theme.current().mode, state.language()))
