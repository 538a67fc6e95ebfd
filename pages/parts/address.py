"""The address bar shows the link to what is seen, and the document names its language.

Streamlit's own way of writing the address adds an entry to the browser's history at every change, so that Back would
have to be pressed once per keystroke; here the entry of the page is replaced.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import asset

# Streamlit 1.67 tells the first visitor after a start that a linked page does not exist, if a folder is named pages/,
# and shows it all the same: its old scheme of pages looks first and app.py runs after it. The dialog is closed if the
# page that the address names is the one that runs.
_SCRIPT = asset.read(__file__, "address.js")

_address = st.components.v2.component("numdiff_address", js=_SCRIPT)


def show(query: str, language: str, page: str) -> None:
    """Make the address bar show a query (see :func:`pages.parts.state.link`) for the page of this name."""
    _address(data={"query": query, "language": language, "page": page}, key="address", height=1)
