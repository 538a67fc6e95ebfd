"""Both languages are complete, say the same things, and have every message that the code asks for."""

from __future__ import annotations

import ast
import string
from pathlib import Path
from typing import get_args

import pytest

from numdiff.difference.schemes import SCHEMES as CURVES
from numdiff.error.advice import Advice
from numdiff.error.point import Kind
from numdiff.notation.errors import ERROR_CODES, NOTE_CODES
from pages.parts.entries import ENTRY_CODES
from pages.parts.fields import SCHEMES
from pages.parts.i18n import Translator, UnknownMessageError, catalogues, translator
from pages.parts.korean import particle
from pages.parts.page import fields

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def placeholders(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def constant_ids(tree: ast.AST) -> set[str]:
    """Return the ids of all calls ``_("…")`` and ``messages("…")`` with a literal id."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "_"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_both_have_the_same_messages_with_the_same_placeholders():
    korean, english = translator("ko"), translator("en")
    assert set(korean.messages) == set(english.messages)
    for message in korean.messages:
        assert placeholders(korean.messages[message]) == placeholders(english.messages[message]), message


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_message_is_empty_or_given_twice(language):
    files = catalogues(language)
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    ids = [line for line in lines if line.startswith("msgid ") and line != 'msgid ""']
    assert files
    assert len(ids) == len(set(ids))
    assert all(translator(language).messages.values())


def test_korean_messages_are_korean_unless_they_are_signs():
    korean, english = translator("ko").messages, translator("en").messages
    same = {message for message in korean if korean[message] == english[message] and len(korean[message]) > 3}
    same -= {message for message in same if message.startswith("dtype.")}  # names of number formats
    assert {message for message in same if any(sign.isalpha() and sign.isascii() for sign in korean[message])} <= {
        "window.fixed"
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_message_that_the_code_asks_for_exists(source):
    asked = constant_ids(ast.parse(source.read_text(encoding="utf-8")))
    assert {message for message in asked if not translator("en").has(message)} == set()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_code_has_a_sentence_that_says_what_to_type(language):
    _ = translator(language)
    for code, parameters in {**ERROR_CODES, **ENTRY_CODES}.items():
        sentence = _.messages[f"error.{code}"]
        assert placeholders(sentence) <= set(parameters), code
        assert sentence.endswith((".", "?")) or code == "empty", code
        assert sentence.count("`") % 2 == 0, code
    for code in NOTE_CODES:
        assert _.messages[f"note.{code}"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_choice_has_a_label(language):
    _ = translator(language)
    names = [f"term.{curve}" for curve in CURVES] + [f"short.{scheme}" for scheme in SCHEMES]
    names += [f"link.name.{name}" for name in fields()]
    assert [name for name in names if not _.has(name)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whatever_is_seen_has_a_sentence(language):
    _ = translator(language)
    codes = {"exact", "cancelled", "only_nodes", "only_evaluation", "truncation", "nodes", "evaluation", "balanced"}
    codes |= {"not_differentiable", "outside_domain", "overflow", "step_underflow", "step_lost", "undecidable"}
    codes |= {"not_analytic", "no_complex_dtype", "no_exact_reference"}
    assert {code for code in codes if not _.has(f"here.{code}")} == set()
    assert {code for code in get_args(Advice) if code and not _.has(f"advice.{code}")} == set()
    assert {code for code in get_args(Kind) if code and not _.has(f"point.{code}")} == set()


def test_an_unknown_message_says_which():
    with pytest.raises(UnknownMessageError, match="ko: no such"):
        translator("ko")("no such")


@pytest.mark.parametrize(
    ("word", "choice", "expected"),
    [
        ("함수", "은/는", "는"),
        ("접선", "은/는", "은"),
        ("x", "이/가", "가"),
        ("sin", "이/가", "이"),
        ("3", "을/를", "을"),
        ("2", "을/를", "를"),
        ("괄호", "으로/로", "로"),
        ("식", "으로/로", "으로"),
        ("7", "으로/로", "로"),
        ("글", "으로/로", "로"),
        ("(", "으로/로", "로"),
    ],
)
def test_particles_fit_the_word_before(word, choice, expected):
    assert particle(word, choice) == expected


def test_particles_are_chosen_when_a_message_is_filled_in():
    _ = Translator("ko", {"a": "{name}{name:이/가} 있습니다."})
    assert _("a", name="변수") == "변수가 있습니다."
    assert _("a", name=("x", "값")) == "x, 값이 있습니다."
