"""The gallery of bugs: the shown code, run as it is shown, prints what the page shows."""

import contextlib
import io
import math
import re

import numpy as np
import pytest

from numdiff.derivative.api import derivative
from pages.explore.error import bugs
from pages.explore.error.bugs import BUGS, definition, find
from pages.explore.error.peers import NAMES, ask, installed
from pages.parts.i18n import translator
from pages.parts.tables import look

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])

PLACES = [
    ("3x e^x", 2.0),
    ("x^2", 3.0),
    ("x^2", 0.0),
    ("x^2", -2.3),
    ("x^100", 1.5),
    ("sin x", 1.0),
    ("1/x", 0.3),
    ("x^-1", 2.0),
    ("√x", 0.0),
    ("ln x", -1.0),
    ("|x|", 0.0),
    ("relu(x)", 0.0),
    ("gelu(x)", 0.5),
    ("1/(1 + e^-x)", 0.5),
    ("e^(1000x)", 2.0),
    ("e^x", -700.0),
    ("∛x", 8.0),
    ("x", 1e9),
    ("floor x", 0.5),
    ("5", 1.0),
    ("g(t) = t^3 - 3t", 1.5),
    ("야식^2", 1.0),
]


def printed(card, output):
    """Return what the code prints that a learner sees: the definition of f and the snippet, pasted together."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written), np.errstate(all="ignore"):
        exec(f"import numpy as np\n{definition(card.function)}\n{output.code}", {})  # noqa: S102 - our own text, as a learner would run it
    return written.getvalue().removesuffix("\n")


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_shown_code_prints_the_shown_numbers(text, x):
    cards = find(text, x)
    assert len(cards) == len(BUGS)
    for card in cards:
        for output in (card.wrong, card.fixed):
            assert "{" not in output.code
            assert printed(card, output) == output.text, card.bug.name


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_every_fix_is_better(text, x):
    for card in find(text, x):
        if "kink" in card.bug.name or card.bug.name == "promoted":
            continue
        wrong, fixed = (float(look.deviation(float(output.number), card.exact)) for output in (card.wrong, card.fixed))
        assert fixed < 0.01 * abs(float(card.exact.value)), card.bug.name
        assert wrong > 10 * fixed, card.bug.name


def by_name(text, x):
    return {card.bug.name: card for card in find(text, x)}


PRINTS = [
    ("x^2", 3.0, "tiny", "0.0", None),
    ("x^2", 3.0, "brackets", "6.000000000012663e-08", "6.000000000012662"),
    ("x^2", 3.0, "integers", "25000.0", "6.000000000012662"),  # (3² − 2²)/(2·10⁻⁴)
    ("|x|", 0.0, "own_kink", "0.0", "-1.0 1.0"),
    ("relu(x)", 0.0, "own_kink", "0.5", "0.0 1.0"),
    ("x^2", 3.0, "changing", "12.0", "6.0"),
    ("x^2", 3.0, "mixing", "9.000000003354103", "6.000000000012662"),  # g = x³/3 with the mean 3 for both nodes
]


@pytest.mark.parametrize(("text", "x", "name", "wrong", "fixed"), PRINTS)
def test_what_is_printed(text, x, name, wrong, fixed):
    card = by_name(text, x)[name]
    assert card.wrong.text == wrong
    assert fixed in {None, card.fixed.text}


@pytest.mark.parametrize(("text", "x"), [("3x e^x", 2.0), ("x^2", 3.0), ("sin x", 1.0)])
def test_what_the_libraries_say_is_computed(text, x):
    cards = by_name(text, x)
    assert [card.bug.name for card in cards.values() if card.others] == ["changing", "mixing"]
    for name in ("changing", "mixing"):
        card = cards[name]
        assert [library for library, _ in card.others] == [bugs.OURS, *installed()]
        ours = dict(card.others)[bugs.OURS]
        assert ours == pytest.approx(float(card.exact.value), rel=1e-12)  # neither bug is one of ours
        for library in installed():
            with np.errstate(all="ignore"):
                assert dict(card.others)[library] == ask(library, card.bug.black_box(card.function), card.x)[0]
        for language in ("en", "ko"):
            table = bugs.others_html(card, translator(language))
            assert all(NAMES[library] in table for library in installed())
            assert translator(language)("bugs.others") in table
    assert bugs.others_html(cards["tiny"], translator("en")) == ""


def test_a_library_that_raises_is_said_to_have_stopped(monkeypatch):
    def fail(name, g, x):
        raise ValueError(name)

    monkeypatch.setattr(bugs, "ask", fail)
    cards = {card.bug.name: card for card in bugs._gallery.__wrapped__("x^2", 3.0)[0]}
    assert translator("en")("methods.failed") in bugs.others_html(cards["mixing"], translator("en"))


def test_the_types_are_what_is_said():
    card = by_name("3x e^x", 2.0)["promoted"]
    assert [str(output.values[0]) for output in (card.wrong, card.fixed)] == ["float64", "float32"]
    assert card.fixed.number.dtype == np.float32


@pytest.mark.parametrize(("text", "x"), [("3x e^x", 2.0), ("x^2", 3.0), ("1/x", 0.3)])
def test_the_kink_that_is_made_of_f_is_one(text, x):
    card = by_name(text, x)["kink"]
    f = card.function
    assert derivative(lambda t: np.maximum(f(t) - f(x), 0), x).status == "kink"
    left, right = (float(value) for value in card.fixed.values)
    assert math.isclose(float(card.wrong.number), (left + right) / 2, rel_tol=1e-9)


def test_another_point_or_function_stands_in_where_a_bug_does_not_show():
    moved = by_name("x^2", 0.0)["tiny"]
    assert (moved.is_own, moved.is_here, moved.x) == (True, False, 1.0)
    assert not any(card.is_own for card in find("5", 1.0))
    assert all(card.is_here for card in find("1/(1 + e^-x)", 1.0) if card.bug.name in {"tiny", "brackets", "integers"})


def test_a_slow_function_gets_the_stand_ins(monkeypatch):
    monkeypatch.setattr(bugs, "BUDGET", -1.0)
    assert not any(card.is_own for card in bugs._gallery.__wrapped__("x^2", 3.0)[0])


@LANGUAGES
@pytest.mark.parametrize(("text", "x"), PLACES)
def test_every_card_can_be_said_in_both_languages(language, text, x):
    _ = translator(language)
    for card in find(text, x):
        told = [*bugs.notes(card, _), bugs.place_note(card, _), _(f"bugs.{card.bug.name}.title")]
        told += [bugs.others_html(card, _)]
        told += [bugs.output_html(output, card, _) for output in (card.wrong, card.fixed)]
        assert not any(
            re.search(r"nan|NaN|None|\{", re.sub(r"<style>.*?</style>", "", part, flags=re.S)) for part in told
        )
        assert not any("야식" in part for part in told)


def test_the_sentence_about_integers_is_computed():
    _ = translator("en")
    assert "3.0001 becomes 3, and 2.9999 becomes 2" in bugs.notes(by_name("x^2", 3.0)["integers"], _)[0]
    # towards 0, as NumPy cuts
    assert "−1.9999 becomes −1, and −2.0001 becomes −2" in bugs.notes(by_name("x^2", -2.3)["integers"], _)[0]
