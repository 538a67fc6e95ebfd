"""A difference quotient as Python, the operations in the order in which numdiff does them: the same bits come out."""

from __future__ import annotations

from numdiff.difference.schemes import Scheme, Step
from numdiff.evaluate.operations import replaced_in_complex
from numdiff.evaluate.tape import compile_tape
from numdiff.tree import Node


def node(offset: int) -> str:
    """Return the code of x + offset·h."""
    if offset == 0:
        return "x"
    length = "h" if abs(offset) == 1 else f"{abs(offset)}*h"
    return f"x {'+' if offset > 0 else '-'} {length}"


def _times(coefficient: int, body: str) -> str:
    return body if abs(coefficient) == 1 else f"{abs(coefficient)}*{body}"


def _joined(terms: list[tuple[int, str]]) -> str:
    """Return Σ c·body from left to right."""
    text = ""
    for coefficient, body in terms:
        sign = ("-" if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
        text += sign + _times(coefficient, body)
    return text


def above(scheme: Scheme) -> str:
    """Return the code of the numerator."""
    return _joined([(n, f"f({node(o)})") for o, n in zip(scheme.offsets, scheme.numerators, strict=True)])


def below(scheme: Scheme, step: Step = "nominal") -> str:
    """Return the code of what it is divided by: d·h, or the same difference of the nodes as they were rounded."""
    if step == "nominal":
        return "h" if scheme.denominator == 1 else f"({scheme.denominator}*h)"
    places = dict(zip(scheme.offsets, scheme.numerators, strict=True))
    is_paired = all(places.get(-offset) == -n for offset, n in places.items())
    spans = []
    for offset, coefficient in places.items():
        if is_paired and offset > 0:
            spans.append((coefficient, f"(({node(offset)}) - ({node(-offset)}))"))
        elif not is_paired and offset:
            spans.append((coefficient, f"(({node(offset)}) - x)"))
    return f"({_joined(spans)})"


def quotient(scheme: Scheme, step: Step = "nominal") -> str:
    """Return the code of the quotient in f, x and h."""
    if scheme.imaginary:
        return "np.imag(f(x + 1j*h)) / h"
    numerator = above(scheme)
    return f"({numerator}) / {below(scheme, step)}"


def takes_complex(tree: Node) -> bool:
    """Return whether the printed f computes with complex numbers what numdiff does.

    For some operations NumPy refuses complex numbers, or goes another way with them: numdiff replaces just these.
    """
    replaced = replaced_in_complex()
    return not any(step.op in replaced for step in compile_tape(tree).instructions)
