"""Functions in pieces: values in every format and printed language, slopes, exact values, and the points between."""

import json
import shutil
import subprocess
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.algebra.codec import CodecError, decode, encode
from numdiff.evaluate.exact import derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.forward import evaluate_dual
from numdiff.gradient.reverse import reverse_gradient
from numdiff.printing.exact_code import to_exact
from numdiff.printing.javascript import to_javascript
from tests.notation.test_piecewise import TREES

FORMATS = ("float16", "bfloat16", "float32", "float64", "longdouble")

AT = np.array([-2.0, -1.0, -0.5, 0.0, 0.25, 1.0, 2.0])

SAME = [
    ("{x > 0: x, 0}", "relu(x)"),
    ("{x < 0: -x, x}", "abs(x)"),
    ("{x > 0: x, 0.01x}", "leaky_relu(x)"),
    ("{x > 1: x, 1}", "max(x, 1)"),
    ("{x < 0: -1, x > 0: 1, 0}", "sign(x)"),
]


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize(("pieces", "function"), SAME)
def test_pieces_have_the_values_of_the_function_they_make_in_every_format(pieces, function, dtype):
    one, two = nd.parse(pieces)(AT, dtype=dtype), nd.parse(function)(AT, dtype=dtype)
    assert one.dtype == two.dtype
    np.testing.assert_allclose(one.astype(float), two.astype(float), rtol=2.0**-7 if dtype == "bfloat16" else 1e-3)
    scalar = nd.parse(pieces)(AT[1], dtype=dtype)
    assert scalar.dtype == two.dtype
    assert scalar.shape == ()


@pytest.mark.parametrize(("pieces", "function"), SAME)
def test_pieces_have_the_slopes_of_the_function_they_make(pieces, function):
    f, g = nd.parse(pieces), nd.parse(function)
    slopes = evaluate_dual(f.tree, {"x": AT}, "x")[1]
    np.testing.assert_array_equal(np.isnan(slopes), AT == 0 if "1: x, 1" not in pieces else AT == 1)
    np.testing.assert_array_equal(slopes, evaluate_dual(g.tree, {"x": AT}, "x")[1])
    np.testing.assert_array_equal(reverse_gradient(f, {"x": AT})["x"], slopes)
    for place in AT:
        at = {"x": Fraction(place)}
        one, two = exact_derivative(f.tree, at, "x"), exact_derivative(g.tree, at, "x")
        assert (one.status, one.reason) == (two.status, two.reason)
        assert one.status != "ok" or one.value == two.value


def test_complex_numbers_have_no_pieces():
    assert np.isnan(nd.parse("{x > 0: x, 0}")(1 + 2j))
    assert np.isnan(nd.parse("{x > 0: x, 0}")(np.array([1 + 0j, 2]))).all()


# --- where the pieces meet -------------------------------------------------------------------------------------------

MEETINGS = [
    ("{x > 0: x, 0}", 0, "kink"),
    ("{x > 0: 1, 0}", 0, "jump"),
    ("{x > 0: x^2, 0}", 0, 0),
    ("{x >= 0: x^2, x^3}", 0, 0),
    ("{x <= 1: x^2, 2x - 1}", 1, 2),
    ("{x <= 1: x^2, 2x - 2}", 1, "jump"),
    ("{abs(x) <= 1: x^2/2, abs(x) - 1/2}", 1, 1),
    ("{abs(x) <= 1: x^2/2, abs(x) - 1/2}", -1, -1),
    ("{x >= 0: x, e^x - 1}", 0, 1),
    ("{x = 0: 5, x}", 0, "jump"),
    ("{x = 0: 0, x}", 0, 1),
    ("{x != 0: x}", 0, "domain"),
    ("{0 <= x < 1: x}", 0, "domain"),
    ("{x < 0: -1, x > 1: 1}", Fraction(1, 2), "domain"),
    ("{x < 0: x, x > 0: x}", 0, "domain"),
    ("x {x > 0: x, 0}", 0, 0),
    ("{x > 0: {x > 1: 2x - 1, x}, 0}", 1, "kink"),
    ("{2x - 1 > 0: x^2, x - 1/4}", Fraction(1, 2), 1),
    ("{x^2 < 4: x^2, 4x - 4}", 2, 4),
]


@pytest.mark.parametrize(("text", "place", "wanted"), MEETINGS)
def test_where_pieces_meet_the_derivative_is_decided(text, place, wanted):
    tree = nd.parse(text).tree
    found = exact_derivative(tree, {"x": place}, "x")
    if isinstance(wanted, str):
        assert (found.status, found.reason) == ("undefined", wanted)
    else:
        assert (found.status, found.value) == ("ok", wanted)
    number = evaluate_dual(tree, {"x": float(place)}, "x")[1]
    assert np.isnan(number) if isinstance(wanted, str) else number == float(wanted)


@pytest.mark.parametrize("text", ["{x > 0: x ln x, 0}", "{x != 0: sin(x)/x, 1}", "{x^2 > 0: x, 0}", "x {x > 0: 1, 0}"])
def test_what_is_not_decided_is_not_claimed(text):
    tree = nd.parse(text).tree
    assert exact_derivative(tree, {"x": 0}, "x").status == "undecidable"
    assert np.isnan(evaluate_dual(tree, {"x": 0.0}, "x")[1])
    assert derivative_by_series(tree, {"x": 0}, "x") is None


def test_a_boundary_that_is_not_decided_is_said_to_be_so():
    tree = nd.parse("{sin(x)^2 + cos(x)^2 = 1: 1, 2}").tree
    assert exact_value(tree, {"x": 3}).reason == "precision"


@pytest.mark.parametrize("text", ["{x > 0: ln x, -1}", "{x > 0: sqrt(x) + 1/x, 2x}", "{x < 0: 1/0.5, x < 1: x, ln x}"])
def test_what_is_not_chosen_does_not_matter(text):
    f = nd.parse(text)
    for place in (-2, Fraction(1, 2), 3):
        found = exact_derivative(f.tree, {"x": place}, "x", 20)
        series = derivative_by_series(f.tree, {"x": place}, "x", 20)
        assert found.status == series.status == "ok"
        slope = float(found.value)
        assert float(series.value) == pytest.approx(slope)
        assert float(evaluate_dual(f.tree, {"x": float(place)}, "x")[1]) == pytest.approx(slope)
        assert float(reverse_gradient(f, {"x": float(place)})["x"]) == pytest.approx(slope)
        assert nd.derivative(f, float(place)).df == pytest.approx(slope)


# --- known functions by mpmath ---------------------------------------------------------------------------------------


def _huber(x):
    return x**2 / 2 if abs(x) <= 1 else abs(x) - mpmath.mpf(1) / 2


def _elu(x):
    return x if x > 0 else mpmath.expm1(x)


def _softshrink(x):
    return x - mpmath.mpf("0.5") if x > 0.5 else x + mpmath.mpf("0.5") if x < -0.5 else mpmath.mpf(0)


def _smoothstep(x):
    return mpmath.mpf(0) if x <= 0 else 3 * x**2 - 2 * x**3 if x < 1 else mpmath.mpf(1)


KNOWN = [
    ("{abs(x) <= 1: x^2/2, abs(x) - 1/2}", _huber),
    ("{x > 0: x, e^x - 1}", _elu),
    ("{x > 0.5: x - 0.5, x < -0.5: x + 0.5, 0}", _softshrink),
    ("{x <= 0: 0, x < 1: 3x^2 - 2x^3, 1}", _smoothstep),
]


@pytest.mark.parametrize(("text", "truth"), KNOWN)
def test_losses_and_activations_against_mpmath(text, truth):
    f = nd.parse(text)
    for place in (-3, -0.75, -0.25, 0.375, 0.875, 2.5):
        value, slope = truth(mpmath.mpf(place)), mpmath.diff(truth, place)
        assert float(f(place)) == pytest.approx(float(value), rel=1e-14)
        assert float(exact_value(f.tree, {"x": place}).value) == pytest.approx(float(value), rel=1e-15)
        assert float(exact_derivative(f.tree, {"x": place}, "x").value) == pytest.approx(float(slope), rel=1e-9)
        assert nd.differentiate(f).result(place) == pytest.approx(float(slope), rel=1e-9)


# --- the printed languages agree -------------------------------------------------------------------------------------

POINTS = [(x, y) for x in (-3.0, -0.5, 0.0, 1.0, 2.5) for y in (-1.0, 0.0, 0.5, 3.0)]


def _python(f, x, y):
    scope: dict = {}
    exec(f.python(), scope)  # noqa: S102 - our own printed code
    with np.errstate(all="ignore"):
        return float(scope["f"](np.float64(x), np.float64(y)))


def _exact_python(f, x, y):
    code = to_exact(f.tree, {"x": "x", "y": "y"}, "mp")
    return float(eval(code, {"mp": mpmath.mp, "x": mpmath.mpf(x), "y": mpmath.mpf(y), "max": max, "min": min}))  # noqa: S307


@settings(max_examples=40, deadline=None)
@given(TREES, st.sampled_from(POINTS))
def test_values_exact_values_and_printed_python_agree(tree, point):
    f = nd.Function(tree, ("x", "y"))
    x, y = point
    value = float(f(x, y))
    exact = exact_value(tree, {"x": Fraction(x), "y": Fraction(y)}, 20)
    assert _python(f, x, y) == value or (np.isnan(_python(f, x, y)) and np.isnan(value))
    if exact.status == "ok" and not _is_near_border(f, point):
        assert value == pytest.approx(float(exact.value), rel=1e-9, abs=1e-9)
        assert _exact_python(f, x, y) == pytest.approx(float(exact.value), rel=1e-9, abs=1e-9)
    assert decode(json.loads(json.dumps(encode(tree)))) == tree


def _is_near_border(f, point):
    """Whether rounding may decide a comparison: sin x = x·1 and the like."""
    values = {float(f(*point)), *(float(f(*np.nextafter(point, way))) for way in (np.inf, -np.inf))}
    return max(values) - min(values) > 1e-9 or any(np.isnan(value) for value in values)


def test_javascript_agrees():
    node = shutil.which("node")
    texts = ["{x > y: x, y}", "{0 < x <= 1: x^2, x = 2.5: 7, x < -1: 1/x}", "{ln(x) > 0: 1, 0}", "2{x != 0: x, 1} + 1"]
    functions = [nd.parse(f"f(x, y) = {text}") for text in texts]
    assert to_javascript(functions[0].tree, ("x", "y")) == "(x, y) => (x > y ? x : y)"
    if node is None:  # the browser's tests run the same code
        return
    calls = ",".join(f"({f.javascript()})({x}, {y})" for f in functions for x, y in POINTS)
    out = subprocess.run([node, "-e", f"console.log([{calls}].map(String).join())"], capture_output=True, check=True)
    found = [float(word) for word in out.stdout.decode().strip().split(",")]
    np.testing.assert_allclose(found, [float(f(x, y)) for f in functions for x, y in POINTS], rtol=1e-15)


@pytest.mark.parametrize(
    "data",
    [
        ["piecewise", [], []],
        ["piecewise", [["number", "1"]], [["~", ["number", "1"], ["number", "2"]]]],
        ["piecewise", 1, 2],
    ],
)
def test_what_is_no_tree_of_pieces_is_refused(data):
    with pytest.raises(CodecError):
        decode(data)
