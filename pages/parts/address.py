"""The address bar shows the link to what is seen, and the document names its language.

Streamlit's own way of writing the address adds an entry to the browser's history at every change, so that Back would
have to be pressed once per keystroke; here the entry of the page is replaced.
"""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  document.documentElement.lang = data.language
  const wanted = new URLSearchParams(data.query)
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("embed")) wanted.append(name, value)
  }
  const address = location.pathname + "?" + wanted + location.hash
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, "", address)
  }
}
"""

_address = st.components.v2.component("numdiff_address", js=_SCRIPT)


def show(query: str, language: str) -> None:
    """Make the address bar show a query (see :func:`pages.parts.state.link`)."""
    _address(data={"query": query, "language": language}, key="address", height=1)
