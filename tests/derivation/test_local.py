"""The table of standard derivatives against the exact derivative of the function itself."""

import mpmath
import pytest

from numdiff.derivation.local import local_derivative
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Add, Call, Div, Mul, Neg, Number, Pow, Sub, Variable
from tests.evaluate.cases import ALL

U, V, W = Variable("u"), Variable("v"), Variable("w")
NODES = {
    "add": Add(U, V),
    "sub": Sub(U, V),
    "mul": Mul(U, V),
    "div": Div(U, V),
    "neg": Neg(U),
    "pow": Pow(U, V),
    "log": Call("log", (U, V)),
    "leaky_relu": Call("leaky_relu", (U, V)),
    "max": Call("max", (U, V, W)),
    "min": Call("min", (U, V, W)),
}
POINTS = [
    {"u": 0.75, "v": 2.5, "w": 3.25},
    {"u": 2.25, "v": 0.5, "w": 1.5},
    {"u": 1.25, "v": 3.5, "w": 0.125},
]


def equal(tree, derived, by, point):
    wanted = exact_derivative(tree, point, by)
    found = exact_value(derived, point)
    assert wanted.status == found.status == "ok"
    assert mpmath.almosteq(wanted.value, found.value, rel_eps=1e-40, abs_eps=1e-40)


@pytest.mark.parametrize("name", NODES)
@pytest.mark.parametrize("point", POINTS)
def test_operations_of_several_operands(name, point):
    operands = (U, V, W)[: {"neg": 1, "max": 3, "min": 3}.get(name, 2)]
    for which, operand in enumerate(operands):
        derived = local_derivative(name, operands, which)
        equal(NODES[name], derived, operand.name, point)


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, case in ALL.items() if isinstance(case[0], Call)])
def test_functions(name, case):
    tree, _, points = case
    derived = local_derivative(tree.name, tree.arguments, 0)
    for point in points:
        if tree.name not in {"log", "min", "max"} or tree == Call("log", (Variable("x"), Number("3"))):
            equal(tree, derived, "x", {"x": float(point)})


@pytest.mark.parametrize("exponent", ["0", "1", "2", "3", "7", "0.5", "2.5", "1e-4"])
@pytest.mark.parametrize("sign", [1, -1])
def test_powers(exponent, sign):
    node = Number(exponent) if sign > 0 else Neg(Number(exponent))
    equal(Pow(U, node), local_derivative("pow", (U, node), 0), "u", {"u": 1.75})
    fraction = Div(Number("2"), Number("3")) if sign > 0 else Neg(Div(Number("2"), Number("3")))
    equal(Pow(U, fraction), local_derivative("pow", (U, fraction), 0), "u", {"u": -1.75})


def test_every_function_has_its_derivative():
    for name in set(FUNCTIONS) - {"trigamma"}:  # whose own is not known
        least, _ = FUNCTIONS[name]
        operands = (U, Number("4")) if name == "root" else (U, V)[:least]
        assert local_derivative(name, operands, 0) is not None
    assert local_derivative("root", (U, Number("4")), 1) is None
    assert local_derivative("leaky_relu", (U,), 0) == local_derivative("leaky_relu", (U, Number("0.01")), 0)


def test_what_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        local_derivative("zeta", (U,), 0)
    with pytest.raises(IndexError):
        local_derivative("sin", (U,), 1)
