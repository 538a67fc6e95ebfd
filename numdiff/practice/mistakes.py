"""Derivatives as they come out with one mistake made throughout: what a wrong answer is compared with.

Each mistake is a way to differentiate that differs from the right one in a single rule. The list follows the errors
that teachers of calculus report: the inner derivative forgotten, products and quotients taken factor by factor, the
power rule and the exponential rule confused, signs and constants lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from numdiff.derivation.local import local_derivative
from numdiff.evaluate.exact import exact_value
from numdiff.functions.registry import row
from numdiff.practice.differentiator import ONE, Differentiator, Rule
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    children,
    expand_sums,
    variables,
    walk,
)

TWO = Number("2")


def _inner(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h): the derivative of the inner function is forgotten."""
    operation = node.name if isinstance(node, Call) else type(node).__name__.lower()
    if not isinstance(node, Call | Pow | Div):
        return None
    places = [k for k, part in enumerate(children(node)) if derive.depends(part)]
    if len(places) != 1 or isinstance(children(node)[places[0]], Variable):
        return None
    if isinstance(node, Div) and places[0] == 0:
        return None
    return local_derivative(operation, children(node), places[0])


def _inner_only(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h′): the inner function is replaced by its derivative."""
    if not isinstance(node, Call | Pow):
        return None
    operands = children(node)
    places = [k for k, part in enumerate(operands) if derive.depends(part)]
    if len(places) != 1 or isinstance(operands[places[0]], Variable):
        return None
    inner = derive(operands[places[0]])
    if inner is None:
        return None
    operation = node.name if isinstance(node, Call) else "pow"
    replaced = (*operands[: places[0]], inner, *operands[places[0] + 1 :])
    return local_derivative(operation, replaced, places[0])


def _inner_only_times_inner(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h′)·h′."""
    outer = _inner_only(derive, node)
    inner = None if outer is None else derive(next(part for part in children(node) if derive.depends(part)))
    return None if outer is None or inner is None else Mul(outer, inner)


def _argument_lost(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(x)·h′: the outer derivative is not taken at the inner function."""
    outer = _at_the_variable(derive, node)
    inner = None if outer is None else derive(children(node)[0])
    return None if outer is None or inner is None else Mul(outer, inner)


def _at_the_variable(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(x)."""
    if not isinstance(node, Call) or len(node.arguments) != 1 or isinstance(node.arguments[0], Variable):
        return None
    return local_derivative(node.name, (Variable(derive.variable),), 0)


def _product(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = u′v′."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left, right = derive(node.left), derive(node.right)
    return None if left is None or right is None else Mul(left, right)


def _product_half(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = u′v: the second term of the product rule is lost."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left = derive(node.left)
    return None if left is None else Mul(left, node.right)


def _product_other_half(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = uv′: the first term of the product rule is lost."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    right = derive(node.right)
    return None if right is None else Mul(node.left, right)


def _product_minus(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = u′v − uv′: the sign of the quotient rule in the product rule."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left, right = derive(node.left), derive(node.right)
    return None if left is None or right is None else Sub(Mul(left, node.right), Mul(node.left, right))


def _quotient(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = u′/v′."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    left, right = derive(node.left), derive(node.right)
    return None if left is None or right is None else Div(left, right)


def _denominator_only(derive: Differentiator, node: Node) -> Node | None:
    """(c/v)′ = c/v′."""
    if not isinstance(node, Div) or derive.depends(node.left):
        return None
    right = derive(node.right)
    return None if right is None else Div(node.left, right)


def _quotient_plus(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (u′v + uv′)/v²: the sign of the product rule in the quotient rule."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    left, right = derive(node.left), derive(node.right)
    if left is None or right is None:
        return None
    return Div(Add(Mul(left, node.right), Mul(node.left, right)), Pow(node.right, TWO))


def _numerator_only(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = u′/v: the denominator is taken for a constant."""
    if not isinstance(node, Div) or not (derive.depends(node.right) and derive.depends(node.left)):
        return None
    left = derive(node.left)
    return None if left is None else Div(left, node.right)


def _quotient_upside_down(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (uv′ − u′v)/u²: the quotient is taken upside down."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    return derive.correctly(Div(node.right, node.left)) if derive.depends(node) else None


def _quotient_order(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (uv′ − u′v)/v²: the terms of the numerator change places."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    right = derive.correctly(node)
    return None if right is None else Neg(right)


def _quotient_not_squared(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (u′v − uv′)/v: the denominator is not squared."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    right = derive.correctly(node)
    return None if right is None else Mul(right, node.right)


def _no_denominator(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = u′v − uv′: the denominator is left out."""
    if not isinstance(node, Div) or not (derive.depends(node.right) and derive.depends(node.left)):
        return None
    right = derive.correctly(node)
    return None if right is None else Mul(right, Pow(node.right, TWO))


def _as_power(derive: Differentiator, node: Node) -> tuple[Node, Node, Node] | None:
    """Return (c, u, n) for c·uⁿ with constant c and n: powers, roots, and constants divided by one of these."""
    match node:
        case Pow(base, exponent) if derive.depends(base) and not derive.depends(exponent):
            return ONE, base, exponent
        case Call("sqrt" | "cbrt", (base,)) if derive.depends(base):
            return ONE, base, Div(ONE, TWO if node.name == "sqrt" else Number("3"))
        case Div(left, right) if derive.depends(right) and not derive.depends(left):
            front, base, exponent = _as_power(derive, right) or (ONE, right, ONE)
            return Div(left, front), base, Neg(exponent)
    return None


def _by_power_rule(derive: Differentiator, node: Node, factor: bool, step: int) -> Node | None:
    """Return (c·uⁿ)′ as c·n·u^(n + step)·u′, without the factor n if it is lost."""
    power = _as_power(derive, node)
    if power is None:
        return None
    front, base, exponent = power
    inner = derive(base)
    if inner is None:
        return None
    raised = exponent if step == 0 else Add(exponent, ONE) if step > 0 else Sub(exponent, ONE)
    rule: Node = Pow(base, raised)
    rule = Mul(exponent, rule) if factor else rule
    rule = rule if front == ONE else Mul(front, rule)
    return rule if inner == ONE else Mul(rule, inner)


def _is_negative(derive: Differentiator, node: Node) -> bool:
    power = _as_power(derive, node)
    if power is None or variables(power[2]):
        return False
    value = exact_value(power[2], {})
    return value.status == "ok" and bool(value.value < 0)


def _negative_exponent(derive: Differentiator, node: Node) -> Node | None:
    """(x⁻ⁿ)′ = −n·x^(−n + 1): a negative exponent is brought nearer to 0."""
    return _by_power_rule(derive, node, factor=True, step=1) if _is_negative(derive, node) else None


def _exponent_raised(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = n·xⁿ⁺¹: the exponent is raised."""
    return None if _is_negative(derive, node) else _by_power_rule(derive, node, factor=True, step=1)


def _power_of_derivative(derive: Differentiator, node: Node) -> Node | None:
    """(fⁿ)′ = n·f′: the factor fⁿ⁻¹ is lost."""
    if not isinstance(node, Pow) or derive.depends(node.exponent) or not isinstance(node.base, Call):
        return None
    inner = derive(node.base)
    return None if inner is None else Mul(node.exponent, inner)


def _derivative_to_the_power(derive: Differentiator, node: Node) -> Node | None:
    """(fⁿ)′ = f′ⁿ."""
    if not isinstance(node, Pow) or derive.depends(node.exponent) or isinstance(node.base, Variable):
        return None
    inner = derive(node.base)
    return None if inner is None else Pow(inner, node.exponent)


def _power_as_exponential(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = xⁿ ln x: a power is differentiated as if it were an exponential function."""
    if not isinstance(node, Pow) or derive.depends(node.exponent):
        return None
    inner = derive(node.base)
    rule = Mul(node, Call("ln", (node.base,)))
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _exponential_as_power(derive: Differentiator, node: Node) -> Node | None:
    """(aˣ)′ = x·aˣ⁻¹: an exponential function is differentiated as if it were a power."""
    if not isinstance(node, Pow) or derive.depends(node.base):
        return None
    inner = derive(node.exponent)
    rule = Mul(node.exponent, Pow(node.base, Sub(node.exponent, ONE)))
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _base_forgotten(derive: Differentiator, node: Node) -> Node | None:
    """(aˣ)′ = aˣ: the factor ln a is lost."""
    if not isinstance(node, Pow) or derive.depends(node.base) or node.base == Constant("e"):
        return None
    inner = derive(node.exponent)
    return None if inner is None else node if inner == ONE else Mul(node, inner)


def _exponent_kept(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = n·xⁿ: the exponent is not lowered."""
    return _by_power_rule(derive, node, factor=True, step=0)


def _exponent_not_multiplied(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = xⁿ⁻¹: the exponent is lowered, but does not come down as a factor; of a root, whose is not seen, not."""
    return None if isinstance(node, Call) else _by_power_rule(derive, node, factor=False, step=-1)


def _linear_kept(derive: Differentiator, node: Node) -> Node | None:
    """(u + cx)′ = u′ + cx: a linear term is kept."""
    if not isinstance(node, Add | Sub):
        return None
    keeps = [_is_linear(derive, part) for part in (node.left, node.right)]
    if not any(keeps):
        return None
    left, right = (part if keep else derive(part) for part, keep in zip((node.left, node.right), keeps, strict=True))
    return None if left is None or right is None else type(node)(left, right)


def _is_linear(derive: Differentiator, node: Node) -> bool:
    match node:
        case Variable(name):
            return name == derive.variable
        case Mul(left, right):
            return derive.depends(left) != derive.depends(right) and (
                _is_linear(derive, left) or _is_linear(derive, right)
            )
        case Div(left, right):
            return not derive.depends(right) and _is_linear(derive, left)
        case Neg(argument):
            return _is_linear(derive, argument)
        case _:
            return False


def _sign_of_term(derive: Differentiator, node: Node) -> Node | None:
    """(u + v)′ = u′ − v′: the sign of a term is the other one."""
    if not isinstance(node, Add | Sub) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left, right = derive(node.left), derive(node.right)
    other = Sub if isinstance(node, Add) else Add
    return None if left is None or right is None else other(left, right)


def _sign_of_first_term(derive: Differentiator, node: Node) -> Node | None:
    """(u + v)′ = −u′ + v′."""
    right = _sign_of_term(derive, node)
    return None if right is None else Neg(right)


def _other_differentiated(derive: Differentiator, node: Node) -> Node | None:
    """∂(u + c(y))/∂x = u′ + c′(y): a term without the variable is differentiated by its own."""
    if not isinstance(node, Add | Sub) or derive.depends(node.left) == derive.depends(node.right):
        return None
    constant = node.right if derive.depends(node.left) else node.left
    names = variables(constant)
    own = Differentiator(names[0])(constant) if len(names) == 1 else None
    kept = derive(node.left if derive.depends(node.left) else node.right)
    if own is None or kept is None:
        return None
    return type(node)(kept, own) if derive.depends(node.left) else type(node)(own, kept)


def _other_factor_differentiated(derive: Differentiator, node: Node) -> Node | None:
    """∂(c(y)·u)/∂x = c′(y)·u′: all variables are differentiated, in sums and in products."""
    if not isinstance(node, Mul):
        return _other_differentiated(derive, node)
    if derive.depends(node.left) == derive.depends(node.right):
        return None
    constant, varying = (node.right, node.left) if derive.depends(node.left) else (node.left, node.right)
    names = variables(constant)
    own = Differentiator(names[0])(constant) if len(names) == 1 else None
    kept = derive(varying)
    return None if own is None or kept is None else Mul(own, kept)


def _constant_factor(derive: Differentiator, node: Node) -> Node | None:
    """(c·u)′ = u′: a constant factor is lost."""
    match node:
        case Mul(left, right) if derive.depends(left) != derive.depends(right):
            return derive(left if derive.depends(left) else right)
        case Div(left, right) if derive.depends(left) and not derive.depends(right):
            return derive(left)
    return None


def _logarithm_base(derive: Differentiator, node: Node) -> Node | None:
    """(logₐ u)′ = u′/u: the factor 1/ln a is lost."""
    if not isinstance(node, Call) or row(node.name).rule_name != "logarithm_base":
        return None
    if any(derive.depends(base) for base in node.arguments[1:]):
        return None
    inner = derive(node.arguments[0])
    return None if inner is None else Div(inner, node.arguments[0])


def _logarithm_base_above(derive: Differentiator, node: Node) -> Node | None:
    """(logₐ u)′ = u′·ln a/u: the factor ln a stands above the line."""
    without = _logarithm_base(derive, node)
    if without is None or not isinstance(node, Call):
        return None
    local = local_derivative(node.name, node.arguments, 0)
    return None if local is None else Div(without, Mul(node.arguments[0], local))


def _exponential_as_power_alone(derive: Differentiator, node: Node) -> Node | None:
    """(aᵘ)′ = u·aᵘ⁻¹, without the inner derivative."""
    match node:
        case Pow(base, exponent) if not derive.depends(base):
            return Mul(exponent, Pow(base, Sub(exponent, ONE)))
        case Call("exp", (exponent,)):
            return Mul(exponent, Call("exp", (Sub(exponent, ONE),)))
    return None


def _inner_added(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h) + h′: the inner derivative is added."""
    outer = _inner(derive, node)
    inner = None if outer is None else derive(next(part for part in children(node) if derive.depends(part)))
    return None if outer is None or inner is None else Add(outer, inner)


def _constant_kept(derive: Differentiator, node: Node) -> Node | None:
    """(u + c)′ = u′ + c: a constant term is kept."""
    if not isinstance(node, Add | Sub) or derive.depends(node.left) == derive.depends(node.right):
        return None
    left = derive(node.left) if derive.depends(node.left) else node.left
    right = derive(node.right) if derive.depends(node.right) else node.right
    return None if left is None or right is None else type(node)(left, right)


def _logarithm_reciprocal(_derive: Differentiator, node: Node) -> Node | None:
    """(ln u)′ = 1/ln u: the reciprocal of the function instead of its derivative."""
    is_logarithm = isinstance(node, Call) and row(node.name).rule_name in {"logarithm", "logarithm_base"}
    return Div(ONE, node) if is_logarithm else None


def _sine_sign(derive: Differentiator, node: Node) -> Node | None:
    """(cos u)′ = sin u, (sin u)′ = −cos u: the sign of sine and cosine is the other one."""
    if not isinstance(node, Call) or node.name not in {"sin", "cos"}:
        return None
    right = derive.correctly(node)
    return None if right is None else Neg(right)


MISTAKES: Mapping[str, Rule] = MappingProxyType(
    {
        "inner": _inner,
        "power_of_derivative": _power_of_derivative,
        "inner_only": _inner_only,
        "argument_lost": _argument_lost,
        "product": _product,
        "product_half": _product_half,
        "product_other_half": _product_other_half,
        "product_minus": _product_minus,
        "negative_exponent": _negative_exponent,
        "quotient": _quotient,
        "quotient_upside_down": _quotient_upside_down,
        "quotient_order": _quotient_order,
        "quotient_not_squared": _quotient_not_squared,
        "quotient_plus": _quotient_plus,
        "quotient_numerator_only": _numerator_only,
        "power_as_exponential": _power_as_exponential,
        "exponential_as_power": _exponential_as_power,
        "base_forgotten": _base_forgotten,
        "logarithm_base": _logarithm_base,
        "exponent_kept": _exponent_kept,
        "exponent_not_multiplied": _exponent_not_multiplied,
        "exponent_raised": _exponent_raised,
        "constant_kept": _constant_kept,
        "linear_kept": _linear_kept,
        "logarithm_reciprocal": _logarithm_reciprocal,
        "sine_sign": _sine_sign,
        "sign_of_term": _sign_of_term,
        "constant_factor": _constant_factor,
        "other_differentiated": _other_differentiated,
    }
)
"""The mistaken rules by id, the more specific ones first."""

_OTHER_FORMS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "inner": (_inner_added,),
        "power_of_derivative": (_derivative_to_the_power,),
        "inner_only": (_inner_only_times_inner,),
        "argument_lost": (_at_the_variable,),
        "quotient": (_denominator_only,),
        "quotient_not_squared": (_no_denominator,),
        "exponential_as_power": (_exponential_as_power_alone,),
        "logarithm_base": (_logarithm_base_above,),
        "other_differentiated": (_other_factor_differentiated,),
        "sign_of_term": (_sign_of_first_term,),
    }
)
"""Other ways to make the same mistake, for which the same is to be said."""

_MOST_PLACES = 12
"""Places at which a mistake is looked for that is made only once."""


def mistaken(tree: Node, variable: str, mistake: str) -> Node | None:
    """Return what comes out if one mistake is made throughout; None if it cannot be made in this function.

    Parameters
    ----------
    tree : Node
        The function.
    variable : str
        By which to differentiate.
    mistake : str
        One of :data:`MISTAKES`.
    """
    return _throughout(expand_sums(tree), variable, MISTAKES[mistake])


def mistaken_throughout(tree: Node, variable: str, mistake: str) -> Iterator[Node]:
    """Yield what comes out if one mistake is made throughout, in each of its forms."""
    written = expand_sums(tree)
    for rule in (MISTAKES[mistake], *_OTHER_FORMS.get(mistake, ())):
        wrong = _throughout(written, variable, rule)
        if wrong is not None:
            yield wrong


def mistaken_once(tree: Node, variable: str, mistake: str) -> Iterator[Node]:
    """Yield what comes out if one mistake is made at a single place, for each place, all else being right."""
    written = expand_sums(tree)
    right = Differentiator(variable)
    for rule in (MISTAKES[mistake], *_OTHER_FORMS.get(mistake, ())):
        places = [node for node in walk(written) if right.depends(node) and rule(right, node) is not None]
        for place in places[:_MOST_PLACES]:
            wrong = Differentiator(variable, _only_at(place, rule, right))(written)
            if wrong is not None:
                yield wrong


def _only_at(place: Node, rule: Rule, right: Differentiator) -> Rule:
    return lambda _, node: rule(right, node) if node is place else None


def _throughout(written: Node, variable: str, rule: Rule) -> Node | None:
    wrong, right = Differentiator(variable, rule)(written), Differentiator(variable)(written)
    return None if wrong is None or wrong == right else wrong
