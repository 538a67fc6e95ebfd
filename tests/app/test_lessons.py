"""Every screen of every lesson runs in both languages, says what it has to say, and nothing in the other language."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.lessons import prose
from pages.parts.lessons.outline import Lesson, Screen, lessons
from tests.app.test_pages import APP

LANGUAGES = ["ko", "en"]
SCREENS = [
    pytest.param(lesson, screen, id=f"{lesson.slug}.{screen.name}") for lesson in lessons() for screen in lesson.screens
]

_CODE = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\{\{[^}]*\}\}", re.DOTALL)
LATIN_WORDS = {"NumPy", "def", "lambda", "float64", "Python", "SymPy"}
"""Names that stand in Korean text too."""


def visit(lesson: Lesson, screen: Screen, language: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in {"lang": language, "section": f"{lesson.slug}.{screen.name}", **parameters}.items():
        app.query_params[name] = value
    return app.run().switch_page(lesson.script).run()


def texts(app: AppTest) -> str:
    """Return all that is written on the page, HTML and LaTeX included."""
    written = [element.value for element in (*app.markdown, *app.subheader, *app.code, *app.caption, *app.latex)]
    written += [element.proto.body for element in app.get("html")]
    return "\n".join(map(str, written))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lesson", "screen"), SCREENS)
def test_a_screen_runs_and_everything_is_filled_in(lesson, screen, language):
    app = visit(lesson, screen, language)
    assert not app.exception
    shown = texts(app)
    assert prose.texts(lesson, language)[screen.name].title in shown
    assert not re.search(r"\{\{|\[\[|\]\]", shown)
    assert "nan" not in shown.lower().replace("nan}", "")


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_both_languages_have_the_screens_with_the_same_slots_and_placeholders(lesson):
    korean, english = (prose.texts(lesson, language) for language in LANGUAGES)
    names = [screen.name for screen in lesson.screens]
    assert list(korean) == list(english) == names
    for name in names:
        assert korean[name].slots == english[name].slots
        assert korean[name].placeholders == english[name].placeholders


def words_of(lesson: Lesson, language: str) -> str:
    """Return the prose without formulas, code and placeholders."""
    found = prose.texts(lesson, language).values()
    texts = [text for screen in found for text in (screen.title, *screen.blocks) if isinstance(text, str)]
    return _CODE.sub(" ", "\n".join(texts))


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_no_line_of_one_language_stands_in_the_other(lesson):
    assert not re.search("[가-힣]", words_of(lesson, "en"))
    latin = set(re.findall(r"[A-Za-z][A-Za-z0-9]+", words_of(lesson, "ko")))
    assert latin <= LATIN_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_no_number_is_typed_into_the_prose(lesson, language):
    """Whole numbers up to ten are words ("ten times smaller"); anything else is computed."""
    numbers = re.findall(r"\d[\d.,]*\d|\d", words_of(lesson, language))
    assert {number for number in numbers if not number.isdigit() or int(number) > 10} == set()


@pytest.mark.parametrize("bad", ["text\n## a: A", "## a: A\n\n## a: B"])
def test_a_text_in_no_format_is_noticed(bad):
    with pytest.raises(prose.ProseError):
        prose.read(bad)


def test_what_is_not_filled_in_is_noticed():
    with pytest.raises(prose.ProseError, match="slope"):
        prose.fill("{{slope}}", {})
    assert prose.fill("{{x}}{{x:은/는}}, {{x}}{{x:이/가}}", {"x": "3"}) == "3은, 3이"
