"""The popover "Take home" of every page: link, pictures, CSV, script and notebook. What is closed costs nothing.

Charts are saved by Plotly, which Streamlit brings along and loads for any chart; drawings of our own are written out as
they stand, with the colours that the style sheet gives them.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import asset, theme
from pages.parts.i18n import Translator
from pages.parts.takehome.document import Document, Package, notebook, script

_STYLE = asset.read(__file__, "pictures.css")

_SCRIPT = asset.read(__file__, "pictures.js")

_pictures = st.components.v2.component("numdiff_pictures", css=_STYLE, js=_SCRIPT)


def save_buttons(_: Translator, name: str, paper: str) -> None:
    """Draw the two buttons; ``name`` is that of the files, ``paper`` the colour behind the pictures."""
    labels = {kind: _("takehome.picture.save", kind=kind.upper()) for kind in ("svg", "png")}
    data = {"name": name, "paper": paper, "labels": labels, "none": _("takehome.picture.none")}
    _pictures(data=data, key="takehome_pictures", height="content")


Make = Callable[[], Package]


def download(label: str, data: str | Callable[[], str], name: str, mime: str, key: str) -> None:
    """Draw a button that saves a file; what is callable makes it when the button is pressed."""
    st.download_button(label, data, file_name=name, mime=mime, key=key, on_click="ignore", icon=":material/download:")


def popover(_: Translator, query: str, make: Make | None = None) -> None:
    """Draw the popover.

    Parameters
    ----------
    _ : Translator
    query : str
        Of the link to what is seen (see :func:`pages.parts.state.link`).
    make : callable, optional
        Gives what the page has besides the link; called only while the popover is open.
    """
    place = st.popover(_("takehome.title"), icon=":material/ios_share:", key="takehome", on_change="rerun")
    if not place.open:
        return
    with place:
        st.markdown(f"**{_('takehome.link')}**")
        st.caption(_("takehome.link.explain"))
        base = (st.context.url or "").split("?")[0]
        st.code(f"{base}?{query}", language=None, wrap_lines=True)
        if make is not None:
            _files(_, make())
        st.caption(_("takehome.print"))


def _made(make: Callable[[], Document], write: Callable[[Document], str]) -> Callable[[], str]:
    return lambda: write(make())


def _files(_: Translator, package: Package) -> None:
    if package.has_picture:
        st.markdown(f"**{_('takehome.pictures')}**")
        save_buttons(_, package.name, theme.current().paper)
    st.markdown(f"**{_('takehome.work')}**")
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("Python", "py", "text/x-python", _made(package.document, script)),
        ("Jupyter", "ipynb", "application/x-ipynb+json", _made(package.document, notebook)),
        ("CSV", "csv", "text/csv", package.table),
    )
    with st.container(horizontal=True, gap="small", key="takehome_files"):
        for label, ending, mime, make in kinds:
            download(label, make, f"{package.name}.{ending}", mime, f"takehome_{ending}")
    st.caption(_("takehome.work.explain"))
