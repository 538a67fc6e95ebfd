"""The entry point: the table of pages, page settings, language and navigation; nothing else."""

from __future__ import annotations

import streamlit as st

from pages.parts import descriptors, i18n, page, shell, state
from pages.registry import LANGUAGES, PAGES

descriptors.prepare()
i18n.register(*LANGUAGES)
page.register(*PAGES)
state.open_session()
_ = shell.messages_of_session()
st.set_page_config(page_title=_("app.title"), page_icon=shell.ICON, layout="wide")
sections: dict[str, list[st.Page]] = {}
for one in page.table():
    listed = st.Page(one.script, title=one.title(_), url_path=one.slug or None, default=not one.slug)
    sections.setdefault(_(f"nav.{one.section}"), []).append(listed)
current = st.navigation(sections, position="top")
shell.top(current.title)
current.run()
shell.freeze(current.url_path)
