"""Two buttons that save every picture of the page, as SVG and as PNG; the browser makes the files.

Charts are saved by Plotly, which Streamlit brings along and loads for any chart; drawings of our own are written out as
they stand, with the colours that the style sheet gives them.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import asset
from pages.parts.i18n import Translator

_STYLE = asset.read(__file__, "pictures.css")

_SCRIPT = asset.read(__file__, "pictures.js")

_pictures = st.components.v2.component("numdiff_pictures", css=_STYLE, js=_SCRIPT)


def save_buttons(_: Translator, name: str, paper: str) -> None:
    """Draw the two buttons; ``name`` is that of the files, ``paper`` the colour behind the pictures."""
    labels = {kind: _("takehome.picture.save", kind=kind.upper()) for kind in ("svg", "png")}
    data = {"name": name, "paper": paper, "labels": labels, "none": _("takehome.picture.none")}
    _pictures(data=data, key="takehome_pictures", height="content")
