"""A call of a function that is not there is refused by all who print or compute it: no name is guessed."""

import re

import numpy as np
import pytest

import numdiff as nd
from numdiff.algebra.codec import CodecError, decode, encode
from numdiff.algebra.symbolic import to_sympy
from numdiff.derivation.local import local_derivative
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.evaluate.tape import compile_tape
from numdiff.function import Function
from numdiff.functions.registry import FUNCTIONS, UnknownFunctionError
from numdiff.printing.exact_code import to_exact
from numdiff.printing.javascript import to_javascript
from numdiff.printing.latex import to_latex
from numdiff.printing.python import to_python
from numdiff.printing.text import to_text, to_typed
from numdiff.tree import Add, Call, Mul, Number, Pow, Variable

X = Variable("x")
NAMES = ("foo", "", "np", "power", "odd_root", "oddRoot", "leakyRelu", "zeta", "random", "log3", "ln ", "Sin", "eval")
PRINTERS = {
    "python": lambda tree: to_python(tree, ("x",)),
    "javascript": lambda tree: to_javascript(tree, ("x",)),
    "latex": to_latex,
    "text": to_text,
    "typed": to_typed,
    "mpmath": lambda tree: to_exact(tree, {"x": "x"}, "mp"),
    "sympy": lambda tree: to_exact(tree, {"x": "x"}, "sp"),
}
EVALUATORS = {
    "values": lambda tree: evaluate(tree, {"x": 0.5}),
    "complex": lambda tree: evaluate(tree, {"x": np.complex128(0.5)}),
    "dual": lambda tree: evaluate_dual(tree, {"x": 0.5}, "x"),
    "tape": compile_tape,
    "exact": lambda tree: exact_value(tree, {"x": 1}),
    "exact slope": lambda tree: exact_derivative(tree, {"x": 1}, "x"),
    "worker": lambda tree: to_sympy(tree, define=True),
    "function": lambda tree: Function(tree, ("x",))(0.5),
    "graph": lambda tree: nd.graph(Function(tree, ("x",)), 0.5),
    "gradient": lambda tree: nd.gradient(Function(tree, ("x",)), at={"x": 0.5}),
    "sweep": lambda tree: nd.error_sweep(Function(tree, ("x",)), 0.5),
}


@pytest.mark.parametrize("way", [*PRINTERS, *EVALUATORS])
@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_function_is_refused(way, name):
    call = Call(name, (X,))
    for tree in (call, Add(call, X), Pow(call, Number("2")), Mul(Number("2"), Call("sin", (call,)))):
        with pytest.raises(UnknownFunctionError, match=re.escape(repr(name))):
            (PRINTERS | EVALUATORS)[way](tree)


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_function_has_no_rule_and_is_not_sent(name):
    call = Call(name, (X,))
    with pytest.raises(TypeError):
        nd.differentiate(Function(call, ("x",)))
    with pytest.raises(CodecError):
        decode(encode(call))
    with pytest.raises(KeyError):
        local_derivative(name, (X,), 0)


@pytest.mark.parametrize("way", [*PRINTERS, *EVALUATORS])
@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "trigamma"])  # it has no slope
def test_every_known_function_is_printed_and_computed(way, name):
    more = {"log": (Number("3"),), "root": (Number("5"),), "min": (Number("2"),), "max": (Number("2"),)}
    (PRINTERS | EVALUATORS)[way](Call(name, (X, *more.get(name, ()))))
