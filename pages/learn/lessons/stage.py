"""What a screen of a lesson is drawn on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.i18n import Translator
from pages.parts.lessons import place
from pages.parts.lessons.outline import Lesson, Screen
from pages.parts.lessons.prose import Slot, Text, fill
from pages.parts.page import page_of


@dataclass(frozen=True)
class Stage:
    """What a screen is drawn on: its words, and where they and the live pieces go."""

    lesson: Lesson
    screen: Screen
    text: Text
    messages: Translator
    left: DeltaGenerator
    right: DeltaGenerator

    def write(
        self, words: Mapping[str, str] | None = None, slots: Mapping[str, Callable[[], object]] | None = None
    ) -> None:
        """Write the screen's words on the left, with what the page computes filled in, and its pieces in the slots."""
        given, pieces = words or {}, slots or {}
        with self.left, st.container(key="lesson_text"):
            for block in self.text.blocks:
                if isinstance(block, Slot):
                    pieces[block.name]()
                else:
                    st.markdown(fill(block, given))

    @contextmanager
    def live(self) -> Iterator[None]:
        """Give the place for what moves and what is typed."""
        with self.right, st.container(key="lesson_live"):
            yield

    def explore(self, page: str, label: str, **fields: object) -> None:
        """Link to an explorer that opens with all this set; a new tab works as well as a click."""
        st.page_link(
            page_of(page).script, label=label, icon=":material/open_in_new:", query_params=place.to_explorer(**fields)
        )
