"""A page folder and a language that the program does not have: one line each, and everything knows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import i18n, page, state
from pages.parts.fields import Place, one_of, option
from pages.parts.i18n import Language, languages, translator
from pages.parts.page import Page, page_of, table
from tests.app.test_pages import APP

SCRIPT = """
import streamlit as st

from pages.parts import controls, shell, state


@st.fragment
def page():
    _ = shell.messages_of_session()
    given = controls.explorer(_)
    st.markdown(f"{_('page.echoing')}: {given.function.text} {state.value('loudness')}")


state.enter("echoing")
page()
"""
TEXTS = {
    "en": {"page.echoing": "Echo", "link.name.loudness": "loudness"},
    "ko": {"page.echoing": "메아리", "link.name.loudness": "크기"},
}


@dataclass(frozen=True)
class View(Place):
    """How loud."""

    loudness: str = option("soft", one_of(("soft", "loud")))


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Register a page and a language as pages/registry.py does, and forget both afterwards."""
    for module, name in ((page, "_PAGES"), (i18n, "_LANGUAGES"), (i18n, "_FOLDERS")):
        monkeypatch.setattr(module, name, dict(getattr(module, name)))
    translator.cache_clear()
    folder = tmp_path / "echoing"
    (folder / "text").mkdir(parents=True)
    (folder / "echoing.py").write_text(SCRIPT, encoding="utf-8")
    for language, messages in TEXTS.items():
        lines = [f'msgid "{message}"\nmsgstr "{sentence}"\n' for message, sentence in messages.items()]
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        (folder / "text" / f"{language}.po").write_text("\n".join([head, *lines]), encoding="utf-8")
    page.register(Page("echoing", "explore", folder, View, {"f": "x^4", "x": "1"}))
    i18n.register(Language("en-x-copy", "English, copied", "en"))
    yield folder
    translator.cache_clear()


def opened(script: str | Path, **link: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page(str(script)).run()
    assert not app.exception
    return app


def test_an_added_page_opens_with_its_start_its_fields_and_its_texts(added):
    app = opened(added / "echoing.py", lang="en")
    assert [item.value for item in app.title] == ["Echo"]
    assert "Echo: x^4 soft" in [item.value for item in app.markdown]
    app = opened(added / "echoing.py", lang="ko", f="sin x", loudness="loud")
    assert "메아리: sin x loud" in [item.value for item in app.markdown]


def test_a_link_to_an_added_page_carries_its_fields(added):
    given = state.parameters({"loudness": "loud"}, "en", "echoing")
    assert given["loudness"] == "loud"
    assert "window" not in given
    assert state.read_link({"loudness": ["deafening"]}) == ({}, ("loudness",))
    assert "echoing" in {one.slug for one in table()}
    assert page_of("echoing").title(translator("ko")) == "메아리"


@pytest.mark.parametrize("slug", ["", "why", "partials", "glossary", "secant", "gradcheck", "practice"])
def test_a_copy_of_english_says_what_english_says(added, slug):
    section = {"partials": {"section": "partials.weight"}}.get(slug, {})
    script = page_of(slug).script
    if slug:
        copy, english = (opened(script, lang=code, **section) for code in ("en-x-copy", "en"))
    else:  # the first page needs no switch
        copy, english = (AppTest.from_file(APP, default_timeout=60) for _ in range(2))
        copy.query_params["lang"], english.query_params["lang"] = "en-x-copy", "en"
        copy.run()
        english.run()
    assert languages()["en-x-copy"].name in copy.segmented_control(key="language").options
    assert copy.segmented_control(key="language").value == "en-x-copy"
    said = [[item.value for item in [*app.title, *app.subheader, *app.markdown]] for app in (copy, english)]
    assert said[0] == said[1] != []
