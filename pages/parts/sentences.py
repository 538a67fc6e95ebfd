"""What is said in words about a point and about a step: the same sentences on every page.

What holds is decided in numdiff (:func:`numdiff.point_kind`, :func:`numdiff.explain`); here it is only put in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from numdiff.error.advice import Verdict
from numdiff.error.point import Point
from numdiff.error.split import Parts
from pages.parts import numbers
from pages.parts.i18n import Translator

_WITHOUT_ESTIMATE = ("overflow", "undecidable")
"""Kinds of points that may have a derivative: there a quotient is not said to be wrong."""


def short_name(_: Translator, scheme: str) -> str:
    """Return the name of a difference scheme where there is little room; its full name where it has no other."""
    return _(f"short.{scheme}") if _.has(f"short.{scheme}") else _(f"term.{scheme}")


@dataclass(frozen=True)
class Step:
    """What a sentence about one step fills in.

    Attributes
    ----------
    scheme, dtype : str
        Ids.
    x, dx : float
        As the learner gave them.
    estimate, exact : float
        The quotient, and f′(x); NaN if there is none.
    parts : Parts
        The error.
    known : mapping
        The parts of the error that are known exactly, by name.
    """

    scheme: str
    dtype: str
    x: float
    dx: float
    estimate: float
    exact: float
    parts: Parts
    known: dict[str, Fraction]


def number(value: float) -> str:
    """Return a float as one writes it in a sum: all its digits, but no ``.0``."""
    return numbers.full(value).removesuffix(".0")


def signed(value: float) -> str:
    """Return a slope with its sign."""
    text = number(value)
    return f"+{text}" if value > 0 else text


def size(value: float) -> str:
    """Return the size of an error: two digits and a power of ten, 0 as it is."""
    return numbers.significant(abs(value), 2) if 1e-3 <= abs(value) < 1e4 else numbers.scientific(abs(value), 2)


def relation(value: float, known: Fraction | None = None, count: int = 2) -> str:
    """Return "=" if a number is 0, or known exactly and whole in ``count`` digits; else "≈"."""
    is_whole = value == 0 or (known is not None and numbers.to_decimal(known, count).is_exact)
    return "=" if is_whole else "≈"


def _compared(value: float, known: Fraction | None) -> str:
    return f"{relation(value, known)}\u00a0{size(value)}"  # a line does not end before the number


def of_step(verdict: Verdict, step: Step, _: Translator) -> str:
    """Return what rules the error at a step, and what another step would do."""
    parts, known = step.parts, step.known
    given = {
        "scheme": _(f"term.{step.scheme}"),
        "dtype": step.dtype,
        "x": number(step.x),
        "dx": numbers.step(step.dx),
        "exact": number(step.exact),
        "error_is": _compared(parts.errors, known.get("errors")),
        "truncation_is": _compared(parts.truncation, known.get("truncation")),
        "rounding_is": _compared(parts.rounding, known.get("rounding")),
    }
    sentences = [_(f"here.{verdict.code}", **given)]
    if verdict.advice:
        sentences.append(_(f"advice.{verdict.advice}"))
    return " ".join(sentences)


def of_point(point: Point, step: Step, _: Translator) -> str:
    """Return why f has no derivative at a point, and that a quotient is wrong which a scheme gives all the same."""
    given = {"x": number(step.x), "dtype": step.dtype, "left": "", "right": ""}
    if point.sides is not None:
        given |= {"left": signed(point.sides.left.slope), "right": signed(point.sides.right.slope)}
    sentences = [_(f"point.{point.kind}", **given)]
    if math.isfinite(step.estimate) and point.kind not in _WITHOUT_ESTIMATE:
        words = {"dx": numbers.step(step.dx), "scheme": _(f"term.{step.scheme}"), "estimate": number(step.estimate)}
        sentences.append(_("point.estimate", **words))
    return " ".join(sentences)
