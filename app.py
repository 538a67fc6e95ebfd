"""The entry point: page settings, language and navigation; nothing else."""

from __future__ import annotations

import streamlit as st

from pages.parts import descriptors, shell, state
from pages.parts.lessons.outline import LESSONS

descriptors.prepare()
state.open_session()
_ = shell.messages_of_session()
st.set_page_config(page_title=_("app.title"), page_icon=shell.ICON, layout="wide")
page = st.navigation(
    {
        _("nav.learn"): [
            st.Page("pages/learn/home.py", title=_("app.title"), default=True),
            *(
                st.Page(lesson.page, title=f"{number}. {_(f'lesson.{lesson.slug}')}", url_path=lesson.slug)
                for number, lesson in enumerate(LESSONS, start=1)
            ),
            st.Page("pages/learn/glossary.py", title=_("page.glossary"), url_path="glossary"),
        ],
        _("nav.explore"): [
            st.Page("pages/explore/secant.py", title=_("page.secant"), url_path="secant"),
            st.Page("pages/explore/error.py", title=_("page.error"), url_path="error"),
            st.Page("pages/explore/chain.py", title=_("page.chain"), url_path="chain"),
            st.Page("pages/explore/partial.py", title=_("page.partial"), url_path="partial"),
            st.Page("pages/explore/gradcheck.py", title=_("page.gradcheck"), url_path="gradcheck"),
        ],
        _("nav.apply"): [st.Page("pages/apply/practice.py", title=_("page.practice"), url_path="practice")],
    },
    position="top",
)
shell.top(page.title)
page.run()
shell.freeze(page.url_path)
