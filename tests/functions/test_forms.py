"""The forms of the rows, computed: against mpmath's own functions, and slopes and values against each other."""

import ml_dtypes
import mpmath
import numpy as np
import pytest
from flint import acb, arb
from mpmath import mp

from numdiff.evaluate import forms
from numdiff.evaluate.balls import forms as exact_forms
from numdiff.evaluate.balls.arithmetic import BALLS, working_precision
from numdiff.evaluate.balls.complex import _COMPLEX
from numdiff.functions import registry, trees
from numdiff.notation.source import read
from numdiff.tree import Call, Variable
from tests.functions.in_mpmath import value as value_in_mpmath

U = Variable("u")
DTYPES = {name: np.dtype(name) for name in ("float64", "float32", "float16")} | {
    "bfloat16": np.dtype(ml_dtypes.bfloat16)
}


def _is_gamma_pole(u):
    return mp.isint(mp.re(u)) and mp.re(u) <= 0 and not mp.im(u)


def _trigamma(u):
    """mpmath's own counts down from a number far on the left one by one."""
    return mp.polygamma(1, u) if u > 0 else (mp.pi / mp.sinpi(u)) ** 2 - mp.polygamma(1, 1 - u)


def _sigmoid(u):
    return 1 / (1 + mp.exp(-u))


def _sinc_slope(u):
    with mpmath.extradps(40):
        return mp.cos(u) / u - mp.sin(u) / u**2 if u else mp.zero


ORACLES = {
    **{name: getattr(mp, name) for name in ("exp", "expm1", "ln", "log1p", "sqrt", "erf", "log10")},
    **{name: getattr(mp, name) for name in ("sin", "cos", "tan", "sec", "csc", "cot")},
    **{name: getattr(mp, name) for name in ("sinh", "cosh", "tanh", "sech", "csch", "coth")},
    **{f"arc{name}": getattr(mp, f"a{name}") for name in ("sin", "cos", "tan", "sec", "csc")},
    **{f"ar{name}": getattr(mp, f"a{name}") for name in ("sinh", "cosh", "tanh", "sech", "csch", "coth")},
    "arccot": lambda u: mp.pi / 2 - mp.atan(u),
    "log2": lambda u: mp.log(u, 2),
    "cbrt": lambda u: mp.sign(u) * mp.cbrt(abs(u)),
    "abs": abs,
    "sign": mp.sign,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "relu": lambda u: max(u, mp.mpf(0)),
    "leaky_relu": lambda u: u if u > 0 else u / 100,
    "sigmoid": _sigmoid,
    "softplus": lambda u: mp.log1p(mp.exp(u)),
    "silu": lambda u: u * _sigmoid(u),
    "gelu": lambda u: u * mp.ncdf(u),
    "erfc": mp.erfc,
    "gamma": lambda u: mp.nan if _is_gamma_pole(u) else mp.gamma(u),
    "lgamma": lambda u: mp.nan if _is_gamma_pole(u) else mp.re(mp.loggamma(u)),
    "digamma": lambda u: mp.nan if _is_gamma_pole(u) else mp.digamma(u),
    "trigamma": lambda u: mp.nan if _is_gamma_pole(u) else _trigamma(u),
    "sinc": mp.sinc,
    "sinc_slope": _sinc_slope,
    "round": mp.nint,
    "frac": mp.frac,
    "heaviside": lambda u: (1 + mp.sign(u)) / 2,
    "mish": lambda u: u * mp.tanh(mp.log1p(mp.exp(u))),
    "logsigmoid": lambda u: -mp.log1p(mp.exp(-u)),
    "logit": lambda u: mp.log(u) - mp.log(1 - u),
    "softsign": lambda u: u / (1 + abs(u)),
    "elu": lambda u: u if u > 0 else mp.expm1(u),
    "selu": lambda u: mp.mpf("1.0507009873554805") * (u if u > 0 else mp.mpf("1.6732632423543772") * mp.expm1(u)),
    "hardtanh": lambda u: max(min(u, mp.one), -mp.one),
    "relu6": lambda u: max(min(u, mp.mpf(6)), mp.zero),
    "hardsigmoid": lambda u: max(min((u + 3) / 6, mp.one), mp.zero),
    "normal": mp.ncdf,
}
"""mpmath's own functions, by our names. One line for each function that is added."""

PLACES = (1e-9, 0.001, 0.125, 0.3, 0.5, 0.7, 0.999, 1.001, 1.6, 2.5, 5.25, 12.75, 40.5, 300.5, 1e9)
POINTS = (*PLACES, *(-place for place in PLACES))
ONE = [row for row in registry.rows("typed", "tree", "rows") if row.arity[0] == 1]
SMOOTH = [row for row in ONE if row.is_analytic and row.slope]
CERTIFIED = [row for row in SMOOTH if not row.steep_at]


def name_of(row):
    return row.name


def is_inside(row, x):
    """Whether the oracle has a real value and slope at x and around it; independent of the row's margins."""
    with mpmath.workdps(60):
        values = [ORACLES[row.name](mp.mpf(x) + nudge) for nudge in (0, mp.mpf(10) ** -30, -(mp.mpf(10) ** -30))]
        return all(mpmath.isfinite(value) and not mpmath.im(value) for value in values)


def slope_of(row, x):
    """Return mpmath's numerical derivative of its own function, to some 40 digits."""
    with mpmath.workdps(120):
        return mpmath.diff(ORACLES[row.name], mp.mpf(x), h=mp.mpf(10) ** -40)


def inside(row, dtype=DTYPES["float64"], largest=1e10):
    points = (dtype.type(x) for x in POINTS if 1 / largest < abs(x) < largest)
    return [x for x in points if is_inside(row, float(x))]


@pytest.mark.parametrize("row", ONE, ids=name_of)
def test_every_row_has_an_oracle_and_points(row):
    assert row.name in ORACLES
    assert len(inside(row)) >= 4


@pytest.mark.parametrize("row", ONE, ids=name_of)
def test_a_domain_is_where_mpmath_has_a_real_value(row):
    for x in POINTS:
        margins = [number(trees.read(margin.form), x) for margin in row.domain]
        is_in = all(
            value != 0 if margin.both_sides else value > 0 for margin, value in zip(row.domain, margins, strict=True)
        )
        with mpmath.workdps(60):
            value = ORACLES[row.name](mp.mpf(x)) if is_in or not row.domain else None
        assert is_in == is_inside(row, x) or not row.domain
        assert value is None or not mpmath.im(value)


def number(node, u, v=None):
    """Return a form in mpmath, at 60 digits."""
    with mpmath.workdps(60):
        return value_in_mpmath(node, {"u": mp.mpf(u), "v": v}, ORACLES)


def jumps_at(row, x):
    """Whether a function of steps jumps at x."""
    return bool(row.steps_at) and mp.isint(number(trees.read(row.steps_at), x))


@pytest.mark.parametrize("row", ONE, ids=name_of)
def test_the_slopes_are_mpmaths_derivative(row):
    named = [form for form in (row.slope, row.stable, row.analytic) if form]
    for x in map(float, inside(row)):
        if jumps_at(row, x):
            continue
        wanted = slope_of(row, x)
        for form in named:
            with mpmath.workdps(60):
                v = ORACLES[row.name](mp.mpf(x))
                found = number(trees.put(form, row, (U,)), x, v)
                assert mpmath.almosteq(found, wanted, rel_eps=1e-25, abs_eps=mp.mpf(10) ** -39), (form, x)


@pytest.mark.parametrize("row", [row for row in ONE if row.slope_by_value], ids=name_of)
def test_the_slope_by_the_value_is_the_slope(row):
    for x in map(float, inside(row)):
        with mpmath.workdps(60):
            v = ORACLES[row.name](mp.mpf(x))
            found = number(trees.read(row.slope_by_value), x, v)
            if x > 0 or row.inverse not in {"sec", "cosh"}:
                assert mpmath.almosteq(found, slope_of(row, x), rel_eps=1e-25, abs_eps=mp.mpf(10) ** -39), x


@pytest.mark.parametrize("row", [row for row in ONE if row.inverse], ids=name_of)
def test_the_inverse_undoes_the_function(row):
    back = registry.row(row.inverse)
    assert registry.row(back.inverse) == row
    principal = [x for x in map(float, inside(row)) if 0 < abs(x) < 3]
    assert principal
    for x in principal:
        with mpmath.workdps(60):
            value = ORACLES[row.name](mp.mpf(x))
            again = ORACLES[row.name](ORACLES[back.name](value))
            assert mpmath.almosteq(again, value, rel_eps=1e-40)


@pytest.mark.parametrize("row", ONE, ids=name_of)
def test_the_sign_and_the_branches_are_those_of_the_values(row):
    for x in map(float, inside(row)):
        with mpmath.workdps(60):
            value = ORACLES[row.name](mp.mpf(x))
            assert value > 0 or row.sign != "positive"
            assert value >= 0 or row.sign != "nonnegative"
            if row.branches:
                side = number(trees.read(row.breaks), x, value)
                branch = trees.put(row.branches[1 if side > 0 else 0], row, (U,))
                assert mpmath.almosteq(number(branch, x), value, rel_eps=1e-40)


@pytest.mark.parametrize("row", ONE, ids=name_of)
def test_the_definitions_are_the_function(row):
    for x in map(float, inside(row)):
        for form in (row.definition, row.exact):
            if form and not (row.name == "round" and jumps_at(row, x)):  # of two integers the definition has the upper
                with mpmath.workdps(1000):
                    value = ORACLES[row.name](mp.mpf(x))
                with mpmath.workdps(60):
                    found = number(trees.put(form, row, (U,)), x)
                    assert mpmath.almosteq(found, value, rel_eps=1e-25, abs_eps=mp.mpf(10) ** -25), (form, x)


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=list(DTYPES))
@pytest.mark.parametrize("row", SMOOTH, ids=name_of)
def test_stable_slopes_are_accurate_in_every_dtype(row, dtype):
    """Relative to the exact slope at the very point; where it depends on v, the rounding of v counts at its weight."""
    unit, largest = float(ml_dtypes.finfo(dtype).eps), 50 if dtype.itemsize == 2 else 1e10
    smallest = float(ml_dtypes.finfo(dtype).smallest_normal)
    slope = forms.compiled(trees.stable_slope(row.name), ("u", "v"), dtype)
    for x in inside(row, dtype, largest):
        wanted = slope_of(row, float(x))
        with np.errstate(all="ignore"):
            v = forms.function(row, dtype)(x)
            found = slope(x, v)
        if not (np.isfinite(v) and max(1e-29, 16 * smallest) < abs(wanted) < 1e4 * largest):
            continue
        assert found.dtype == dtype
        weight = max(1.0, abs(float(x * wanted / v))) if "v" in row.stable else 1.0
        # beside a zero of ψ, as at −0.504, the terms of its sum cancel, whose size is about 1
        cancelled = 4 * unit * max(1.0, abs(float(v))) if "digamma" in f"{row.slope}{row.stable}" else 0.0
        assert abs(float(found) - wanted) <= (16 * weight + abs(float(x))) * abs(wanted) * unit + cancelled, x


@pytest.mark.parametrize("row", CERTIFIED, ids=name_of)
@pytest.mark.parametrize("bits", [64, 200])
def test_balls_hold_value_and_slope(row, bits):
    for x in map(float, inside(row)):
        with working_precision(bits):
            u = arb(x)
            value = exact_forms.value(row.name)(BALLS, u)
            slope = exact_forms.slope(row.name)(BALLS, u, value)
            continued = exact_forms.value(row.name)(_COMPLEX, acb(x))
        with mpmath.workdps(60):
            assert holds(value, ORACLES[row.name](mp.mpf(x)))
            assert continued.real.overlaps(value)
            assert holds(slope, slope_of(row, x), 1e-35)


def holds(ball, number, error=1e-58):
    """Whether a ball may hold a number of mpmath that errs by this."""
    with working_precision(240):
        near = arb(mpmath.nstr(number, 65))
        return bool((ball + arb(0, error) * (1 + abs(near))).overlaps(near))


@pytest.mark.parametrize("row", registry.rows("typed", "tree", "rows"), ids=name_of)
def test_the_notation_reads_the_forms_as_the_same_trees(row):
    texts = [row.slope, *row.other_slopes, row.definition, row.stable, row.analytic, row.slope_by_value, row.exact]
    texts += [
        *(margin.form for margin in row.domain),
        row.breaks,
        row.steep_at,
        row.hole_at,
        *row.branches,
        *row.defaults,
    ]
    hidden = {known.name for known in registry.rows("rows")} | {"trigamma"}
    for text in filter(None, texts):
        tree = trees.read(text)
        if not any(name in text for name in hidden):
            assert read(text).tree == tree


def test_a_form_is_an_expression_of_known_functions():
    assert trees.read("hypot(u, 1)") == Call("hypot", (U, read("1").tree))
    for text in ("zeta(u)", "u +", "u if u else v", "'u'", "u.real", "[u]", "lambda: u", "u < v", "max(*u)"):
        with pytest.raises(trees.FormError):
            trees.read(text)
