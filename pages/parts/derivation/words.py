"""The names of rules, what each says, a hint that does not give it away, and conditions, in the session's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from numdiff.derivation.local import local_derivative
from numdiff.derivation.steps import JOINS, Check, Condition, Step, Style
from numdiff.functions.registry import unary
from numdiff.printing.latex import to_latex
from numdiff.tree import Call, Node, Variable, walk
from pages.parts.i18n import Translator

MOST_CONDITIONS = 8
"""Conditions that are written out together; each of a derivation stands at its own step as well."""
LARGEST_CONDITION = 40
"""Nodes of a condition that is written out."""

_GENERAL: Mapping[str, str] = MappingProxyType(
    {
        "constant": r"(c)' = 0",
        "constant_multiple": r"(c\,u)' = c\,u'",
        "identity": r"(x)' = 1",
        "sum": r"(u + v)' = u' + v'",
        "difference": r"(u - v)' = u' - v'",
        "power": r"(x^{n})' = n\,x^{n-1}",
        "root": r"(\sqrt[n]{x})' = \frac{1}{n \sqrt[n]{x^{n-1}}}",
        "exponential": r"(e^{x})' = e^{x}",
        "exponential_base": r"(a^{x})' = a^{x} \ln a",
        "logarithm": r"(\ln x)' = \frac{1}{x}",
        "logarithm_base": r"(\log_{b} x)' = \frac{1}{x \ln b}",
        "product": r"(u\,v)' = u'\,v + u\,v'",
        "quotient": r"\left(\frac{u}{v}\right)' = \frac{u'\,v - u\,v'}{v^{2}}",
        "reciprocal": r"\frac{1}{u} = u^{-1}",
        "chain": r"\frac{@ f}{@ x} = \frac{@ f}{@ t} \cdot \frac{@ t}{@ x}",
        "power_exponent": r"u^{v} = e^{v \ln u}",
        "piecewise": (
            r"\left(\begin{cases} u & x > a \\ v & x < a \end{cases}\right)'"
            r" = \begin{cases} u' & x > a \\ v' & x < a \end{cases}"
        ),
        "indexed_sum": r"\left(\sum_{i} u_{i}\right)' = \sum_{i} u_{i}'",
    }
)
"""What each rule says in letters; the rule of a standard function is taken from the table of derivatives."""


def general(rule: str, style: Style = "partial") -> str:
    """Return the rule in letters as LaTeX; "" where there is no formula."""
    if rule in _GENERAL:
        return _GENERAL[rule].replace("@", {"partial": r"\partial", "total": "d"}[style])
    if rule not in unary():
        return ""
    x = Variable("x")
    slope = local_derivative(rule, (x,))
    return f"({to_latex(Call(rule, (x,)))})' = {to_latex(slope)}" if slope is not None else ""


def name(rule: str, _: Translator) -> str:
    """Return the name of a rule."""
    return _(f"rule.{rule}")


def says(rule: str, _: Translator) -> str:
    """Return the rule as a sentence."""
    own = f"rule.{rule}.says"
    return _(own) if _.has(own) else _("rule.standard.says")


def hint(step: Step, _: Translator) -> str:
    """Return what to look at, without the rule's name."""
    own = f"rule.{step.rule}.hint"
    return _(own) if _.has(own) else _("rule.standard.hint")


def tidying(rule: str, _: Translator) -> str:
    """Return what a step of tidying does."""
    return _(f"tidy.{rule}")


def _formula(node: Node) -> str:
    return f"${to_latex(node)}$"


def condition(of: Condition, _: Translator) -> str:
    """Return a condition as a sentence with its formula typeset."""
    if of.latex():
        return _(f"chain.condition.{of.kind}", formula=f"${of.latex()}$")
    if of.code in JOINS:
        return _join(of, _)
    return _(f"chain.condition.{of.code}", formula=_formula(of.node))


def _join(of: Condition, _: Translator) -> str:
    """Return what is found where two pieces meet: a common slope, a kink or a jump."""
    place = f"${of.place_latex()}$"
    if of.slope is not None:
        return _("chain.condition.slope_at", formula=place, slope=_formula(of.slope))
    return _(f"chain.condition.{of.code}", formula=place)


def conditions(of: Sequence[Condition], _: Translator) -> str:
    """Return conditions as sentences, those that say the same of several formulas in one.

    At most :data:`MOST_CONDITIONS` are written out, and none beyond :data:`LARGEST_CONDITION`: a tree may share its
    parts, and be longer than any page when it is written out. That some are left out is said.
    """
    shown = [item for item in of if is_short(item.node)][:MOST_CONDITIONS]
    formulas: dict[str, list[str]] = {}
    joins = [_join(item, _) for item in shown if item.code in JOINS]
    for item in shown:
        if item.code in JOINS:
            continue
        key = item.kind if item.latex() else item.code
        formulas.setdefault(key, []).append(f"${item.latex()}$" if item.latex() else _formula(item.node))
    said = [*joins, *(_(f"chain.condition.{key}", formula=tuple(found)) for key, found in formulas.items())]
    return " ".join(said if len(shown) == len(of) else [*said, _("chain.condition.more")])


def is_short(node: Node, most: int = LARGEST_CONDITION) -> bool:
    """Return True if a tree written out has no more than that many parts."""
    return next(islice(walk(node), most, None), None) is None


def failure(check: Check, _: Translator) -> str:
    """Return why a line did not pass its check."""
    return _(f"chain.failed.{check.reason or 'different'}")
