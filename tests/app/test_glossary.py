"""The glossary's page, in both languages: it names everything, shows what is looked up, and leads on."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pages.learn.glossary.terms import plain, terms, words
from pages.parts.i18n import translator
from tests.app.test_pages import LANGUAGES, opened

PAGE = "pages/learn/glossary/glossary.py"


def glossary(language: str, **parameters: str) -> AppTest:
    app = opened(language, PAGE, **parameters)
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def look_up(app: AppTest, text: str) -> AppTest:
    app.text_input[0].set_value(text).run()
    assert not app.exception
    return app


def links(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """Return the parameters of every link on the page, by the page it opens."""
    return {link.proto.page: parse_qs(link.proto.query_string) for link in app.get("page_link")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_every_term(language):
    app = glossary(language)
    assert app.title[0].value == translator(language)("page.glossary")
    labels = [button.label for button in app.button]
    assert labels == [plain(said.name) for said in words(language).values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_shown_when_it_is_looked_up(language):
    app = glossary(language)
    for name, said in words(language).items():
        look_up(app, plain(said.name))
        assert f'<h3 class="nd-term">{said.name}' in html(app)
        assert said.text in [element.value for element in app.markdown]
        shown = [element.value.strip("$\n ") for element in app.latex]
        assert shown[: len(terms()[name].formula)] == list(terms()[name].formula)


@pytest.mark.parametrize(("language", "typed", "name"), [("ko", "secant", "할선"), ("en", "할선", "secant")])
def test_the_other_languages_term_finds_it_too(language, typed, name):
    app = look_up(glossary(language), typed)
    assert f'<h3 class="nd-term">{name}' in html(app)


def test_a_term_leads_to_the_explorer_with_everything_set_and_to_the_lesson():
    app = look_up(glossary("ko"), "꺾인 점")
    ways = links(app)
    assert ways["secant"]["f"] == ["|x|"]
    assert ways["secant"]["schemes"] == ["forward.backward.central"]
    assert ways["secant"]["term"] == ["꺾인 점"]
    assert ways["definition"]["section"] == ["definition.kink"]
    assert all(given["open"] == ["1"] for given in ways.values())
    assert all(given["lang"] == ["ko"] for given in ways.values())


def test_a_click_in_the_index_looks_a_term_up_and_all_terms_come_back():
    app = glossary("en")
    next(button for button in app.button if button.label == "cusp").click().run()
    assert app.text_input[0].value == "cusp"
    assert '<h3 class="nd-term">cusp' in html(app)
    next(button for button in app.button if button.key == "glossary_all").click().run()
    assert app.text_input[0].value == ""
    assert len(app.button) == len(terms())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_term_is_offered(language):
    _ = translator(language)
    app = look_up(glossary(language), "derivitive")
    assert _("glossary.none") in [element.value for element in app.markdown]
    assert plain(words(language)["derivative"].name) in [button.label for button in app.button]
    look_up(app, "zzzzzz")
    assert _("glossary.near") not in [element.value for element in app.markdown]
    assert _("glossary.none") in [element.value for element in app.markdown]


def test_what_was_put_into_a_lesson_waits_while_a_term_is_looked_up():
    app = opened("en", "pages/learn/lessons/why/why.py", section="why.average", own_f="sin x")
    app.switch_page(PAGE).run()
    look_up(app, "secant")
    assert links(app)["why"]["own_f"] == ["sin x"]
    look_up(app, "kink")
    assert "own_f" not in links(app)["definition"]


@pytest.mark.parametrize(("language", "other"), [("ko", "en"), ("en", "ko")])
def test_the_text_stays_when_the_language_changes(language, other):
    app = look_up(glossary(language), "chain rule")
    app.segmented_control(key="language").set_value(other).run()
    assert app.text_input[0].value == "chain rule"
    assert f'<h3 class="nd-term">{words(other)["chain_rule"].name}' in html(app)
