"""Every script that a page writes runs, for every function of the notation, and for numbers beyond float64."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from numdiff.difference.schemes import difference
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function, parse
from pages.parts.takehome.document import Document, script
from pages.parts.takehome.quotients import takes_complex
from tests.takehome.test_run import printed
from tests.takehome.written import EXPLORERS, documents, formulas

RUNNER = Path(__file__).with_name("together.py")
DX = 1e-4

OF_ROOTS = {f"power {k}": (text, x) for k, (text, x) in enumerate([
    ("x^(1/3)", "-2"), ("x^(2/3)", "-8"), ("x^(-1/3)", "0.5"), ("root(x, 5)", "-3"), ("y x^(3/5)", "-1"),
    ("x^0.2", "0.5"), ("cbrt(x)", "-0.001"), ("2^x x^y", "0.3"), ("x^x", "0.7"), ("root(x, 4)", "0.2"),
])}  # fmt: skip
BEYOND = {f"beyond {k}": (text, x) for k, (text, x) in enumerate([
    ("gelu(1e16x)", "-2"), ("silu(1e16x)", "-2"), ("erf(1e16x)", "3"),
    ("e^(e^(e^x))", "3"), ("x^(x^(x^1.1))", "10"),
    ("e^(e^(e^(e^x)))", "3"), ("exp(exp(exp(20x)))", "1"), ("e^(e^(e^(e^x)))", "-1"), ("x^(x^(x^(x^x)))", "10"),
    ("e^x^x^x", "-0.5"), ("sin(e^(e^(e^x)))", "2"), ("cosh(sinh(cosh(sinh(x))))", "1.5"), ("y^(3^(3^(3^x)))", "3"),
    *((f"{name}(1e200x)", x) for name in ("sigmoid", "softplus", "tanh", "silu", "gelu", "erf", "sin", "sech", "exp")
      for x in ("-2", "0", "1e-200")), ("e^(-(1e200x)^2)", "-2"), ("e^(-(1e200x)^2)", "0"), ("tan(1e299x^9)", "3"),
    ("cosh(x)", "800"), ("ln(1+e^x)", "1000"), ("x^-1000", "0.001"), ("1e299x", "1e9"),
])}  # fmt: skip
OUTSIDE = {f"outside {k}": (text, x) for k, (text, x) in enumerate([
    ("max(x^x, 2^x)", "1e9"), ("max(x^x, x)", "-1"), ("max(x^x, x)", "-0.5"), ("min(ln x, x)", "-2"),
    ("relu(ln x)", "-1"), ("max(x, 1/x, √x)", "1e-3"), ("|√x|", "1e-5"), ("(√x)^2", "1e-5"), ("arcosh(x)", "0.5"),
    ("ln x", "-3"), ("√x", "0"), ("1/x", "0"), ("1/(x - 1e-4)", "0"), ("x^-2", "0.0001"), ("sign(x)", "0"),
    ("|x|", "0"), ("floor(x)", "2"), ("5", "2"), ("0x", "1"), ("x - x", "1"),
    ("(-6)^x", "2"), ("y sin((-2)^x)", "2.5"),
])}  # fmt: skip


def frozen(text: str) -> Function:
    return parse(re.sub(r"\by\b", "2", text))


def run_all(folder: Path, made: dict[str, Document], numpy: str) -> dict[str, str]:
    """Run the scripts of documents together; return what each printed."""
    for name, document in made.items():
        (folder / f"{name}.py").write_text(script(document), encoding="utf-8")
    subprocess.run([sys.executable, RUNNER, folder, numpy], check=True, timeout=300)
    return {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in made}


def written(cases: dict[str, tuple[str, str]]) -> dict[str, Document]:
    made = {name: documents(text, x, repr(DX)) for name, (text, x) in cases.items()}
    return {f"{name}-{page}": document for name, all_ in made.items() for page, document in all_}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    return run_all(tmp_path_factory.mktemp("functions"), written(formulas() | OF_ROOTS), "error")


@pytest.fixture(scope="module")
def extremes(tmp_path_factory):
    return run_all(tmp_path_factory.mktemp("extremes"), written(BEYOND | OUTSIDE), "ignore")


@pytest.mark.parametrize("page", EXPLORERS)
@pytest.mark.parametrize("name", [*formulas(), *OF_ROOTS])
def test_the_script_of_every_function_runs(outputs, name, page):
    text = outputs[f"{name}-{page}"]
    assert text
    assert not text.endswith("FAILED"), text


@pytest.mark.parametrize("page", EXPLORERS)
@pytest.mark.parametrize("name", [*BEYOND, *OUTSIDE])
def test_the_script_runs_where_float64_ends_or_f_has_no_value(extremes, name, page):
    text = extremes[f"{name}-{page}"]
    assert not text.endswith("FAILED"), text


@pytest.mark.parametrize("text", [text for text, _x in OUTSIDE.values() if "(-" in text])
def test_no_script_has_the_logarithm_of_a_negative_base(text):
    """It would stand for a derivative, which there is not."""
    for page, document in documents(text, "2"):
        assert not re.search(r"\b(log|ln)\(", script(document)), page


@pytest.mark.parametrize("name", [*formulas(), *OF_ROOTS])
def test_the_script_prints_the_very_quotients_and_the_derivative(outputs, name):
    """The quotients to the bit, the derivative to the digits of float64."""
    text, x = (formulas() | OF_ROOTS)[name]
    f = frozen(text)
    numbers = printed(outputs[f"{name}-secant"])
    for scheme in ("forward", "backward", "central"):
        assert float(difference(f, float(x), DX, scheme)) in numbers
    exact = exact_derivative(f.tree, {"x": float(x)}, "x", digits=30)
    assert exact.status != "ok" or any(np.isclose(float(exact.value), each, rtol=1e-15, atol=0) for each in numbers)


@pytest.mark.parametrize("name", [*formulas(), *OF_ROOTS])
def test_the_complex_step_is_in_the_script_where_numpy_can_take_it(outputs, name):
    """And then it prints what numdiff computes; the central difference stands in for it elsewhere."""
    text, x = (formulas() | OF_ROOTS)[name]
    f, out = frozen(text), outputs[f"{name}-complex"]
    first = next(line for line in out.splitlines() if line.startswith(("complex", "central")))
    scheme = "complex" if takes_complex(f.tree) else "central"
    assert first.startswith(scheme)
    found, wanted = float(re.findall(r"\S+$", first)[0]), float(difference(f, float(x), DX, scheme))
    assert found == wanted or (scheme == "complex" and np.isclose(found, wanted, rtol=1e-15, atol=0))


@pytest.mark.parametrize("name", [name for name, (text, _x) in OUTSIDE.items() if text in ("|√x|", "(√x)^2")])
def test_a_real_function_has_no_value_by_way_of_complex_numbers(extremes, name):
    """|√x| below 0: mpmath would go on with i and come back; at Δx = 1 the error is NaN as it is on the page."""
    last = [line for line in extremes[f"{name}-error"].splitlines() if line.startswith("1.0 ")]
    assert all(line.split()[2:] == ["nan"] * 5 for line in last)
