"""What a file of progress says is held against the exercises: whatever does not fit is left out, with a sentence."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from numdiff.practice.exercise import KINDS, QUESTIONS
from pages.apply.practice import choosing, keeping
from pages.apply.practice.records import Record, UnreadableFileError, from_json
from pages.parts.i18n import translator
from tests.app.test_catalogues import ROOT
from tests.app.test_pages import LANGUAGES
from tests.app.test_practice_page import PRACTICE, opened, practise

SEED = 3
STRANGE = {
    "no number": "abc",
    "empty": "",
    "blank": "  ",
    "too large": "99",
    "negative": "-1",
    "a raised digit": "²",
    "an Arabic digit": "\u0663",
    "a full-width digit": "\uff11",
    "a long number": "1" * 400,
    "with a sign": "+1",
    "with a zero": "01",
    "with a line break": "1\n",
    "an unclear formula": "1/2x",
    "half a formula": "3x +",
    "markup": "<script>alert(1)</script>",
    "a null character": "\0",
}


def made_sheet(kind: str) -> tuple[choosing.Numbered, ...]:
    return choosing._made((kind,), 1, SEED)


def file_of(**records: Record | dict[str, object]) -> bytes:
    done = {name: one if isinstance(one, dict) else vars(one) for name, one in records.items()}
    return json.dumps({"format": "numdiff-practice", "version": 1, "records": done}).encode()


def loaded(content: bytes, language: str = "en", **link: str):
    """Return the page after a file was chosen."""
    app = practise(language, **link)
    app.file_uploader[0].set_value(("numdiff-practice.json", content, "application/json")).run()
    assert not app.exception
    return app


def is_answer(kind: str, text: str, place: int = 0) -> bool:
    """Say by plain reading whether a text can have been an answer to the first exercise of a kind."""
    if kind in QUESTIONS:
        return text in [str(k) for k in range(len(made_sheet(kind)[place].exercise.question.choices))]
    return text in {"abc", "99", "-1", "+1", "01", "1\n", "\uff11", "1" * 400} and len(text) < 31


@pytest.mark.parametrize("kind", KINDS)
def test_strange_answers_are_left_out_and_nothing_dies_later(kind):
    sheet = made_sheet(kind)
    for answer in STRANGE.values():
        record = Record(answer, False, 1, 0)
        app = loaded(file_of(**{sheet[0].name: record}), sheet="made", kinds=kind, sheet_seed=str(SEED))
        dropped = translator("en")("practice.load.left_out", count=1) in [item.value for item in app.warning]
        assert dropped != is_answer(kind, answer), repr(answer)
        app.button(key="practice_next").click().run()
        app.button(key="practice_back").click().run()
        assert not app.exception, repr(answer)
        assert app.get("download_button")


@pytest.mark.parametrize(
    "record",
    [
        Record("", None, 3, 0),
        Record("0", True, 0, 0),
        Record("", True, 0, 0),
        Record("", None, 0, 9),
        Record("3x", None, 0, 0),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_fields_that_contradict_each_other_are_left_out(kind, record):
    assert not keeping.fits(made_sheet(kind)[0].exercise, record)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_choice_is_right_only_if_it_is_the_answer(kind):
    exercise = made_sheet(kind)[0].exercise
    for place in range(len(exercise.question.choices)):
        is_right = place == exercise.question.answer
        assert keeping.fits(exercise, Record(str(place), is_right, 1, 0))
        assert not keeping.fits(exercise, Record(str(place), not is_right, 1, 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fits_is_taken(language):
    app = loaded(file_of(**{"lecture/6": Record("6x e^(3x^2)", True, 2, 1)}), language, number="6")
    assert app.text_input[0].value == "6x e^(3x^2)"
    assert app.success
    assert not app.warning


def test_a_choice_that_fits_is_taken():
    (first, *_others) = made_sheet("order")
    answer = first.exercise.question.answer
    record = Record(str(answer), True, 1, 0)
    app = loaded(file_of(**{first.name: record}), sheet="made", kinds="order", sheet_seed=str(SEED))
    assert app.radio[0].value == answer
    assert app.success


@pytest.mark.parametrize("name", ["a", "", "lecture/0", "lecture/99", "power/4/1", "power/1/x", "power/1/²", "x/1/1"])
def test_names_of_no_exercise_are_left_out(name):
    app = loaded(file_of(**{name: Record("1", False, 1, 0), "lecture/6": Record("1", False, 1, 0)}))
    assert [item.value for item in app.warning] == [translator("en")("practice.load.left_out", count=1)]


def test_every_exercise_of_a_sheet_has_a_name_that_is_known():
    for seed in (1, 999_999):
        assert all(keeping.is_name(one.name) for one in choosing._made(KINDS, 3, seed))
    assert all(keeping.is_name(one.name) for one in choosing.lecture())


@pytest.mark.parametrize("half", [r"\ud800", r"a\udfff", r"\udc00\ud800"])
def test_half_a_character_is_refused_wherever_it_stands(half):
    whole = (
        '{"format": "numdiff-practice", "records": {"%s": {"answer": "%s", "right": null, "tries": 1, "helped": 0}}}'
    )
    for text in (whole % (half, "1"), whole % ("lecture/6", half)):
        with pytest.raises(UnreadableFileError):
            from_json(text)
        app = loaded(text.encode())
        assert [item.value for item in app.error] == [translator("en")("practice.load.failed")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_gone_is_asked_for_again(language, monkeypatch):
    """It was sent to another server, or dropped before the page asked for it: Streamlit has a stand-in for it."""
    monkeypatch.setattr(MemoryUploadedFileManager, "get_files", lambda *_, **__: [])
    app = loaded(b"{}", language)
    assert [item.value for item in app.error] == [translator(language)("practice.load.gone")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_too_large_is_refused(language):
    limit = keeping.MOST_MEGABYTES
    app = loaded(b" " * (limit * 2**20 + 1), language)
    assert [item.value for item in app.error] == [translator(language)("practice.load.large", limit=limit)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limit_of_a_file_is_the_servers_and_is_said(language):
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == keeping.MOST_MEGABYTES == 1
    uploader = opened(language, PRACTICE).file_uploader[0]
    assert re.search(r"\b1 MB\b", uploader.label)
    assert uploader.proto.max_upload_size_mb == 1


def test_there_is_one_place_where_files_are_taken():
    sources = [path for path in (ROOT / "pages").rglob("*.py") if "file_uploader(" in path.read_text(encoding="utf-8")]
    assert [path.name for path in sources] == ["keeping.py"]
