"""Every public computation on a typed formula by its name, and a counter of what it costs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

import numpy as np

import numdiff as nd
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.evaluate.floats import evaluate
from numdiff.printing.exact_code import to_exact
from numdiff.printing.text import to_text

At = Mapping[str, float]


def _others(at: At, name: str) -> dict[str, float]:
    return {other: value for other, value in at.items() if other != name}


def _alone(f: nd.Function) -> bool:
    return len(f.variables) <= 1


def _values(f: nd.Function, at: At, _: str) -> Any:
    return f(**at)


def _many_values(f: nd.Function, at: At, _: str) -> Any:
    return f(**{name: value + np.linspace(-2, 2, 65) for name, value in at.items()})


def _sweep(f: nd.Function, at: At, name: str) -> Any:
    return nd.error_sweep(f, at.get(name, 0.7)) if _alone(f) else None


def _derivative(f: nd.Function, at: At, name: str) -> Any:
    return nd.derivative(f, at.get(name, 0.7)) if _alone(f) else None


OPERATIONS: Mapping[str, Callable[[nd.Function, At, str], Any]] = {
    "parse": lambda f, _at, _name: nd.parse(f.text),
    "latex": lambda f, _at, _name: f.latex(),
    "text": lambda f, _at, _name: to_text(f.tree),
    "python": lambda f, _at, _name: f.python(),
    "javascript": lambda f, _at, _name: f.javascript(),
    "exact code": lambda f, _at, _name: [to_exact(f.tree, {n: n for n in f.variables}, kind) for kind in ("sp", "mp")],
    "value": _values,
    "values": _many_values,
    "exact derivative": lambda f, at, name: nd.exact_derivative(f, at.get(name, 0.7), name, at=_others(at, name)),
    "derivative": _derivative,
    "error sweep": _sweep,
    "differentiate": lambda f, _at, name: nd.differentiate(f, name),
    "verify": lambda f, at, name: nd.differentiate(f, name).verify(dict(at) or None),
    "chain": lambda f, _at, name: nd.chain(f, name),
    "chain verify": lambda f, at, name: nd.chain(f, name).verify(dict(at) or None),
    "in terms of itself": lambda f, _at, name: nd.in_terms_of_itself(f, name),
    "graph": lambda f, at, _name: nd.graph(f, dict(at)),
    "gradient": lambda f, at, _name: nd.gradient(f, at=dict(at)) if f.variables else None,
    "gradient check": lambda f, at, _name: nd.gradcheck(f, dict(at)) if f.variables else None,
    "gradient check, wide": lambda f, at, _name: nd.gradcheck(f, dict(at), 0.7) if f.variables else None,
    "gradient check, sweep": lambda f, at, _name: nd.gradcheck_sweep(f, dict(at)) if f.variables else None,
    "derivation as Python": lambda f, at, name: nd.export_python(nd.differentiate(f, name), dict(at) or None),
    "derivation as LaTeX": lambda f, _at, name: nd.export_latex(nd.differentiate(f, name)),
    "derivation as Markdown": lambda f, _at, name: nd.export_markdown(nd.differentiate(f, name)),
    "chain as Python": lambda f, at, name: nd.export_python(nd.chain(f, name), dict(at) or None),
    "chain as Markdown": lambda f, _at, name: nd.export_markdown(nd.chain(f, name)),
}

DOCUMENTED = (nd.InputError,)
"""What an operation on a legal formula may raise."""


class TooLongError(BaseException):
    """The limit of calls was passed; no handler of the code under test catches it."""


class Calls:
    """How many Python and C functions are called within the block: what a computation costs, on any machine.

    Parameters
    ----------
    most : int
        TooLongError is raised within the block where there are more.
    """

    def __init__(self, most: int) -> None:
        self.most, self.count = most, 0

    def _seen(self, _frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.count += 1
            if self.count > self.most:
                sys.setprofile(None)
                raise TooLongError

    def __enter__(self) -> Calls:
        sys.setprofile(self._seen)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)


POINTS = (0.7, 1.3, -0.4, 2.0, 1e-3, 0.0, -3.5)


def point(f: nd.Function, number: int) -> dict[str, float]:
    """Return one of a few points for the formula of this number."""
    return {name: POINTS[(number + 2 * place) % len(POINTS)] for place, name in enumerate(f.variables)}


ROOM = 1e-6
_AGREE = 1e-9


def differing(f: nd.Function, at: At) -> Iterator[str]:
    """Yield what float64 gives that is not the certified value, where float64 can hold it.

    It can where longdouble, whose rounding errors are a two-thousandth, gives the same to nine digits.
    """
    wide = {name: np.longdouble(value) for name, value in at.items()}
    name = f.variables[0] if f.variables else "x"
    slope = nd.differentiate(f, name).result
    pairs = [
        (what, evaluate(g.tree, at, np.float64), evaluate(g.tree, wide, np.longdouble))
        for what, g in (("value", f), ("f′ by rules", slope))
    ]
    truths = (
        exact_value(f.tree, at, 30),
        exact_derivative(f.tree, at, name, 30),
    )
    for (what, narrow, broad), truth in zip(pairs, truths, strict=True):
        is_held = np.isfinite(broad) and abs(narrow - broad) <= _AGREE * abs(broad)
        if is_held and truth.status == "ok" and not abs(float(truth.value) - narrow) <= ROOM * abs(float(truth.value)):
            yield f"{what} {narrow!r}, certified {float(truth.value)!r} at {dict(at)}"
