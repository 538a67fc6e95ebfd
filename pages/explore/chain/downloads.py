"""The buttons that take the derivation home: as LaTeX, as Markdown, and as a Python script that checks itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.explore.chain.asked import Asked
from pages.parts import state
from pages.parts.derivation import files
from pages.parts.fields import Composition
from pages.parts.i18n import Translator


def draw(asked: Asked, _: Translator) -> None:
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
