import numpy as np
import pytest

import numdiff as nd


def test_a_function_is_called_with_numpy_s_semantics():
    f = nd.parse("3x e^x")
    assert f.variables == ("x",)
    assert f(2.0) == 3 * 2.0 * np.exp(2.0)
    points = np.linspace(0, 1, 9).reshape(3, 3)
    np.testing.assert_array_equal(f(points), 3 * points * np.exp(points))


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.complex128])
def test_the_dtype_is_kept(kind):
    values = nd.parse("0.1x^2 + π")(np.ones(3, dtype=kind))
    assert (values.dtype, values.shape) == (np.dtype(kind), (3,))


def test_integers_are_taken_as_float64():
    assert nd.parse("x/2")(np.array([1, 2])).tolist() == [0.5, 1.0]


@pytest.mark.parametrize(("arguments", "shape"), [((), ()), ((2.0,), ()), ((np.zeros((2, 3)),), (2, 3))])
def test_a_constant_takes_no_argument_or_one_whose_shape_it_has(arguments, shape):
    value = nd.parse("5")(*arguments)
    assert np.shape(value) == shape
    assert np.all(value == 5)


def test_several_variables_come_by_position_or_by_any_spelling_of_the_name():
    f = nd.parse("f(x_1, θ) = x₁ - θ")
    assert f(5, 2) == f(5, theta=2) == f(x1=5, θ=2) == f(**{"x_{1}": 5, r"\theta": 2}) == 3


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        ((1, 2, 3), {}, "takes 2 arguments"),
        ((1,), {}, "needs a value for y"),
        ((1,), {"z": 1}, "has no variable 'z'"),
        ((1, 2), {"x": 1}, "has two values"),
    ],
)
def test_wrong_arguments_are_named(arguments, named, message):
    with pytest.raises(TypeError, match=message):
        nd.parse("x + y")(*arguments, **named)


@pytest.mark.parametrize(
    ("text", "x", "value"), [("1/x", 0.0, np.inf), ("ln x", -1.0, np.nan), ("e^x", 1000.0, np.inf)]
)
def test_poles_edges_and_overflow_are_values(text, x, value):
    np.testing.assert_equal(nd.parse(text)(x), value)


def test_equality_is_by_what_was_understood():
    assert nd.parse("x^2") == nd.parse(" x² ") == nd.parse("f(x) = x**2")
    assert nd.parse("x^2") != nd.parse("x*x")
    assert len({nd.parse("2x"), nd.parse("2·x"), nd.parse("２ｘ")}) == 1


def test_the_three_printers_print_the_same_tree():
    f = nd.parse("3x e^-x")
    assert f.latex() == "3x e^{-x}"
    assert f.python() == "import numpy as np\n\n\ndef f(x):\n    return 3*x*np.exp(-x)\n"
    assert f.javascript() == "(x) => 3*x*Math.exp(-x)"


def test_a_pasted_definition_comes_back_as_the_same_mathematics():
    f = nd.parse("1/(1+e^-x)")
    again = nd.parse(f.python())
    points = np.linspace(-3, 3, 7)
    np.testing.assert_array_equal(again(points), f(points))
