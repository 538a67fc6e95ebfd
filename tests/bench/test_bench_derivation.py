"""Deriving, typesetting and verifying beside SymPy's diff, simplify and latex. ``pytest -s`` shows the tables.

SymPy gets its own expressions, made from the same trees beforehand, and as many functions as fit into a few seconds.
Its simplify takes minutes for some of them: each is stopped after a second, which then counts as its time.
"""

# ruff: noqa: T201 - a benchmark prints

import signal
import time

import numpy as np
import sympy

import numdiff as nd
from numdiff.tree import Add, Call, Constant, Div, IndexedSum, Mul, Neg, Number, Pow, Sub, Variable, expand_sums
from tests.bench.timing import print_table, times_of
from tests.derivation.functions import FUNCTIONS, SPECIAL

SECONDS_FOR_SYMPY = 6.0
BINARY = {Add: sympy.Add, Sub: lambda a, b: a - b, Mul: sympy.Mul, Div: lambda a, b: a / b, Pow: sympy.Pow}
RENAMED = {"ln": "log", "abs": "Abs", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "max": "Max", "min": "Min"}
RENAMED |= {name: f"a{name[2:]}" for name in ("arsinh", "arcosh", "artanh", "arsech", "arcsch", "arcoth")}
SPELLED_OUT = {
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "softplus": lambda u: sympy.log(1 + sympy.exp(u)),
    "relu": lambda u: sympy.Max(u, 0),
    "log2": lambda u: sympy.log(u, 2),
    "log10": lambda u: sympy.log(u, 10),
}


def in_sympy(node):
    """The expression in SymPy; KeyError or AttributeError where SymPy has no such function."""
    match node:
        case Number():
            return sympy.Rational(node.text)
        case Constant():
            return {"e": sympy.E, "pi": sympy.pi}[node.name]
        case Variable():
            return sympy.Symbol(node.name, real=True)
        case Neg():
            return -in_sympy(node.argument)
        case IndexedSum():
            return in_sympy(expand_sums(node))
        case Call():
            arguments = [in_sympy(argument) for argument in node.arguments]
            known = SPELLED_OUT.get(node.name) or getattr(sympy, RENAMED.get(node.name, node.name))
            return known(*arguments)
        case _:
            left, right = (node.base, node.exponent) if isinstance(node, Pow) else (node.left, node.right)
            return BINARY[type(node)](in_sympy(left), in_sympy(right))


def derive(function, by):
    """Derive and typeset everything that a page can show."""
    derivation = nd.differentiate(function, by)
    for step in derivation.steps:
        for line in (step.question, *step.lines):
            line.latex()
    for step in derivation.tidying:
        nd.Line(step.after).latex()
    return derivation


def cases():
    functions = [nd.parse(typed) for typed in (*FUNCTIONS, *SPECIAL)]
    return [(function, by) for function in functions for by in function.variables or ("x",)]


class TooLongError(Exception):
    """SymPy was stopped."""


def stop(*_):
    raise TooLongError


def within_a_second(expression, by):
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        sympy.latex(sympy.simplify(sympy.diff(expression, by)))
    except TooLongError:
        return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def with_sympy(every):
    """Return the times of SymPy for as many of the functions as there is time for, spread over all of them."""
    times, started = [], time.perf_counter()
    signal.signal(signal.SIGALRM, stop)
    for place in np.random.default_rng(1).permutation(len(every)):
        function, by = every[place]
        try:
            expression = in_sympy(function.tree)
        except (KeyError, AttributeError):
            continue
        symbol = sympy.Symbol(by, real=True)
        times += times_of(lambda e=expression, x=symbol: within_a_second(e, x), 1)
        if time.perf_counter() - started > SECONDS_FOR_SYMPY:
            break
    return times


def test_deriving_and_verifying():
    every = cases()
    derived, verified = [], []
    for function, by in every:
        derived += times_of(lambda f=function, x=by: derive(f, x), 1)
        # a derivation keeps its sample points: each is verified once, with the search for them
        derivation = nd.differentiate(function, by)
        verified += times_of(derivation.verify, 1)
        assert derivation.verify()
    peer = with_sympy(every)
    print_table(
        f"{len(every)} derivatives ({len(peer)} of them with SymPy)",
        {"derive + LaTeX of all lines": derived, "verify": verified, "SymPy: diff + simplify + latex": peer},
        "ms",
        1e3,
    )


def test_the_longest_inputs():
    """What a visitor could type to keep the server busy: near the limits of the notation."""
    hostile = {
        "product of 100 factors": "x" + "*x" * 99,
        "product of sums": "".join(f"(x+{k})" for k in range(1, 60)),
        "nested quotients": "1/(1+" * 18 + "x" + ")" * 18,
        "quotients in a row": "/".join(["x"] + [f"(x+{k})" for k in range(1, 40)]),
        "towers": "(" * 12 + "x" + "^x)" * 12,
        "nested sines": "sin(" * 36 + "x" + ")" * 36,
        "nested products": "x(1+" * 17 + "x" + ")" * 17,
        "maximum of 40": "max(" + ",".join(f"{k}x" for k in range(1, 41)) + ")",
        "six variables": "(a b c d g h)^(a+b)/(c+d)" + "*(a+b+c+d+g+h)" * 20,
    }
    for name, typed in hostile.items():
        function = nd.parse(typed)
        derive_times = times_of(lambda f=function: derive(f, f.variables[0]), 1)
        derivation = nd.differentiate(function, function.variables[0])
        verify_times = times_of(derivation.verify, 1)
        assert derivation.verify()
        tidied = "left as it is" if derivation.limits else f"{len(derivation.result.latex())} characters"
        print(f"{name:26}{derive_times[0] * 1e3:10.0f} ms{verify_times[0] * 1e3:10.0f} ms   {tidied}")
