"""The table of number formats: what is lost to rounding, what is not, and how good each format is at the model's h*."""

import math
import re

import ml_dtypes
import numpy as np
import pytest

from numdiff.blackbox.precision import DTYPES
from pages.explore.error import formats
from pages.explore.error.formats import find, spacing
from pages.parts.i18n import translator

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
KINDS = {"float16": np.float16, "bfloat16": ml_dtypes.bfloat16, "float32": np.float32, "float64": np.float64}


def by_name(text, x):
    return {item.dtype: item for item in find(text, x).formats}


@pytest.mark.parametrize("x", [0.3, 1.0, 2.0, -3.0, 100.0])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_the_lectures_step_is_lost_in_16_bits_at_ordinary_x(dtype, x):
    item = by_name("3x e^x" if x < 10 else "sin x", x)[dtype]
    assert item.lecture.is_lost
    assert item.lecture.value == 0
    assert item.gap > 1e-4


@pytest.mark.parametrize("dtype", DTYPES)
def test_it_is_not_lost_at_0(dtype):
    item = by_name("3x e^x", 0.0)[dtype]
    assert not item.lecture.is_lost
    assert float(item.lecture.value) == pytest.approx(3, rel=0.02)


def test_the_quotient_is_computed_wholly_in_the_format():
    for dtype, kind in KINDS.items():
        x, h = kind(1.5), kind(1e-4)
        # the square as the evaluator computes it: one multiplication, rounded to the format
        expected = ((x + h) * (x + h) - (x - h) * (x - h)) / (2 * h)
        item = by_name("x*x", 1.5)[dtype]
        assert item.lecture.value == expected
        assert item.lecture.value.dtype == kind


# relative; the bars that the project sets for central differences at the model's h*, and the rule of thumb for the rest
BARS = {"float16": 8e-3, "bfloat16": 4e-2, "float32": 3e-5, "float64": 1e-10}
EASY = [("3x e^x", 2.0), ("sin x", 1.0), ("e^x", 0.5), ("ln x + 1/x", 2.0), ("1/(1 + e^-x)", 0.5), ("cosh x", 1.0)]


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_models_step_keeps_what_it_promises(dtype):
    errors = [
        formats.relative(item.at_model.error, item.slope) for item in (by_name(text, x)[dtype] for text, x in EASY)
    ]
    assert float(np.median(errors)) <= BARS[dtype]


@pytest.mark.parametrize(
    ("dtype", "x", "gap"), [("float16", 1.0, 2**-10), ("bfloat16", 1.0, 2**-7), ("float64", 2.0, 2**-51)]
)
def test_the_spacing_is_that_of_the_format(dtype, x, gap):
    assert spacing(dtype, x) == gap


def test_the_measured_best_is_near_the_models():
    for dtype, item in by_name("sin x", 1.0).items():
        assert 0.1 < item.best.step / item.chosen.step < 10, dtype


def test_what_a_format_cannot_hold_is_said():
    _ = translator("en")
    found = find("x^2", 70000.0)
    assert found.left_out == ("float16",)
    told = list(formats.sentences(found, _))
    assert "x = 70000 is beyond the range of float16." in told
    assert any("round x = 70000 itself (bfloat16 70144)" in sentence for sentence in told)


def test_the_point_that_a_format_holds_is_said_exactly():
    told = " ".join(formats.sentences(find("sin x", 0.1), translator("en")))
    assert "(float16 0.0999755859375, bfloat16 0.10009765625, float32 0.100000001490…)" in told


def test_why_it_is_0_is_said():
    told = list(formats.sentences(find("sin x", 1.0), translator("en")))
    assert told[0] == (
        "In float16, bfloat16 both x + 10⁻⁴ and x − 10⁻⁴ round to x = 1: the next number is too far away "
        "(float16 9.8·10⁻⁴, bfloat16 0.0078). The numerator is f(x) − f(x), so the quotient is exactly 0, "
        "whatever f is."
    )
    assert told[1].endswith("the same quotient is float16 → 1.0, bfloat16 → 1.0.")


def test_an_error_of_everything_is_exactly_1():
    assert "= 1<" in formats.html(find("sin x", 1.0), translator("en"))


ODD = [
    ("|x|", 0.0),
    ("√x", 0.0),
    ("ln x", -1.0),
    ("1/x", 0.001),
    ("e^(1000x)", 2.0),
    ("5", 1.0),
    ("x", 1e9),
    ("sin x", 0.0),
    ("x^2", 0.0),
    ("x^2", 70000.0),
    ("야식^2", 0.1),
    ("gelu(x)", 0.5),
]


@LANGUAGES
@pytest.mark.parametrize(("text", "x"), ODD)
def test_odd_points_have_a_table_too(language, text, x):
    html = re.sub(r"<style>.*?</style>", "", formats.html(find(text, x), translator(language)), flags=re.S)
    assert not re.search(r"nan|NaN|None|\binf\b|야식", html)
    assert html.count("<tr") == 12


def test_nothing_is_claimed_where_there_is_no_derivative():
    found = find("|x|", 0.0)
    assert all(math.isnan(item.lecture.error) for item in found.formats)
    assert "not differentiable at x = 0" in next(formats.sentences(found, translator("en")))
