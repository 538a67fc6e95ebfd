r"""A derivation, or a chain, as a Python script that checks itself with NumPy alone.

The script defines f, f′ and every displayed expression as Python prints them, and asserts at sample points that each is
equal to the one before. A derivative that still stands in a line is measured by central differences with two steps,
extrapolated; expressions without one are compared to almost all digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.export.claims import Claim, Claims, claims_of
from numdiff.derivation.export.points import CLOSE, FLOOR, MEASURED, STEP, points_for
from numdiff.derivation.export.sections import Say
from numdiff.derivation.export.text import Texts, speaker
from numdiff.derivation.steps import Condition, Line
from numdiff.derivation.work import Derivation
from numdiff.printing.names import python_names
from numdiff.printing.python import to_python
from numdiff.printing.python_helpers import HELPERS
from numdiff.printing.text import to_text
from numdiff.tree import Node, Variable, substitute, variables

LONGEST = 30_000
"""Nodes of all lines that a script checks, with 50 for each line."""

_OWN_NAMES = frozenset(("f", "df", "slope", "check", "left", "right"))
_PLACEHOLDER = re.compile(r"\bd[0-9]+\b")
"""What open derivatives are called in between: no variable is, since d0 is read as d_0."""

_SHAPED = "*np.ones(np.shape(x))"
"""What the printer puts behind a constant."""

_TOOLS = f'''\
def slope(g, at):
    """Return g'(at): central differences with two steps, extrapolated."""
    h = {STEP!r}*np.maximum(1, np.abs(at))
    near = (g(at + h) - g(at - h)) / (2*h)
    far = (g(at + 2*h) - g(at - 2*h)) / (4*h)
    return (4*near - far) / 3


def check(what, left, right, tolerance):
    """Stop unless both sides are the same numbers."""
    left, right = np.broadcast_arrays(left, right)
    same = np.abs(left - right) <= tolerance*np.maximum({FLOOR!r}, np.maximum(np.abs(left), np.abs(right)))
    assert np.all(same), f"{{what}}: {{left}} is not {{right}}"'''


def export_python(work: Derivation | Chain, at: Mapping[str, float] | None = None, texts: Texts = None) -> str:
    """Return a script that defines f and its derivative and checks every displayed equality.

    Parameters
    ----------
    work : Derivation or Chain
        What :func:`numdiff.differentiate` or :func:`numdiff.chain` returned.
    at : mapping of str to float, optional
        The learner's point; it is checked as well where f has a derivative.
    texts : mapping or callable, optional
        Names of rules and headings by id, see :data:`numdiff.derivation.export.text.HEADINGS`.

    Returns
    -------
    str
        Complete source; it needs NumPy only. Run, it prints the values of f and f′, and stops at a line that is false.
        Where f has no point with a derivative it says so and checks nothing; where it is known to have none anywhere
        it defines f alone and says why. Of work whose expressions have more than :data:`LONGEST` nodes it checks the
        first groups and f′; a comment says how many groups it leaves out.

    Examples
    --------
    >>> import numdiff as nd
    >>> "import numpy as np" in nd.export_python(nd.differentiate(nd.parse("sin x")))
    True
    """
    say = speaker(texts)
    if work.nowhere:
        return _without_derivative(claims_of(work, say), work.nowhere, say)
    claims = claims_of(work, say).shortened(LONGEST)
    points = points_for(claims, at)
    names = python_names((*claims.variables, *claims.inner), taken=HELPERS | _OWN_NAMES)
    script = _Script(claims.renamed(names))
    if claims.left_out:
        script.checks.append(f"# {' '.join(say('heading.unchecked').split())}: {claims.left_out}\n")
    return script.source({names[name]: column for name, column in points.items()})


def _without_derivative(claims: Claims, powers: Sequence[Condition], say: Say) -> str:
    """Return a script that defines f, and prints why there is no derivative to be defined and checked."""
    names = python_names(claims.variables, taken=HELPERS | _OWN_NAMES)
    own = claims.renamed(names)
    reasons = [f"{say('heading.no_derivative')}. {to_text(power.node)}: {say(_reason(power))}" for power in powers]
    return "\n".join([to_python(own.tree, own.variables, "f"), "", *(f"print({reason!r})" for reason in reasons), ""])


def _reason(power: Condition) -> str:
    return f"condition.{power.code}"


class _Script:
    """Collects the checks, and the imports and helpers that they need."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.helpers: dict[str, None] = {}
        self.imports: dict[str, None] = {}
        self.checks: list[str] = []
        self.known: dict[Node, str] = {}

    def source(self, points: Mapping[str, Sequence[float]]) -> str:
        """Return the whole script."""
        claims = self.claims
        functions = [
            self.printed(claims.tree, claims.variables, "f"),
            self.printed(claims.result, claims.variables, "df"),
        ]
        count = len(next(iter(points.values())))
        if count:
            self.checks += [f"{name} = np.array({list(map(float, column))!r})" for name, column in points.items()]
            self.checks += [f"{name} = {self.expression(node)}" for name, node in reversed(list(claims.inner.items()))]
            for claim in claims.claims:
                self.claim(claim)
            call = ", ".join(claims.variables)
            self.checks.append(f'\nprint("f  =", f({call}))')
            self.checks.append(f'print("f\' =", df({call}))\nprint("ok:", {count}, "points")')
        else:
            self.checks.append('print("no point found where f has a derivative: nothing is checked")')
        imports = "import math\n\nimport numpy as np" if "import math" in self.imports else "import numpy as np"
        return "\n\n\n".join([imports, *self.helpers, *functions, _TOOLS, "\n".join(self.checks)]) + "\n"

    def claim(self, claim: Claim) -> None:
        """Add the checks of a group: every line equals the one before."""
        title = " ".join(claim.title.split())
        self.checks.append(f"\n# {title}")
        previous: Line | None = None
        for place, line in enumerate(claim.lines):
            if previous is None:
                self.checks.append(f"left = {self.value(line)}")
            else:
                tolerance = MEASURED if line.open or previous.open else CLOSE
                self.checks.append(f"right = {self.value(line)}")
                self.checks.append(f"check({f'{title}, {place}'!r}, left, right, {tolerance!r})")
                if place + 1 < len(claim.lines):
                    self.checks.append("left = right")
            previous = line

    def value(self, line: Line) -> str:
        """Return the code of a line's value, measured slopes in the place of its open derivatives."""
        slopes = {}
        for place, derivative in enumerate(line.open.values()):
            by = derivative.variable
            slopes[f"d{place}"] = f"slope(lambda {by}: {self.expression(derivative.of)}, {by})"
        names = {key: Variable(f"d{place}") for place, key in enumerate(line.open)}
        code = self.expression(substitute(line.tree, names))
        return _PLACEHOLDER.sub(lambda found: slopes[found.group()], code)

    def expression(self, tree: Node) -> str:
        """Return the code of an expression of variables that are defined around it."""
        if tree not in self.known:
            code = self.printed(tree, variables(tree), "f").partition("return ")[2]
            self.known[tree] = code.removesuffix(_SHAPED)  # a constant takes part in any shape
        return self.known[tree]

    def printed(self, tree: Node, parameters: Sequence[str], name: str) -> str:
        """Return a definition, its imports and helpers put aside."""
        imports, *helpers, definition = to_python(tree, parameters, name).rstrip("\n").split("\n\n\n")
        self.imports.update(dict.fromkeys(line for line in imports.splitlines() if line))
        self.helpers.update(dict.fromkeys(helpers))
        return definition
