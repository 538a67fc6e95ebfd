"""The printed Python: exact texts, and the same bits as the evaluator."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings

from numdiff.evaluate.floats import evaluate
from numdiff.functions.registry import FUNCTIONS
from numdiff.printing.python import to_python
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    substitute,
)
from numdiff.tree import variables as free_variables
from tests.strategies import trees

x, y = Variable("x"), Variable("y")
e, pi = Constant("e"), Constant("pi")
zero, one, two, three = (Number(text) for text in "0123")

POINTS = np.array([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -0.5, 1e-8, 3.7, 30.0, -750.0, 1e200, np.nan, np.inf, -np.inf])


def returned(code: str) -> str:
    """The expression after the last return."""
    return code.rstrip("\n").rpartition("return ")[2]


def compiled(code: str):
    namespace: dict[str, object] = {}
    exec(compile(code, "printed", "exec"), namespace)  # noqa: S102 - what a learner who pastes the code does
    return namespace[ast.parse(code).body[-1].name]


def bits(value: object) -> bytes:
    """The bits of a float64 array, with one kind of NaN."""
    array = np.asarray(value)
    assert array.dtype == np.float64
    return np.where(np.isnan(array), np.nan, array).tobytes()


def assert_same_bits(tree: Node) -> None:
    names = free_variables(tree) or ("x",)
    code = to_python(tree, names)
    function = compiled(code)
    columns = {name: np.roll(POINTS, 4 * place) for place, name in enumerate(names)}
    with np.errstate(all="ignore"):
        assert bits(function(*columns.values())) == bits(evaluate(tree, columns)), code
        for point in zip(*columns.values(), strict=True):
            arguments = dict(zip(names, point, strict=True))
            assert bits(function(*point)) == bits(evaluate(tree, arguments)), (code, point)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Mul(Mul(three, x), Pow(e, x)), "3*x*np.exp(x)"),
        (Mul(three, Mul(x, Pow(e, x))), "3*(x*np.exp(x))"),
        (Add(Pow(x, two), one), "x**2 + 1"),
        (Sub(x, Add(y, one)), "x - (y + 1)"),
        (Sub(Sub(x, y), one), "x - y - 1"),
        (Div(one, Add(one, Pow(e, Neg(x)))), "1/(1 + np.exp(-x))"),
        (Div(x, Mul(two, y)), "x/(2*y)"),
        (Mul(Div(x, two), y), "x/2*y"),
        (Neg(Mul(two, x)), "-2*x"),
        (Neg(Add(x, y)), "-(x + y)"),
        (Neg(Neg(x)), "-(-x)"),
        (Mul(x, Neg(y)), "x*(-y)"),
        (Add(x, Neg(y)), "x + (-y)"),
        (Neg(Pow(x, two)), "-x**2"),
        (Pow(Neg(x), two), "(-x)**2"),
        (Pow(x, Neg(two)), "x**-2"),
        (Pow(Pow(x, two), three), "(x**2)**3"),
        (Pow(x, Pow(two, three)), "np.power(x, 2**3)"),
        (Pow(x, Number("2.0")), "np.power(x, 2.0)"),
        (Pow(x, y), "np.power(x, y)"),
        (Pow(two, x), "np.power(2, x)"),
        (Pow(x, Div(one, three)), "np.cbrt(x)"),
        (Pow(x, Neg(Div(two, three))), "np.cbrt(x)**-2"),
        (Pow(x, Div(three, Number("5"))), "odd_root(x, 5)**3"),
        (Call("root", (x, Number("4"))), "np.power(x, 1/4)"),
        (Call("root", (x, Number("5"))), "odd_root(x, 5)"),
        (Call("log", (x, three)), "np.log(x)/np.log(3)"),
        (Call("arccot", (x,)), "np.pi/2 - np.arctan(x)"),
        (Mul(x, Call("sec", (x,))), "x*(1/np.cos(x))"),
        (Call("max", (zero, x, y)), "np.maximum(np.maximum(0, x), y)"),
        (Call("leaky_relu", (x, Number("0.1"))), "leaky_relu(x, 0.1)"),
        (IndexedSum("i", 1, 2, Mul(three, Indexed("x", "i"))), "3*x_1 + 3*x_2"),
        (Mul(pi, Variable("theta")), "np.pi*theta"),
        (Mul(Number("007"), x), "7*x"),
    ],
)
def test_an_expression_is_printed_with_as_few_brackets_as_python_needs(tree: Node, expected: str) -> None:
    assert returned(to_python(tree, free_variables(tree))) == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Div(one, zero), "np.float64(1)/0"),
        (Pow(zero, Neg(one)), "np.float64(0)**-1"),
        (Neg(zero), "-0.0"),
        (Neg(Mul(zero, x)), "-(0*x)"),
        (Mul(Number("9007199254740993"), x), "9007199254740993.0*x"),
        (Pow(Number("10"), Number("20")), "10.0**20"),
        (Pow(Number("10"), Number("400")), "np.float64(10)**400"),
        (Pow(two, Sub(one, two)), "np.power(2.0, 1 - 2)"),
        (Call("abs", (Neg(three),)), "np.abs(np.float64(-3))"),
        (Call("max", (two, three)), "np.maximum(2.0, 3)"),
    ],
)
def test_plain_numbers_are_printed_so_that_python_computes_in_float64(tree: Node, expected: str) -> None:
    assert returned(to_python(tree, ("x",))).removesuffix("*np.ones(np.shape(x))") == expected
    assert_same_bits(tree)


def test_the_code_is_complete() -> None:
    tree = Mul(Mul(three, x), Pow(e, x))
    assert to_python(tree, ("x",)) == "import numpy as np\n\n\ndef f(x):\n    return 3*x*np.exp(x)\n"
    code = to_python(Call("gelu", (x,)), ("x",), "체중")
    assert code.startswith("import math\n\nimport numpy as np\n\n\ndef erf(z):\n")
    assert "def gelu(z):\n" in code
    assert code.endswith("def 체중(x):\n    return gelu(x)\n")
    assert '"""' not in code


@pytest.mark.parametrize("name", ["def", "np", "max", "two words", "sigmoid", "", "f(x)"])
def test_a_name_python_has_no_room_for_becomes_f(name: str) -> None:
    assert "def f(x):" in to_python(x, ("x",), name)


@pytest.mark.parametrize(
    ("names", "header"),
    [
        (("lambda", "np", "math"), "def f(lambda_, np_, math_):"),
        (("야식", "x_1"), "def f(야식, x_1):"),
        (("sum", "sum_", "erf"), "def f(sum_, sum__, erf_):"),
        (("a b", "1"), "def f(v0, v1):"),
    ],
)
def test_parameters_are_identifiers_that_hide_nothing(names: tuple[str, ...], header: str) -> None:
    tree = Add(Add(Variable(names[0]), Variable(names[1])), Variable(names[-1]))
    code = to_python(tree, names)
    assert header in code
    assert bits(compiled(code)(*map(np.float64, range(1, len(names) + 1)))) == bits(np.float64(3.0 + len(names)))


def test_a_constant_takes_its_arguments_shape() -> None:
    points = np.zeros((2, 3))
    assert compiled(to_python(two, ()))() == 2.0
    assert compiled(to_python(two, ()))(points).tolist() == [[2.0] * 3] * 2
    assert compiled(to_python(two, ("x",)))(points).tolist() == [[2.0] * 3] * 2
    assert compiled(to_python(x, ("x", "y")))(np.float64(2.0), points).tolist() == [[2.0] * 3] * 2
    assert isinstance(compiled(to_python(two, ("x",)))(1.0), np.float64)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_has_the_evaluators_bits(name: str) -> None:
    least = FUNCTIONS[name][0]
    second = Number("5") if name in ("root", "log") else y
    assert_same_bits(Call(name, (x, second)[:least]))
    assert_same_bits(Call(name, (Number("0.5"), second)[:least]))
    assert_same_bits(Call(name, (zero, second)[:least]))


@settings(max_examples=300, deadline=None)
@given(trees())
def test_the_printed_code_has_the_evaluators_bits(tree: Node) -> None:
    assert_same_bits(tree)


@settings(max_examples=300, deadline=None)
@given(trees(variables=("x",), sums=False, functions=("abs", "sign", "floor", "relu", "ln", "erf"), max_leaves=8))
def test_numbers_alone_have_the_evaluators_bits(tree: Node) -> None:
    assert_same_bits(substitute(tree, {"x": zero, "a": Number("3")}))


def test_a_long_sum_needs_no_deep_recursion() -> None:
    tree: Node = x
    for _ in range(5000):
        tree = Add(tree, x)
    assert returned(to_python(tree, ("x",))).count("+") == 5000
