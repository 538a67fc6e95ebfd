"""The way through the lessons: screens turn, what was put in waits, and a link opens what it was copied from."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.i18n import translator
from pages.parts.lessons import outline, prose
from pages.parts.lessons.outline import lesson_of, lessons
from tests.app.test_lessons import LANGUAGES, texts, visit
from tests.app.test_pages import APP


def opened(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in {"lang": "en", **parameters}.items():
        app.query_params[name] = value
    return app.run().switch_page(page).run()


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


def field(app: AppTest, label: str):
    return next(field for field in app.text_input if field.label == label)


def heading(app: AppTest) -> str:
    return app.subheader[0].value


def title_of(section: str) -> str:
    slug, _, name = section.partition(".")
    return prose.texts(lesson_of(slug), "en")[name].title


def test_the_arrow_turns_every_screen_of_a_lesson():
    app = opened("pages/learn/lessons/why/why.py")
    for screen in lesson_of("why").screens[1:]:
        press(app, "lesson_next")
        assert not app.exception
        assert heading(app) == title_of(f"why.{screen.name}")
    press(app, "lesson_back")
    assert heading(app) == title_of("why.instant")


def test_the_last_screen_leads_to_the_next_lesson_and_back():
    app = opened("pages/learn/lessons/why/why.py", section="why.foretell")
    press(app, "lesson_next_lesson")
    assert heading(app) == title_of("definition.limit")
    press(app, "lesson_back_lesson")
    assert heading(app) == title_of("why.foretell")


def test_after_the_last_lesson_comes_practice():
    app = opened("pages/learn/lessons/exercises/exercises.py", section="exercises.others")
    press(app, "lesson_next_practice")
    assert not app.exception
    assert app.title[0].value == translator("en")("page.practice")


def test_every_lesson_is_one_after_the_other():
    order = [lesson.slug for lesson in lessons()]
    assert order == "why definition standard numerical examples partials chainrule exercises".split()
    assert outline.neighbours(lesson_of("why"))[0] is None
    assert outline.neighbours(lesson_of("exercises"))[1] is None


def test_what_was_put_in_stays_on_the_screens_of_the_same_example_only():
    app = opened("pages/learn/lessons/examples/examples.py")
    field(app, "Function f(x)").set_value("x^3").run()
    press(app, "lesson_next")
    assert "x**3" in texts(app)
    press(app, "lesson_next")
    press(app, "lesson_next")
    assert field(app, "Function f(x)").value == "3x e^x"
    for _turn in range(3):
        press(app, "lesson_back")
    assert field(app, "Function f(x)").value == "x^3"


def test_a_lesson_opens_where_it_was_left():
    app = opened("pages/learn/lessons/why/why.py", section="why.instant", own_f="sin x")
    app.switch_page("pages/explore/secant/secant.py").run()
    assert app.text_input[0].value == "3x e^x"  # the explorers' function is not the lesson's
    app.switch_page("pages/learn/lessons/definition/definition.py").run()
    app.switch_page("pages/learn/lessons/why/why.py").run()
    assert heading(app) == title_of("why.instant")
    assert field(app, "Function f(x)").value == "sin x"


def test_bad_input_keeps_the_last_good_picture():
    app = opened("pages/learn/lessons/numerical/numerical.py", section="numerical.run")
    before = app.code[0].value
    for bad in ("x^", "x y", "", "1/2x"):
        field(app, "Function f(x)").set_value(bad).run()
        assert not app.exception
        assert app.code[0].value == before
    reading = next(button for button in app.button if button.key == "reading_0")
    reading.click().run()
    assert field(app, "Function f(x)").value != "1/2x"
    assert app.code[0].value != before


def test_a_hostile_link_opens_the_first_screen():
    app = opened(
        "pages/learn/lessons/why/why.py", section="no.such", own_f="x^", own_x="abc", own_dx="-1", own_at="y", n="99"
    )
    assert not app.exception
    assert heading(app) == title_of("why.average")
    app = opened("pages/learn/lessons/why/why.py", section="numerical.run", own_f="x y")
    assert not app.exception
    assert heading(app) == title_of("why.average")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_leads_through_the_lessons_and_back_to_the_last_one(language):
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params["lang"] = language
    app.run()

    def labels():
        return [link.proto.label for link in app.get("page_link")]

    answer = translator(language)("home.way.error")
    chapters = [f"{number}." for number in range(1, len(lessons()) + 1)]
    assert [labels()[0], *(label[:2] for label in labels()[1 : 1 + len(lessons())])] == [answer, *chapters]
    app.switch_page("pages/learn/lessons/definition/definition.py").run()
    app.switch_page("pages/learn/home/home.py").run()
    assert prose.texts(lesson_of("definition"), language)["limit"].title in labels()[1]
    app.switch_page("pages/explore/error/error.py").run()
    app.switch_page("pages/learn/home/home.py").run()
    assert {"ko": "Δx에 따른 오차", "en": "Error against Δx"}[language] in labels()[1]


def test_every_screen_that_links_into_an_explorer_has_everything_set():
    lesson = lesson_of("numerical")
    app = visit(lesson, lesson.screen("run"), "en", own_f="sin x", own_x="1", own_dx="10^-6")
    (link,) = [link.proto for link in app.get("page_link") if link.proto.page.endswith("error")]
    assert "f=sin+x&x=1&dx=10%5E-6" in link.query_string
    assert "open=1" in link.query_string
    assert "section=numerical.run" in link.query_string  # so that Back finds the lesson as it was
