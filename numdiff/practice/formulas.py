"""Functions to differentiate, as one would write them by hand, by kind and level.

Each maker takes a source of chance and a level from 1 to 3 and returns text in the notation that is typed. Numbers
are small, and what would be trivial (x¹, 1·x, e⁰) does not come up.
"""

from __future__ import annotations

import random


def _coefficient(chance: random.Random, least: int = 2, most: int = 9) -> int:
    return chance.randint(least, most)


def _sign(chance: random.Random) -> str:
    return chance.choice((" + ", " - "))


def _times(factor: int, rest: str) -> str:
    return rest if factor == 1 else f"{factor}{rest}"


def power(chance: random.Random, level: int) -> str:
    """Return a sum of powers; from level 2 with roots and negative powers, at level 3 with fractional ones."""
    a, b, c = (_coefficient(chance) for _ in range(3))
    n, m = chance.sample(range(2, 7), 2)
    n, m = max(n, m), min(n, m)
    if level == 1:
        return chance.choice((f"{a}x^{n}", f"x^{n}{_sign(chance)}{a}x", f"{a}x^{n}{_sign(chance)}{b}x^{m} + {c}"))
    if level == 2:
        roots = f"{a}√x{_sign(chance)}{b}x"
        return chance.choice((roots, f"{a}/x^{m}", f"{a}x^{n}{_sign(chance)}{b}/x", f"x^(-{m}) + {a}x^{n}"))
    p, q = chance.choice(((1, 3), (2, 3), (3, 2), (5, 2), (4, 3), (3, 4)))
    mixed = f"{a}x^({p}/{q}){_sign(chance)}{b}/√x"
    return chance.choice((mixed, f"x^({p}/{q}){_sign(chance)}{b}x^{n}", f"{a}∛x + {b}/x^{m}"))


def exponential(chance: random.Random, level: int) -> str:
    """Return exponential functions: eˣ and its multiples, then e^{kx}, then other bases."""
    a, b, k = _coefficient(chance), _coefficient(chance), _coefficient(chance, 2, 5)
    if level == 1:
        return chance.choice((f"{a}e^x", f"e^x{_sign(chance)}{b}x", f"{a}e^x + {b}x^{k}"))
    if level == 2:
        return chance.choice((f"e^({k}x)", f"{a}e^(-{k}x)", f"e^(-x){_sign(chance)}{b}x", f"e^({k}x + {b})"))
    base = _coefficient(chance, 2, 9)
    return chance.choice((f"{base}^x", f"{a}e^({k}x){_sign(chance)}{base}^x", f"{base}^({k}x)", f"e^(-x^2) + {base}^x"))


def logarithm(chance: random.Random, level: int) -> str:
    """Return logarithms: ln x, then of simple functions, then of other bases."""
    a, b, n = _coefficient(chance), _coefficient(chance), _coefficient(chance, 2, 5)
    if level == 1:
        return chance.choice((f"{a}ln x", f"ln x{_sign(chance)}{b}x", f"{a}ln x + {b}/x", f"ln x + x^{n}"))
    if level == 2:
        return chance.choice((f"ln({a}x + {b})", f"ln(x^{n} + {b})", f"{a}ln(1 + e^x)", f"(ln x)^{n}"))
    base = chance.choice((2, 3, 5, 10))
    return chance.choice((f"log_{base}(x)", f"{a}log_{base}(x) + ln(x^2 + {b})", f"ln(ln(x + {b}))", f"x^{n}ln x - x"))


def _factor(chance: random.Random, used: str = "") -> str:
    choices = [text for text in ("x^{n}", "e^x", "sin(x)", "cos(x)", "ln(x)", "√(x)") if text != used]
    return chance.choice(choices)


def product(chance: random.Random, level: int) -> str:
    """Return products of two factors, then of a factor and a composite function, then of three factors."""
    a, k, n = _coefficient(chance), _coefficient(chance, 2, 5), _coefficient(chance, 2, 4)
    first = _factor(chance)
    second = _factor(chance, first)
    if level == 1:
        return f"{first} {second}".format(n=n)
    if level == 2:
        inner = chance.choice((f"{k}x", f"x^2 + {a}"))
        return chance.choice((f"x^{n} e^({k}x)", f"{a}x sin({k}x)", f"(x^2 + {a}) ln(x)", f"x^{n} cos({inner})"))
    last = ("sin(x)", "cos(x)", "ln(x)") if "e^x" in {first, second} else ("e^(-x)", "sin(x)", "cos(x)", "ln(x)")
    third = chance.choice([text for text in last if text not in {first, second}])
    return f"{first} {second} {third}".format(n=n)


def quotient(chance: random.Random, level: int) -> str:
    """Return quotients: of a number, then of two simple functions, then of composite ones."""
    a, b, k = _coefficient(chance), _coefficient(chance), _coefficient(chance, 2, 5)
    if level == 1:
        return chance.choice((f"{a}/(x + {b})", f"x/(x + {b})", f"1/(x^2 + {b})", f"({a}x + 1)/(x^2 + {b})"))
    if level == 2:
        return chance.choice((f"e^x/(x + {b})", f"sin(x)/(x^2 + {b})", f"ln(x)/x^{k}", f"x^{k}/(1 + e^x)", f"{a}x/e^x"))
    return chance.choice(
        (
            f"1/(1 + e^(-{k}x))",
            f"e^({k}x)/(1 + x^2)",
            f"x/√(x^2 + {b})",
            f"sin({k}x)/(x^2 + {b})",
            f"ln(x)/(x + {b})^2",
        )
    )


def _inner(chance: random.Random) -> str:
    a, b, n = _coefficient(chance, 2, 5), _coefficient(chance), _coefficient(chance, 2, 4)
    return chance.choice((f"{a}x^{n}", f"x^{n} + {b}", f"{a}x + {b}", f"x^2 + {a}x + 5"))


def chain(chance: random.Random, level: int) -> str:
    """Return composite functions, as deep as the level says. What stands under a root or a logarithm is positive."""
    n = _coefficient(chance, 2, 5)
    core = _inner(chance)
    if level == 1:
        return chance.choice((f"e^({core})", f"sin({core})", f"cos({core})", f"({core})^{n}"))
    middle = chance.choice(("sin({})", "cos({})", "e^({})", "ln(({})^2 + 1)"))
    if level == 2:
        outer = chance.choice(("√({} + 2)", "({})^" + str(n), "e^({})"))
        simple = chance.choice((f"{n}x", f"x^{n}"))
        middle = chance.choice(("sin({})", "cos({})"))
        return chance.choice((outer.format(middle.format(simple)), f"√(({core})^2 + {n})", f"ln(({core})^2 + {n})"))
    outer = chance.choice(("sin({})", "({})^3", "√({}^2 + 1)", "e^(-{})"))
    grows_fast = middle.startswith("e")  # e^(x⁵) is beyond all bounds at x = 3
    simple = f"{min(n, 3)}x" if grows_fast else chance.choice((f"{n}x", f"x^{n}"))
    return outer.format(f"{chance.choice(('sin', 'cos'))}({middle.format(simple)})")


def partial(chance: random.Random, level: int) -> str:
    """Return functions of two variables, at level 3 of three."""
    a, b, n = _coefficient(chance), _coefficient(chance), _coefficient(chance, 2, 4)
    sign = _sign(chance)
    if level == 1:
        square = f"x^2 + {a}x y{sign}{b}y^2"
        return chance.choice((f"{a}x y + y^{n}", f"x^{n} y{sign}{a}y", square, f"{a}x{sign}{b}x y + y^{n}"))
    if level == 2:
        first = (f"x e^y{sign}{a}y", f"{a}x ln(y) + y^{n}", f"x^{n} sin(y)")
        return chance.choice((*first, f"e^({a}x y)", f"x/y{sign}{b}y", f"{a}e^(-x) + x y^{n}"))
    first = (f"x y z + {a}z^{n}", f"e^(x^2 + y^2){sign}z", f"(x + {a}y)^{n} z")
    return chance.choice((*first, f"ln(x^2 + y^2 + {b}z^2)", f"x sin(y z){sign}{b}x"))
