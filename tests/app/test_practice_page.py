"""The practice page: every kind of exercise can be asked, answered, judged and helped with, in both languages."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from numdiff.practice.exercise import KINDS, LEVELS
from numdiff.practice.judge import DIAGNOSES
from pages.apply.practice.entry import REFUSED
from pages.apply.practice.records import Record, UnreadableFileError, from_json, to_json
from pages.parts.i18n import translator
from tests.app.test_pages import LANGUAGES, opened

PRACTICE = "pages/apply/practice/practice.py"


def practise(language: str = "en", **parameters: str) -> AppTest:
    app = opened(language, PRACTICE, **parameters)
    assert not app.exception
    return app


def answer(app: AppTest, text: str) -> AppTest:
    app.text_input[0].set_value(text).run()
    app.button(key="practice_check").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_every_kind_is_asked_in_both_languages(language, kind, level):
    app = practise(language, sheet="made", kinds=kind, level=str(level), sheet_seed="7")
    assert len(app.markdown) > 0
    assert bool(app.text_input) != bool(app.radio)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_answer_is_said_to_be_right(language):
    app = answer(practise(language, number="6"), "6x*exp(3x**2)")
    assert "6x e^{3x^{2}}" in app.success[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_answer_is_told_its_mistake(language):
    app = answer(practise(language, number="6"), "e^(3x^2)")
    assert app.error[0].value == translator(language)("practice.wrong.inner")
    app.text_input[0].set_value("6x e^(3x^2)").run()
    assert not app.error  # what was said belongs to the answer that was checked


PRACTISED = [
    ("f'(x) = 6x e^(3x^2).", "right"),
    ("y' = 6xy", "right"),
    ("답: 6X f(X) 입니다.", "right"),
    ("6.0x e^(3x^2) + C", "plus_constant"),
    ("6x e^(6x)", "inner_only"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "said"), PRACTISED)
def test_an_answer_is_echoed_as_the_learners_and_judged_in_any_form(language, text, said):
    _ = translator(language)
    app = practise(language, number="6")
    app.text_input[0].set_value(text).run()
    echoed = [one.value for one in app.markdown if one.value.startswith(_("practice.echo", answer=""))]
    assert len(echoed) == 1
    app = answer(app, text)
    assert bool(app.success) == (said == "right")
    assert [one.value for one in app.error] == ([] if said == "right" else [_(f"practice.wrong.{said}")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rounded_answer_is_told_to_be_written_exactly(language):
    app = answer(practise(language, number="6"), "2.0x e^(3x^2) + 3.9999x e^(3x^2)")
    assert app.error[0].value == translator(language)("practice.wrong.rounded", digits="`2`")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["2x = 6x", "d/dt x^2", "2x f'", "∫ 2x", "lim x", "x > 0", "∞", "1." + "3" * 200])
def test_a_refusal_says_what_to_type_on_this_page(language, text):
    app = practise(language, number="6")
    app.text_input[0].set_value(text).run()
    assert not app.exception
    assert app.button(key="practice_check").disabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_that_says_otherwise_elsewhere_has_a_sentence_here(language):
    _ = translator(language)
    for code in REFUSED:
        assert _.has(f"practice.refused.{code}")
        assert _.has(f"error.{code}")


def test_what_is_not_understood_cannot_be_checked():
    app = practise(number="6")
    app.text_input[0].set_value("6x +").run()
    assert app.button(key="practice_check").disabled


def test_help_comes_in_steps():
    app = practise("en", number="6")
    for name in ("hint", "rule", "step", "solution"):
        button = app.button(key="practice_help")
        assert button.label == translator("en")(f"practice.help.{name}")
        button.click().run()
        assert not app.exception
    assert not any(button.key == "practice_help" for button in app.button)
    assert any("6x e^{3x^{2}}" in text.value for text in app.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["best_step", "printed", "order"])
def test_every_choice_is_told_what_it_means(language, kind):
    for place in range(3):
        app = practise(language, sheet="made", kinds=kind, sheet_seed="3")
        app.radio[0].set_value(place).run()
        assert not app.exception
        assert len(app.success) + len(app.error) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", ["lecture", "made"])
def test_the_teacher_sees_every_solution(language, sheet):
    app = practise(language, sheet=sheet, teacher="1", level="2")
    assert not app.error
    assert len(app.latex) >= 10 or sheet == "made"


def test_the_same_seed_makes_the_same_sheet():
    first, again, other = (
        [one.value for one in practise("en", sheet="made", kinds="chain", sheet_seed=seed).latex] for seed in "445"
    )
    assert first == again != other


def test_going_on_and_back_keeps_the_answers():
    app = answer(practise("en", number="6"), "6x e^(3x^2)")
    app.button(key="practice_next").click().run()
    assert not app.success
    assert app.text_input[0].value == ""
    app.button(key="practice_back").click().run()
    assert app.text_input[0].value == "6x e^(3x^2)"
    assert app.success


def test_records_go_into_a_file_and_come_back():
    kept = {"lecture/6": Record("6x e^(3x^2)", True, 2, 1), "chain/1/7000": Record("1", None, 1, 0)}
    assert from_json(to_json(kept)) == kept


def a_file(record: object) -> str:
    return json.dumps({"format": "numdiff-practice", "records": {"a": record}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{" * 10_000,
        '{"format": "other", "records": {}}',
        a_file(3),
        a_file({"answer": 1, "right": True, "tries": 1, "helped": 0}),
        a_file({"answer": "", "right": 2, "tries": 1, "helped": 0}),
        a_file({"answer": "", "right": None, "tries": -1, "helped": 0}),
        a_file({"answer": "x" * 501, "right": None, "tries": 1, "helped": 0}),
        json.dumps({"format": "numdiff-practice", "records": {str(k): {} for k in range(6000)}}),
    ],
)
def test_any_other_file_is_refused(text):
    with pytest.raises(UnreadableFileError):
        from_json(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_diagnosis_and_reason_has_a_sentence(language):
    _ = translator(language)
    codes = {*DIAGNOSES, "unknown"}
    assert {code for code in codes if not _.has(f"practice.wrong.{code}")} == set()
    reasons = {"best", "truncation", "rounding", "order", "not_order", "computed", "rounded", "lost", "slip", "exact"}
    assert {code for code in {*reasons, "zero", "forward"} if not _.has(f"practice.because.{code}")} == set()
