"""A function that the program does not have, added as one row: what works with it at once."""

import json
import math
import shutil
import subprocess
from pathlib import Path
from types import MappingProxyType

import ml_dtypes
import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mp, mpf, workdps

import numdiff as nd
from numdiff.algebra.client import algebra
from numdiff.algebra.codec import decode_row, encode_row
from numdiff.evaluate.exact import derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.forward import evaluate_dual
from numdiff.functions import registry
from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import nonzero
from numdiff.graph.build import graph
from numdiff.practice.exercise import FormulaExercise
from numdiff.practice.judge import judge
from numdiff.printing.exact_code import BOUNDS, to_exact
from numdiff.printing.javascript import to_javascript
from numdiff.printing.text import to_text, to_typed
from pages.parts.canvas.script import HELPER_NAMES, JAVASCRIPT_HELPERS
from pages.parts.i18n import translator
from pages.registry import LANGUAGES
from tests.takehome.test_every_function import run_all
from tests.takehome.written import documents

COMPILE = Path(__file__).resolve().parents[2] / "pages" / "parts" / "canvas" / "assets" / "compile.js"

CARDINAL = Elementary(
    name="cardinal",
    slope="(u*cos(u) - sin(u))/u**2",
    definition="sin(u)/u",
    domain=nonzero("u"),
    spellings="sinus_cardinalis",
)
BENT_LINE = Elementary(
    name="bentline",
    family="activation",
    slope="1/(1 + abs(u))**2",
    definition="u/(1 + abs(u))",
    shape="kink",
    breaks="u",
    branches=("u/(1 - u)", "u/(1 + u)"),
)
MIRTH = Elementary(
    name="mirth",
    family="activation",
    slope="tanh(softplus(u)) + u*(1 - tanh(softplus(u))**2)*sigmoid(u)",
    definition="u*tanh(softplus(u))",
    keeps_name=True,
)
HALF_TANH = Elementary(
    name="halftanh",
    family="activation",
    slope="(1 - tanh(u/2)**2)/2",
    stable="1/(2*cosh(u/2)**2)",
    definition="tanh(u/2)",
)
ADDED = (CARDINAL, BENT_LINE, MIRTH, HALF_TANH)
FORMULAS = tuple(f"{row.name}(2x)" for row in ADDED)


@pytest.fixture(autouse=True)
def added():
    registry.register(CARDINAL)
    yield
    registry.unregister("cardinal")


@pytest.fixture
def all_added():
    """All rows, and the name of each one's rule: the one sentence that a page needs in each language."""
    registry.register(*ADDED[1:])
    names = {f"rule.{row.name}": f"{row.name}′" for row in ADDED}
    before = [(translator(one.code), translator(one.code).messages) for one in LANGUAGES]
    for catalogue, messages in before:
        object.__setattr__(catalogue, "messages", MappingProxyType({**messages, **names}))
    yield
    for catalogue, messages in before:
        object.__setattr__(catalogue, "messages", messages)
    for row in ADDED[1:]:
        registry.unregister(row.name)


def wanted(x):
    with workdps(60):
        x = mpf(x)
        return mp.sin(x) / x, (x * mp.cos(x) - mp.sin(x)) / x**2


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_it_is_typed_and_has_values_in_every_format(dtype):
    f = nd.parse("3 cardinal(2x)")
    x = np.array([0.25, 1.0, 2.5], dtype)
    assert f(x).dtype == x.dtype
    assert np.array_equal(f(x), np.dtype(dtype).type(3) * (np.sin(2 * x) / (2 * x)))
    assert np.isnan(f(0.0))


def test_it_is_printed_in_latex_and_text():
    tree = nd.parse("cardinal(x)^2").tree
    assert nd.parse("2cardinal(x)").latex() == r"2 \operatorname{cardinal}(x)"
    assert to_text(tree) == "cardinal(x)²"
    assert nd.parse(nd.parse("cardinal(x)^2").latex()).tree == tree


def test_its_exact_value_and_derivative_are_certified():
    tree = nd.parse("cardinal(x)").tree
    value, slope = wanted(2)
    for found, number in ((exact_value(tree, {"x": 2}), value), (exact_derivative(tree, {"x": 2}, "x"), slope)):
        assert (found.status, found.certified) == ("ok", True)
        assert abs(found.value - number) < 1e-45
    by_series = derivative_by_series(tree, {"x": 2}, "x")
    assert by_series is not None
    assert abs(by_series.value - slope) < 1e-45
    assert (exact_value(tree, {"x": 0}).status, exact_value(tree, {"x": 0}).reason) == ("undefined", "pole")


@pytest.mark.parametrize(
    "typed", ["cardinal(x)", "x^2 cardinal(3x - 1)", "ln(cardinal(x)^2 + 1)", "cardinal(cardinal(x))"]
)
def test_its_derivation_is_worked_out_and_verified(typed):
    derivation = nd.differentiate(typed)
    assert derivation.verify()
    assert any("cardinal" in (step.rule, step.outer) for step in derivation.steps)
    exact = exact_derivative(nd.parse(typed).tree, {"x": 2}, "x")
    found = exact_value(derivation.result.tree, {"x": 2})
    assert abs(exact.value - found.value) < 1e-40


def test_every_way_to_a_derivative_agrees():
    f = nd.parse("x cardinal(y) + cardinal(x)")
    at = {"x": 1.5, "y": 0.5}
    expected = float(nd.exact_derivative(f, 1.5, "x", at={"y": 0.5}))
    assert nd.partial(f, "x", at=at).df == pytest.approx(expected, rel=1e-9)
    assert graph(f, at=at).node("v-1").adjoint == pytest.approx(expected, rel=1e-14)
    g = nd.parse("cardinal(x)")
    assert nd.complex_step(g, 1.5) == pytest.approx(float(wanted(1.5)[1]), rel=1e-14)
    assert nd.derivative(g, 1.5).df == pytest.approx(float(wanted(1.5)[1]), rel=1e-9)
    sweep = nd.error_sweep(g, 1.5)
    assert np.isfinite(sweep.errors).all()
    assert nd.gradcheck(f, at=at)


@pytest.mark.parametrize(
    ("row", "typed", "kind", "place"),
    [(CARDINAL, "cardinal(3x - 1)", "pole", 1 / 3), (BENT_LINE, "bentline(x - 0.25)", "kink", 0.25)],
    ids=["cardinal", "bentline"],
)
def test_gradient_checks_find_where_it_has_no_derivative(row, typed, kind, place):
    if row is not CARDINAL:
        registry.register(row)
    try:
        f = nd.parse(typed)
        (near,) = nd.gradcheck(f, at={"x": place + 0.004}, dx=0.01)["x"].kinks
        assert (near.operation, near.kind, near.certain) == (row.name, kind, True)
        assert near.position == pytest.approx(place, rel=1e-15)
        assert not nd.gradcheck(f, at={"x": place + 0.04}, dx=0.01)["x"].kinks
    finally:
        if row is not CARDINAL:
            registry.unregister(row.name)


def test_a_kinked_row_has_values_a_rule_and_both_branches():
    registry.register(BENT_LINE)
    try:
        f = nd.parse("bentline(2x)")
        assert np.array_equal(f(np.array([-1.0, 0.0, 1.0])), np.array([-2 / 3, 0.0, 2 / 3]))
        assert nd.parse("bentline(x)").latex() == r"\operatorname{bentline}(x)"
        for x in (-1.25, 0.5, 3.0):
            slope = 2 / (1 + abs(2 * x)) ** 2
            assert float(exact_derivative(f.tree, {"x": x}, "x").value) == pytest.approx(slope, rel=1e-15)
            assert float(derivative_by_series(f.tree, {"x": x}, "x").value) == pytest.approx(slope, rel=1e-15)
            assert float(exact_value(f.tree, {"x": x}).value) == pytest.approx(f(x), rel=1e-15)
            assert evaluate_dual(f.tree, {"x": x}, "x")[1] == pytest.approx(slope, rel=1e-15)
        assert np.isnan(evaluate_dual(f.tree, {"x": 0.0}, "x")[1])
        assert exact_derivative(f.tree, {"x": 0}, "x").status == "undecidable"
        derivation = nd.differentiate("bentline(2x)")
        assert derivation.verify()
        assert [condition.code for condition in derivation.conditions] == ["nonzero"]
    finally:
        registry.unregister("bentline")


@pytest.mark.usefixtures("all_added")
@pytest.mark.parametrize("text", [*FORMULAS, "x cardinal(x)^2 + mirth(-x)/bentline(x)"])
class TestEveryRow:
    def test_it_is_echoed(self, text):
        tree = nd.parse(text).tree
        assert nd.parse(nd.parse(text).latex()).tree == tree
        assert nd.parse(to_typed(tree)).tree == tree

    def test_the_pasted_python_gives_the_same_bits(self, text):
        f, space = nd.parse(text), {}
        exec(f.python(), space)  # noqa: S102 - what our own printer wrote
        x = np.linspace(-3.9, 4.1, 41)
        assert np.array_equal(space["f"](x), f(x), equal_nan=True)
        assert [space["f"](each) for each in x] == [f(each) for each in x]

    def test_the_canvas_draws_it(self, text):
        points = [-2.5, 0.25, 1.5, 4.0]
        code = to_javascript(nd.parse(text).tree, ("x",), inline_helpers=False)
        script = f"""
import {{ compile }} from {json.dumps(COMPILE.as_uri())}
{JAVASCRIPT_HELPERS}
console.log(JSON.stringify({points}.map(compile({json.dumps(code)}, {{ {", ".join(sorted(HELPER_NAMES))} }}))))
"""
        node = shutil.which("node")
        answer = subprocess.run([node, "--input-type=module", "-e", script], check=True, capture_output=True, text=True)
        assert json.loads(answer.stdout) == pytest.approx(nd.parse(text)(np.array(points)), rel=1e-13)

    def test_sympy_and_mpmath_compute_its_printed_code(self, text):
        tree, x = nd.parse(text).tree, mpf("1.5")
        exact = exact_value(tree, {"x": 1.5}).value
        symbol = sympy.Symbol("x", real=True)
        symbolic = eval(to_exact(tree, {"x": "x"}, "sp"), {"sp": sympy, "x": symbol})  # noqa: S307 - our own
        value = symbolic.evalf(40, subs={symbol: sympy.Rational(3, 2)})
        with workdps(50):
            assert abs(mpmath.mpmathify(str(value)) - exact) < 1e-35
        space = {"mp": mpmath, "min": min, "max": max, "x": x}
        exec(BOUNDS.format("bounds"), space)  # noqa: S102 - our own
        for is_bounded in (False, True):
            with workdps(50):
                found = eval(to_exact(tree, {"x": "x"}, "mp", is_bounded=is_bounded), space)  # noqa: S307 - our own
                assert abs(found - exact) < 1e-35

    def test_it_has_values_in_every_format(self, text):
        f, exact = nd.parse(text), float(exact_value(nd.parse(text).tree, {"x": 1.5}).value)
        for kind in (np.float16, ml_dtypes.bfloat16, np.float32, np.float64, np.longdouble):
            value = f(np.asarray(1.5, kind)[()])
            assert value.dtype == kind
            assert float(value) == pytest.approx(exact, rel=16 * float(ml_dtypes.finfo(kind).eps))
        value = f(np.complex128(1.5))
        assert np.isnan(value) if "bentline" in text else value == pytest.approx(exact)

    def test_the_derivation_is_verified_and_exported(self, text):
        derivation, f = nd.differentiate(text), nd.parse(text)
        assert derivation.verify()
        assert nd.chain(f).verify()
        assert nd.export_latex(derivation)
        assert nd.export_markdown(derivation)
        space = {"__name__": "exported"}
        exec(nd.export_python(derivation), space)  # noqa: S102 - what our own printer wrote
        assert space["df"](1.5) == pytest.approx(float(nd.exact_derivative(f, 1.5)), rel=1e-13)

    def test_its_derivatives_and_taylor_terms_are_the_exact_ones(self, text):
        f = nd.parse(text)
        slope = float(nd.exact_derivative(f, 1.5))
        by_series = derivative_by_series(f.tree, {"x": 1.5}, "x")
        assert float(by_series.value) == pytest.approx(slope, rel=1e-15)
        terms = nd.taylor_terms(f, 1.5)
        assert terms[:3] == pytest.approx([f(1.5), slope, nd.second_derivative(f, 1.5).df], rel=1e-6)
        assert evaluate_dual(f.tree, {"x": np.array([1.5, 2.0])}, "x")[1][0] == pytest.approx(slope, rel=1e-13)
        assert nd.graph(f, 1.5).node("v0").adjoint == pytest.approx(slope, rel=1e-13)
        assert nd.gradcheck(f, at={"x": 1.5})
        assert np.isfinite(nd.gradcheck_sweep(f, at={"x": 1.5}).steps).all()
        assert np.isfinite(nd.error_sweep(f, 1.5).errors).all()
        assert nd.tangent(f, 1.5, 1e-3)

    def test_practice_judges_an_answer(self, text):
        exercise = FormulaExercise("chain", 1, 0, nd.parse(text), "x")
        assert judge(exercise, to_typed(exercise.answer.tree)).right
        assert judge(exercise, f"-({to_typed(exercise.answer.tree)})").right is False
        assert nd.equivalent(text, f"2({text})/2")

    def test_the_worker_is_told_of_it(self, text):
        client = algebra()
        square = nd.parse(f"({text})^2 - 1").tree
        assert client.prove_equal(square, nd.parse(f"({text} - 1)({text} + 1)").tree, 20.0)
        if text.startswith("mirth"):
            assert to_text(client.simplify(nd.parse(f"{text} + 2 {text}").tree, 20.0)) == "3mirth(2x)"

    def test_the_scripts_of_the_pages_run(self, text, tmp_path):
        for name, printed in run_all(tmp_path, dict(documents(text, "1.5")), "error").items():
            assert printed, name
            assert not printed.endswith("FAILED"), printed


@pytest.mark.usefixtures("all_added")
def test_it_is_found_in_the_relation_of_f_and_its_derivative():
    assert nd.in_terms_of_itself("halftanh(x)").note.code == "polynomial"
    assert nd.in_terms_of_itself("cardinal(x)").settled


@pytest.mark.parametrize("row", ADDED, ids=lambda row: row.name)
def test_a_row_is_sent_whole(row):
    assert decode_row(json.loads(json.dumps(encode_row(row)))) == row


def test_a_row_that_is_gone_is_gone():
    tree = nd.parse("cardinal(x)").tree
    registry.unregister("cardinal")
    with pytest.raises(registry.UnknownFunctionError):
        to_javascript(tree, ("x",))
    registry.register(CARDINAL)
    assert math.isnan(nd.parse("cardinal(x)")(0.0))
