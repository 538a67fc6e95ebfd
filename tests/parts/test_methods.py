"""The table of all methods: values against the exact derivative, claims, counts, and points without a derivative."""

import math
import re
from dataclasses import replace

import mpmath
import numpy as np
import pytest

from numdiff.derivative.result import Status
from numdiff.derivative.richardson import richardson_table
from pages.explore.error import methods, peers
from pages.explore.error.methods import find
from pages.parts.entries import function_of
from pages.parts.i18n import translator
from pages.parts.tables import digits, look
from pages.parts.theme import DARK, LIGHT

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
OWN = ("lecture", *methods.SCHEMES, *methods.ADAPTIVE)


def error(found, method):
    return float(look.deviation(found.row(method).value, found.exact))


def test_all_methods_are_there_once():
    rows = [row.method for row in find("3x e^x", 2.0).rows]
    assert rows == [*OWN, *methods.installed()]
    assert set(methods.installed()) == set(methods.NAMES)  # the tests' requirements hold all three


# relative errors: h* of order p leaves about u^(p/(p+1)), with room for constants and for luck
WORST = {
    "lecture": 1e-8,
    "forward": 1e-7,
    "backward": 1e-7,
    "central": 1e-10,
    "central4": 1e-12,
    "central6": 2e-13,
    "central8": 5e-14,
    "richardson": 1e-13,
    "auto": 1e-13,
    "complex": 1e-15,
    "dual": 1e-15,
    "scipy": 1e-10,
    "numdifftools": 1e-12,
    "jacobi": 1e-12,
}


@pytest.mark.parametrize("method", WORST)
def test_every_method_is_as_good_as_it_should_be(method):
    found = find("3x e^x", 2.0)
    assert error(found, method) / abs(float(found.exact.value)) < WORST[method]
    assert found.row(method).seconds > 0


def test_the_lectures_value_is_the_lectures():
    assert find("x^2", 3.0).row("lecture").value == 6.000000000012662
    assert find("3x e^x", 2.0).row("lecture").value == 66.50150507518049


# values of f that each method needs by its definition; numdiff's further ones are for the estimate of the error, and a
# point alone shows whether f is elementwise
COUNTS = {"lecture": 2, "forward": 2, "backward": 2, "central": 2, "central4": 4, "central6": 6, "central8": 8}
COUNTS |= {"richardson": 20 + 1 + 5, "dual": 3 + 1}  # a point alone, and those about x that bear it out


@pytest.mark.parametrize(("method", "count"), COUNTS.items())
def test_evaluations_are_counted(method, count):
    assert find("sin x", 1.0).row(method).evaluations == count


def test_numdiffs_own_count_is_the_one_that_was_seen():
    found = find("sin x", 1.0)
    assert found.row("auto").evaluations == found.best.nfev + 1  # the point alone, which a formula does not need


def test_only_those_claim_an_error_that_estimate_one():
    claiming = {row.method for row in find("sin x", 1.0).rows if not math.isnan(row.claimed)}
    assert claiming == {*methods.ADAPTIVE, *methods.installed()}


def test_a_step_stands_in_where_the_model_has_none():
    found = find("x^2", 3.0)
    assert (found.row("central").step, found.row("central").source) == (4.0, "free")
    assert find("|x|", 0.0).row("central").source == "rule"


def test_a_claim_below_the_true_error_is_marked():
    found = find("3x e^x", 2.0)
    honest = methods.Row("jacobi", math.nan, "", 66.5, 0.1)
    boastful = methods.Row("jacobi", math.nan, "", 66.5, 1e-9)
    assert not methods.is_short(honest, found)
    assert methods.is_short(boastful, found)


def test_what_would_begin_too_late_is_left_out(monkeypatch):
    monkeypatch.setattr(methods, "BUDGET", -1.0)
    found = find.__wrapped__("cosh x", 1.0)
    assert {row.trouble for row in found.rows} == {"no_time"}
    assert translator("en")("methods.no_time") in methods.table(found, LIGHT, translator("en"))


def test_a_method_that_raises_is_said_to_have_failed(monkeypatch):
    def fail(name, f, x):
        raise ValueError(name)

    monkeypatch.setattr(methods, "ask", fail)
    found = find.__wrapped__("cosh x", 1.5)
    assert {row.method for row in found.rows if row.trouble == "failed"} == set(methods.installed())


ODD = [
    ("|x|", 0.0, "kink"),
    ("√x", 0.0, "not_differentiable"),
    ("ln x", -1.0, "outside_domain"),
    ("1/x", 0.0, "outside_domain"),
    ("sign(x)", 0.0, "not_differentiable"),
    ("∛x", 0.0, "not_differentiable"),
    ("e^(1000x)", 2.0, "outside_domain"),
    ("x^1.5", 0.0, "one_sided"),
    ("5", 1.0, "converged"),
    ("gelu(x)", 0.5, "converged"),
    ("sin(1e8 x)", 1.0, "noise_limited"),
]


@LANGUAGES
@pytest.mark.parametrize(("text", "x", "status"), ODD)
def test_odd_points_are_said_to_be(language, text, x, status):
    _ = translator(language)
    found = find(text, x)
    assert found.best.status == status
    told = " ".join(methods.sentences(found, _))
    assert status in told
    for html in (methods.html(found, DARK, _), methods.triangle_html(found, _)):
        assert not re.search(r"nan|NaN|None|\binf\b", html)


@LANGUAGES
def test_where_the_best_method_is_wrong_it_is_said(language):
    _ = translator(language)
    smooth, kink = find("sin x", 1.0), find("|x|", 0.0)
    assert _("methods.wrong", x="0") in methods.sentences(replace(kink, best=smooth.best), _)
    assert _("methods.missed", x="1") in methods.sentences(replace(smooth, best=kink.best), _)
    for found in (smooth, kink):
        told = list(methods.sentences(found, _))
        assert not {_("methods.wrong", x="0"), _("methods.missed", x="1")} & set(told)


def test_both_slopes_of_a_kink_are_said():
    told = list(methods.sentences(find("|x|", 0.0), translator("en")))
    assert told[0] == "numdiff.derivative gives no value: two different slopes meet at x = 0. Status: kink."
    assert "its slope is −1 from the left and +1 from the right" in told[1]
    assert "central difference returns 0" in told[1]
    told = list(methods.sentences(find("√x", 0.0), translator("en")))
    assert told[1] == "Slope from the left: none; from the right: ∞."


def test_those_that_see_nothing_at_a_kink_are_named():
    *_others, told = methods.sentences(find("|x|", 0.0), translator("en"))
    names = ("Richardson, Ridders' table", *methods.NAMES.values())
    assert told == translator("en")("methods.unaware", names=names)


@LANGUAGES
def test_no_text_of_the_learner_gets_into_the_table(language):
    assert "야식" not in methods.html(find("야식^2 + 야식", 1.0), LIGHT, translator(language))


def test_the_triangle_is_the_tables_and_gets_better():
    found = find("3x e^x", 2.0)
    entries = found.triangle.entries
    assert entries.shape == (methods.HALVINGS, methods.HALVINGS)
    errors = [float(look.deviation(entries[place, place], found.exact)) for place in range(methods.HALVINGS)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-12
    same = richardson_table(found.function, 2.0, 0.5, 2.0, methods.HALVINGS)
    assert np.array_equal(entries, same.entries, equal_nan=True)


def test_a_point_with_one_side_has_no_triangle():
    _ = translator("en")
    assert _("methods.triangle.none") in methods.triangle_html(find("√x", 0.0), _)


def test_the_triangle_fits_into_the_domain():
    table = methods.triangle(function_of("√x"), 0.001)
    assert table.steps[0] < 0.001
    assert np.isfinite(table.entries[:, 0]).all()


DIGITS = [
    (66.50150507518049, "66.501504890375852", 7),
    (-66.50150507518049, "66.501504890375852", 0),
    (6.000000000012662, "6", 11),
    (6.0, "6", 2),
    (0.0, "0", 1),
    (1e-20, "0", 0),
    (5.999999999, "6", 10),  # 6 = 5.999…
    (0.9999999999960525, "1", 11),
    (1.0000169, "1", 5),
    (9.99e-9, "1e-8", 3),
    (-0.2499, "-0.25", 4),
    (0.2499, "0.2499123", 4),
    (0.00012345, "0.0001239", 3),
    (1.5e-7, "1.5e-5", 0),
    (1.5e-7, "1.52e-7", 2),
    (math.nan, "1", 0),
]


@pytest.mark.parametrize(("value", "exact", "count"), DIGITS)
def test_the_right_digits_are_counted_from_the_left(value, exact, count):
    with mpmath.workdps(50):
        assert digits.right_digits(value, mpmath.mpf(exact)) == count


MARKED = [
    ("66.5015", 4, "66.50", "15"),
    ("0.00123", 2, "0.0012", "3"),
    ("−1.5·10⁻⁷", 1, "−1", ".5·10⁻⁷"),
    ("−1.5·10⁻⁷", 2, "−1.5·10⁻⁷", ""),
    ("6.0", 2, "6.0", ""),
    ("0.0", 1, "0.0", ""),
    ("3.25", 0, "", "3.25"),
]


@pytest.mark.parametrize(("shown", "count", "right", "wrong"), MARKED)
def test_right_digits_are_bold_and_the_others_dim(shown, count, right, wrong):
    strong = f'<b class="nd-right">{right}</b>' if right else ""
    assert digits.marked(shown, count) == strong + (f'<span class="nd-wrong">{wrong}</span>' if wrong else "")


def test_other_packages_are_no_requirement(monkeypatch):
    monkeypatch.setattr(peers, "find_spec", lambda _name: None)
    assert [peers._function.__wrapped__(name) for name in methods.NAMES] == [None] * 3

    def broken(name):
        raise ImportError(name)

    monkeypatch.undo()
    monkeypatch.setattr(peers.importlib, "import_module", broken)
    assert [peers._function.__wrapped__(name) for name in methods.NAMES] == [None] * 3
    monkeypatch.setattr(peers, "_function", lambda _name: None)
    assert peers.installed.__wrapped__() == ()
    monkeypatch.setattr(methods, "installed", tuple)
    assert [row.method for row in find.__wrapped__("cosh x", 2.0).rows] == list(OWN)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_status_can_be_said(language):
    _, found = translator(language), find("3x e^x", 2.0)
    assert found.row("auto").status == "converged"
    assert {row.method for row in found.rows if row.status} == set(methods.ADAPTIVE)
    for status in Status:
        row = replace(found.row("auto"), status=status.value)
        assert _(f"methods.says.{status}") in methods.table(replace(found, rows=(row,)), LIGHT, _)
