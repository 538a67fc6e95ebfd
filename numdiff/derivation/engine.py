"""From a function to the working of its derivative: the first rule that fits is applied, its parts worked out alike."""

from __future__ import annotations

from numdiff.derivation.check.domains import gather
from numdiff.derivation.fold_constants import settle
from numdiff.derivation.rules.base import Application, Dependence, slot
from numdiff.derivation.rules.order import CHAIN, RULES
from numdiff.derivation.steps import Condition, Derivative, Line, Step, Working
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.search import best_form, without_detours
from numdiff.derivation.tidy.tidy import tidy_steps
from numdiff.function import Function
from numdiff.tree import Node, substitute


def _applied(node: Node, depends: Dependence) -> tuple[str, Application]:
    """Return the first rule that fits and what it makes of the expression."""
    for name, rule in RULES.items():
        application = rule.apply(node, depends)
        if application is not None:
            return name, application
    raise TypeError(f"there is no rule for {type(node).__name__}")


def _lines(application: Application, results: tuple[Node, ...], variable: str, order: Order) -> list[Line]:
    """Return the lines of a step: the rewritten form, the rule's form, the results put in, the obvious done."""
    lines: list[Line] = []
    if application.rewritten is not None:
        lines.append(Line(slot(0), {slot(0).name: Derivative(application.rewritten, variable)}))
    lines.extend(Line(tree) for tree in application.before)
    parts = application.parts
    if parts:
        still = {slot(place).name: Derivative(part, variable) for place, part in enumerate(parts)}
        lines.append(Line(application.form, still))
    form = application.placed or application.form
    put_in = substitute(form, {slot(place).name: result for place, result in enumerate(results)})
    put_in = order.arrange(put_in)
    settled = order.arrange(settle(put_in))
    finished = order.arrange(application.finish(settled)) if application.finish else settled
    for tree in (put_in, settled, finished):
        if not lines or lines[-1].open or lines[-1].tree != tree:
            lines.append(Line(tree))
    return lines


def work_out(node: Node, depends: Dependence, order: Order) -> Step:
    """Return the step that differentiates the expression, with all steps below it."""
    name, application = _applied(node, depends)
    below = tuple(work_out(part, depends, order) for part in application.parts)
    lines = _lines(application, tuple(step.after for step in below), depends.variable, order)
    handed_on = frozenset(id(part) for part in application.parts)
    found = dict.fromkeys((*gather(node, depends, handed_on), *application.conditions))
    rule = CHAIN if application.outer and application.parts else name
    return Step(rule, node, depends.variable, tuple(lines), below, lines[-1].tree, tuple(found), application.outer)


def work(function: Function, variable: str) -> Working:
    """Return the derivative of a function by a variable in its canonical spelling, worked out and tidied."""
    order = Order.of(function.tree, function.variables)
    root = work_out(function.tree, Dependence(variable), order)
    tidying = tidy_steps(root.after, order)
    limits = () if tidying is not None else (Condition("too_long", root.after, "differentiable"),)
    if tidying is not None:
        tidying = without_detours((*tidying, *best_form(tidying[-1].after if tidying else root.after, order)))
    tree = tidying[-1].after if tidying else root.after
    result = Function(tree, function.variables, name=f"d{function.name}")
    return Working(function, variable, root, tidying or (), result, limits)
