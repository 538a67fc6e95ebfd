"""NumPy values: against mpmath, bit for bit against the formula written by hand, dtypes, shapes, awkward points."""

from __future__ import annotations

import math

import ml_dtypes
import mpmath
import numpy as np
import pytest

from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.evaluate.floats import evaluate
from numdiff.functions import recipes as functions
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Add, Call, Constant, Div, Indexed, IndexedSum, Mul, Neg, Number, Pow, Sub, Variable
from tests.evaluate.cases import ALL, POINTS, SMOOTH, E, X, Y, call, n, power, ratio

EPS = float(np.finfo(float).eps)
REAL = (np.float16, ml_dtypes.bfloat16, np.float32, np.float64, np.longdouble)
COMPLEX = (np.complex64, np.complex128)

# These compute a value near 0 from parts near 1, as the printed Python does: the bound is absolute, not relative.
CANCELLING = {"gelu": 32.0, "arccot": 2.0, "arcsec": 2.0, "arccsc": 1.0, "sigmoid": 0.0}


def test_every_function_has_a_case() -> None:
    # trigamma has no slope: its values are tested below
    assert set(FUNCTIONS) - {"trigamma"} <= {
        part.name for tree, _, _ in ALL.values() for part in [tree] if isinstance(part, Call)
    }


@pytest.mark.parametrize(("name", "point"), POINTS)
def test_values_agree_with_mpmath(name: str, point: float) -> None:
    tree, oracle, _ = ALL[name]
    with mpmath.workdps(40):
        expected = oracle(mpmath.mpf(point))
        # an argument rounded inside (1/x, exp(x) for a large x) is magnified by the function's condition
        condition = abs(mpmath.diff(oracle, mpmath.mpf(point)) * point)
        bound = 4 * EPS * (abs(expected) + condition + CANCELLING.get(name, 0))
        for argument in (point, np.array([point])):
            actual = evaluate(tree, {"x": argument})
            assert abs(mpmath.mpf(float(np.ravel(actual)[0])) - expected) <= bound


@pytest.mark.parametrize("point", [-2.25, -0.7, 0.3, 1.6, 12.75, 1e9])
def test_the_values_of_trigamma(point: float) -> None:
    tree, expected = Call("trigamma", (X,)), mpmath.polygamma(1, point)
    assert abs(evaluate(tree, {"x": point}) - expected) <= 16 * EPS * abs(expected)
    assert exact_value(tree, {"x": point}).value == pytest.approx(expected, rel=1e-14)
    value = evaluate(tree, {"x": complex(point, 1e-12)})
    assert abs(value - expected) <= 1e-9 * abs(expected)


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [
        ("gamma", 5.0, 24.0), ("gamma", 0.5, np.sqrt(np.pi)), ("gamma", 171.0, 7.257415615307994e306),
        ("gamma", 180.0, np.inf), ("gamma", -3.0, np.nan), ("gamma", -np.inf, np.nan), ("lgamma", -3.0, np.inf),
        ("lgamma", 1e306, np.inf), ("digamma", 0.0, np.nan), ("digamma", np.inf, np.inf), ("trigamma", np.inf, 0.0),
        ("sinc", 0.0, 1.0), ("heaviside", 0.0, 0.5), ("heaviside", -0.0, 0.5), ("round", 2.5, 2.0),
        ("round", 3.5, 4.0), ("round", -0.5, 0.0), ("frac", -0.25, 0.75), ("erfc", 27.0, 5.237048923789256e-319),
        ("elu", -800.0, -1.0), ("elu", 800.0, 800.0), ("mish", 1e9, 1e9), ("mish", -800.0, 0.0),
        ("logsigmoid", -800.0, -800.0), ("logit", 1.5, np.nan), ("relu6", 7.0, 6.0), ("hardtanh", -7.0, -1.0),
    ],
)  # fmt: skip
def test_values_at_edges_and_extremes(name: str, at: float, value: float) -> None:
    found = float(evaluate(Call(name, (X,)), {"x": at}))
    assert found == pytest.approx(value, rel=1e-13, abs=0, nan_ok=True)


@pytest.mark.parametrize("name", ["elu", "softsign", "hardtanh", "relu6", "selu", "heaviside", "frac"])
def test_a_composite_is_judged_by_what_it_is_made_of(name: str) -> None:
    """At 0 the two sides of ELU and SoftSign have one slope; the others have two, or none, or are smooth there."""
    at_zero = exact_derivative(Call(name, (X,)), {"x": 0}, "x")
    wanted = {"relu6": "kink", "selu": "kink", "heaviside": "jump", "frac": "jump"}.get(name)
    assert (at_zero.reason if wanted else at_zero.value) == (wanted or 1)


HAND_WRITTEN = {
    "lecture": (Mul(Mul(n("3"), X), Pow(E, X)), lambda x: 3 * x * np.exp(x)),
    "square": (power(X, "2"), lambda x: x**2),
    "cube": (power(X, "3"), lambda x: x**3),
    "seventh": (power(X, "7"), lambda x: x**7),
    "inverse": (power(X, "-1"), lambda x: x**-1),
    "general power": (power(X, "2.5"), lambda x: np.power(x, 2.5)),
    "a^x": (Pow(n("2"), X), lambda x: np.power(2, x)),
    "cube root": (Pow(X, ratio(2, 3)), lambda x: np.cbrt(x) ** 2),
    "fifth root": (Pow(X, ratio(3, 5)), lambda x: functions.odd_root(x, 5) ** 3),
    "left to right": (Div(Mul(n("2"), X), Mul(n("3"), X)), lambda x: 2 * x / (3 * x)),
    "decimals": (Add(Mul(n("0.1"), X), ratio(1, 3)), lambda x: 0.1 * x + 1 / 3),
    "logistic": (Div(n("1"), Add(n("1"), Pow(E, Neg(X)))), lambda x: 1 / (1 + np.exp(-x))),
    "log base": (call("log", X, n("3")), lambda x: np.log(x) / np.log(3)),
    "sec": (call("sec"), lambda x: 1 / np.cos(x)),
    "arccot": (call("arccot"), lambda x: np.pi / 2 - np.arctan(x)),
    "gelu": (call("gelu"), functions.gelu),
    "pi": (Mul(Constant("pi"), call("sin")), lambda x: np.pi * np.sin(x)),
}


@pytest.mark.parametrize("name", HAND_WRITTEN)
def test_values_are_bit_for_bit_those_of_the_written_python(name: str) -> None:
    tree, written = HAND_WRITTEN[name]
    points = np.random.default_rng(2).uniform(0.01, 5, 300)
    assert np.array_equal(evaluate(tree, {"x": points}), written(points))
    for point in points.tolist():
        assert evaluate(tree, {"x": point}) == written(point)


@pytest.mark.parametrize("dtype", REAL + COMPLEX, ids=lambda dtype: np.dtype(dtype).name)
@pytest.mark.parametrize("name", ALL)
def test_results_have_the_dtype_asked_for(name: str, dtype: type) -> None:
    tree = ALL[name][0]
    for argument in (0.5, np.array([0.5, -0.5, 0.0, 2.0, -2.0, 1e4, math.nan, math.inf, -math.inf])):
        result = evaluate(tree, {"x": argument}, dtype)
        assert result.dtype == np.dtype(dtype)
        assert result.shape == np.shape(argument)
        assert isinstance(result, np.generic) == (np.ndim(argument) == 0)


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16, np.float32], ids=lambda dtype: np.dtype(dtype).name)
@pytest.mark.parametrize("name", SMOOTH)
def test_low_precision_values_err_by_that_precision(name: str, dtype: type) -> None:
    tree, oracle, points = SMOOTH[name]
    eps = float(ml_dtypes.finfo(dtype).eps)
    smallest = float(ml_dtypes.finfo(dtype).smallest_subnormal)
    for point in np.array(points, dtype=float).astype(dtype):
        result = float(evaluate(tree, {"x": point}))
        if not math.isfinite(result) or abs(float(point)) > 10:
            continue  # a part overflows in float16: 1/cosh(12.75) is 0 there
        expected = oracle(mpmath.mpf(float(point)))
        if isinstance(expected, mpmath.mpc):
            continue  # the point was rounded across the domain's edge
        condition = abs(mpmath.diff(oracle, mpmath.mpf(float(point))) * float(point))
        assert abs(result - expected) <= 6 * eps * (abs(expected) + condition + CANCELLING.get(name, 0)) + 4 * smallest


def test_constants_are_rounded_to_the_dtype() -> None:
    x = np.array([1.0], np.float32)
    assert evaluate(Mul(n("0.1"), X), {"x": x})[0] == np.float32(0.1)
    bf = evaluate(Mul(n("0.1"), X), {"x": x}, ml_dtypes.bfloat16)
    assert bf[0] == ml_dtypes.bfloat16(0.1)
    assert evaluate(Constant("pi"), {"x": x}, np.float16)[0] == np.float16(math.pi)


def test_dtypes_of_arguments() -> None:
    add = Add(X, Y)
    single = np.ones(2, np.float32)
    assert evaluate(add, {"x": single, "y": 2.0}).dtype == np.float32
    assert evaluate(add, {"x": single, "y": np.float64(2)}).dtype == np.float64
    assert evaluate(add, {"x": np.arange(3), "y": True}).dtype == np.float64
    assert evaluate(add, {"x": single, "y": 1j}).dtype == np.complex64
    assert evaluate(add, {"x": 1.0, "y": 1j}).dtype == np.complex128
    assert evaluate(add, {"x": 10**400, "y": 1}) == math.inf


@pytest.mark.parametrize(
    ("argument", "dtype", "message"),
    [
        ("a", None, "argument 'x' must be real or complex numbers, got dtype str32"),
        (np.array([None]), None, "argument 'x' must be real or complex numbers, got dtype object"),
        (1.0, int, "dtype must be a float or complex type, got int64"),
        (1j, float, "a complex argument does not fit the dtype float64"),
    ],
)
def test_wrong_kinds_raise_type_errors(argument: object, dtype: type | None, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        evaluate(X, {"x": argument}, dtype)


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(TypeError, match="missing argument 'y'"):
        evaluate(Add(X, Y), {"x": 1.0})


def test_shapes_broadcast_and_constants_fill_them() -> None:
    column, row = np.ones((3, 1)), np.ones(4)
    assert evaluate(Add(X, Y), {"x": column, "y": row}).shape == (3, 4)
    assert np.array_equal(evaluate(n("7"), {"x": np.zeros(5)}), np.full(5, 7.0))
    assert evaluate(X, {"x": column, "y": row}).shape == (3, 4)
    assert evaluate(n("7"), {}).shape == ()
    assert evaluate(n("7"), {"x": np.zeros(0)}).shape == (0,)
    with pytest.raises(ValueError, match="broadcast"):
        evaluate(Add(X, Y), {"x": np.ones(3), "y": np.ones(4)})


def test_the_result_is_a_new_array() -> None:
    x = np.ones(3)
    evaluate(X, {"x": x})[0] = 5
    evaluate(Add(X, n("0")), {"x": x})[0] = 5
    assert x[0] == 1


AWKWARD = [
    (Div(n("1"), X), 0.0, math.inf),
    (Div(X, X), 0.0, math.nan),
    (call("ln"), 0.0, -math.inf),
    (call("ln"), -1.0, math.nan),
    (call("sqrt"), -1.0, math.nan),
    (call("exp"), 1000.0, math.inf),
    (call("sigmoid"), -1000.0, 0.0),
    (call("softplus"), 1000.0, 1000.0),
    (power(X, "0.5"), -1.0, math.nan),
    (Pow(n("10"), X), 400.0, math.inf),
    (power(X, "0"), 0.0, 1.0),
    (Pow(X, ratio(1, 3)), -8.0, -2.0),
    (Pow(X, ratio(2, 3)), -8.0, 4.0),
    (call("arccot"), -1.0, 0.75 * math.pi),
    (call("cot"), 0.0, math.inf),
    (Div(n("1"), n("0")), 1.0, math.inf),
    (Pow(n("10"), n("9999")), 1.0, math.inf),
]


@pytest.mark.parametrize(("tree", "point", "expected"), AWKWARD)
def test_poles_edges_and_overflow_are_numbers_without_warnings(tree: object, point: float, expected: float) -> None:
    for argument in (point, np.array([point])):
        assert np.allclose(evaluate(tree, {"x": argument}), expected, rtol=1e-15, equal_nan=True)


def test_sums_are_written_out_from_the_left() -> None:
    body = Mul(Mul(n("3"), Y), Indexed("x", "i"))
    tree = IndexedSum("i", 1, 3, body)
    given = {"y": 0.1, "x_1": 0.7, "x_2": 1.1, "x_3": 1.3}
    assert evaluate(tree, given) == 3 * 0.1 * 0.7 + 3 * 0.1 * 1.1 + 3 * 0.1 * 1.3
    assert evaluate(IndexedSum("i", 3, 2, body), {"x": np.ones(2)}).tolist() == [0.0, 0.0]


def test_a_long_sum_does_not_recurse_too_deep() -> None:
    tree = X
    for _ in range(149):
        tree = Add(tree, X)
    assert evaluate(tree, {"x": 1.0}) == 150


COMPLEX_FUNCTIONS = [name for name in SMOOTH if name not in {"x^2.5", "x^x", "log of base x"}]


@pytest.mark.parametrize("name", COMPLEX_FUNCTIONS)
def test_the_complex_step_gives_the_derivative(name: str) -> None:
    tree, oracle, points = SMOOTH[name]
    for point in map(float, points):
        step = evaluate(tree, {"x": complex(point, 1e-100)})
        with mpmath.workdps(40):
            expected = mpmath.diff(oracle, mpmath.mpf(point))
            # 1 + erf cancels far below 0, as it does for real arguments
            slack = 1e-14 if name == "gelu" else 0
            assert abs(mpmath.mpf(float(step.imag)) / mpmath.mpf("1e-100") - expected) <= 1e-12 * abs(expected) + slack


@pytest.mark.parametrize("name", ["erf", "gelu", "sigmoid", "softplus", "log1p", "sin", "arctan"])
@pytest.mark.parametrize("z", [0.5 + 0.25j, -2 + 1e-3j, 1.5 - 2j, -0.25 + 1e-6j, 3e-9 + 1e-9j])
def test_complex_values_agree_with_mpmath(name: str, z: complex) -> None:
    tree, oracle, _ = SMOOTH[name]
    with mpmath.workdps(40):
        expected = complex(oracle(mpmath.mpc(z)))
    assert abs(evaluate(tree, {"x": z}) - expected) <= 1e-14 * (abs(expected) + (1 if name == "gelu" else 0))
    # NumPy multiplies complex arrays with fused operations, scalars without: the last bit may differ
    assert np.allclose(evaluate(tree, {"x": np.array([z, z])})[1], evaluate(tree, {"x": z}), rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize("size", [1.1e20, 3e25, 7e40])
@pytest.mark.parametrize("sides", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
@pytest.mark.parametrize("z", [1 + 1e-30j, 1 + 0.3j, 1 + 1j, 0.4 + 1j, 1e-30 + 1j, 1j])
def test_erf_far_out_is_what_a_multiprecision_library_gives_with_the_digits_it_needs(size, sides, z):
    u = complex(sides[0] * z.real * size, sides[1] * z.imag * size)
    with mpmath.workprec(700):
        expected = complex(mpmath.erf(mpmath.mpc(u)))
    found = evaluate(call("erf"), {"x": u})
    for part, wanted in ((found.real, expected.real), (found.imag, expected.imag)):
        assert part == wanted or (np.isfinite(part) and abs(part - wanted) <= 1e-14 * abs(wanted) + 1e-200)


@pytest.mark.parametrize(
    "u", [1e200 + 1e196j, -2e200 + 1e200j, 1 + 1e200j, -1.7e308 - 1.7e308j, 1e21 - 1j, -3 + 1e300j]
)
def test_no_library_is_asked_for_erf_far_out(monkeypatch, u):
    """It would need as many bits as u² has, and 120 nodes of a sweep would take seconds."""
    monkeypatch.setattr(mpmath.MPContext, "erf", None)
    assert not np.isnan(evaluate(call("erf"), {"x": np.full(120, u)})).any()
    evaluate(call("gelu"), {"x": u})


@pytest.mark.parametrize("name", ["abs", "sign", "floor", "ceil", "relu", "leaky_relu", "min", "max"])
def test_what_is_not_analytic_is_nan_for_complex_arguments(name: str) -> None:
    tree = call(name, X, n("2")) if name in {"min", "max"} else call(name)
    assert np.isnan(evaluate(tree, {"x": 1 + 1j}))


def test_equal_trees_and_equal_parts_are_evaluated_once() -> None:
    from numdiff.evaluate.tape import compile_tape

    tree = Sub(call("sin", power(X, "2")), call("cos", power(X, "2")))
    again = Sub(call("sin", power(X, "2")), call("cos", power(X, "2")))
    assert compile_tape(tree) is compile_tape(again)
    assert [step.op for step in compile_tape(tree).instructions] == ["variable", "power_integer", "sin", "cos", "sub"]


@pytest.mark.parametrize(
    ("tree", "error"), [(Indexed("x", "i"), TypeError), (call("root", X, Variable("y")), ValueError)]
)
def test_trees_that_mean_nothing_are_refused(tree: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        evaluate(tree, {"x": 1.0, "y": 3.0})


def test_numbers_are_read_exactly() -> None:
    assert evaluate(Number("1e-4"), {}) == 1e-4
    assert evaluate(Number("9007199254740993"), {}) == 9007199254740992.0
