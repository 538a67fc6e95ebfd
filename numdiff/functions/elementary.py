"""What an elementary function is to every part of the program: one row.

A row says how a function is typed, what it is, what its derivative is, where it ends or breaks, and what each library
calls it.

The forms (``slope``, ``definition``, …) are texts in Python's notation, in ``u``, the value ``v`` and the other
arguments; :mod:`numdiff.functions.trees` reads them as trees. A form is computed in the order in which it is written,
so a definition gives the same bits as the same operations typed.

Formulas: Bronshtein et al., Handbook of Mathematics, sections 2.5 to 2.10 and 6.1.2; Goodfellow et al., Deep Learning
(2016), section 3.10; the kinked activations as in PyTorch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Zero: TypeAlias = Literal["edge", "pole"]
Scope: TypeAlias = Literal["typed", "tree", "rows"]
Family: TypeAlias = Literal[
    "exponential", "power", "trigonometric", "hyperbolic", "inverse", "piece", "activation", "special"
]
Shape: TypeAlias = Literal["smooth", "seam", "kink", "jump"]
Sign: TypeAlias = Literal["", "positive", "nonnegative"]
PowerOnName: TypeAlias = Literal["", "read", "written"]
Style: TypeAlias = Literal["applied", "bracketed", "fence", "radical"]
Arity: TypeAlias = tuple[int, int | None]

CHOICES: frozenset[tuple[str, ...]] = frozenset((("a*u", "u"), ("u", "w"), ("w", "u")))
"""The branches between which a function of two arguments may choose."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One condition of a domain.

    Attributes
    ----------
    form : str
        Positive inside the domain and 0 on its border; with ``both_sides`` inside wherever it is not 0.
    zero : {"edge", "pole"}
        What lies on the border: a value with a vertical tangent, or none because the function grows without bound.
    both_sides : bool
        Whether the function goes on beyond the border, as 1/u does.
    """

    form: str
    zero: Zero
    both_sides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Elementary:
    """One elementary function.

    Attributes
    ----------
    name : str
        Canonical, as in a tree's ``Call``.
    family : str
        The kind, by which pages group functions.
    arguments : str
        What the forms call its arguments; all but the first are parameters.
    defaults : tuple of str
        What the last arguments are when they are not given.
    is_variadic : bool
        Whether it takes any number of arguments from two up, folded from the left.
    scope : {"typed", "tree", "rows"}
        Whether it may be typed by its name, stands in trees only (written in another way), or in rows only.
    slope : str
        The derivative by the first argument as a textbook prints it, right wherever it exists; "" where no single form
        holds (the docstring of the module says why).
    other_slopes : tuple of str
        The derivatives by the other arguments.
    definition : str
        The function by others; "" for what is computed as such.
    exact : str
        The definition that keeps its digits in enclosed numbers, where ``definition`` cancels.
    stable : str
        The slope for numbers where the textbook's cancels or overflows, or costs more; may use the value v.
    analytic : str
        The slope for complex numbers where ``stable`` uses what is not analytic.
    slope_by_value : str
        The slope by the value v alone, on the principal branch.
    domain : tuple of Margin
        Where it has a value; () for everywhere.
    shape : {"smooth", "seam", "kink", "jump"}
        Seam: made of pieces whose slopes agree where they meet. Kink: continuous, with two slopes where ``breaks`` is
        0; jump: constant beside it, or at least with a slope.
    is_composite : bool
        Whether its definition is computed in its place, by every evaluator: for what has several kinks, a seam, or a
        jump beside which it is not constant. Where it has no derivative then follows from what it is made of.
    breaks : str
        What is 0 at the kink or jump, and changes its sign there if there is only one. A product has a factor for each
        of several kinks.
    steps_at : str
        What is an integer where it jumps, for what jumps again and again.
    branches : tuple of str
        What the function is where ``breaks`` is negative and where it is positive.
    steep_at : str
        What is 0 where the function has a vertical tangent inside its domain.
    hole_at : str
        What is 0 where the formula of the slope has no value, though the function has a slope.
    sign : {"", "positive", "nonnegative"}
        What all values are.
    inverse : str
        The name of the function that undoes it.
    spellings, elsewhere : str
        Other names that may be typed; names used elsewhere or by mistake, which are refused with this one offered.
    in_words : bool
        Whether it is recognised inside a run of letters, as in ``xlnx``.
    power_on_name : {"", "read", "written"}
        Whether sin² x is understood, and whether it is printed so.
    numpy : str
        NumPy's name, or ``recipes.`` and the name of one of :mod:`numdiff.functions.recipes`; "" if NumPy computes the
        definition. By name, so that a process without NumPy can ask the rows.
    numpy_complex : str
        The name of what is computed for complex numbers where ``numpy`` has no value or loses a tiny imaginary part:
        one of :mod:`numdiff.functions.complex_recipes`.
    javascript : str
        ``Math.…`` or the name of a helper; "" for the definition.
    arb, mpmath, sympy : str
        The names in these libraries (arb's is a method of a ball, mpmath's ``builtins.min`` Python's own, ``f(1, #)``
        has its argument at the #); "" for the definition.
    keeps_name : bool
        Whether algebra keeps its name when it simplifies, and writes the definition only to prove.
    has_convention : bool
        Whether libraries differ in what it is: then ``note.<name>`` says what it is here.
    latex : str
        The head, or with ``#`` (``#2``) where the arguments stand.
    style : str
        "applied" (sin x or sin(x + 1)), "bracketed" (always), "fence" (around the argument) or "radical".
    text : str
        In plain text, if not the name; the two fences, or the sign of a root.
    rule : str
        The id of the rule of differentiation, if not the name.
    example : str
        A point at which a page shows its derivative; "" where it does not.
    """

    name: str
    family: Family = "special"
    arguments: str = "u"
    defaults: tuple[str, ...] = ()
    is_variadic: bool = False
    scope: Scope = "typed"
    slope: str = ""
    other_slopes: tuple[str, ...] = ()
    definition: str = ""
    exact: str = ""
    stable: str = ""
    analytic: str = ""
    slope_by_value: str = ""
    domain: tuple[Margin, ...] = ()
    shape: Shape = "smooth"
    is_composite: bool = False
    breaks: str = ""
    steps_at: str = ""
    branches: tuple[str, ...] = ()
    steep_at: str = ""
    hole_at: str = ""
    sign: Sign = ""
    inverse: str = ""
    spellings: str = ""
    elsewhere: str = ""
    in_words: bool = False
    power_on_name: PowerOnName = ""
    numpy: str = ""
    numpy_complex: str = ""
    javascript: str = ""
    arb: str = ""
    mpmath: str = ""
    sympy: str = ""
    keeps_name: bool = False
    has_convention: bool = False
    latex: str = ""
    style: Style = "bracketed"
    text: str = ""
    rule: str = ""
    example: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments in the forms."""
        return tuple(self.arguments.split())

    @property
    def arity(self) -> Arity:
        """The least and the greatest number of arguments (None: no upper limit)."""
        count = len(self.parameters)
        return count - len(self.defaults), None if self.is_variadic else count

    @property
    def has_pole(self) -> bool:
        """Whether it grows without bound at a finite point."""
        return any(margin.zero == "pole" for margin in self.domain)

    @property
    def is_analytic(self) -> bool:
        """Whether it is continued to complex numbers: not if it is made of pieces."""
        return self.shape == "smooth"

    @property
    def recipe(self) -> str:
        """The name of the recipe that computes it in NumPy; "" if there is none."""
        return self.numpy.removeprefix("recipes.") if self.numpy.startswith("recipes.") else ""

    @property
    def is_complex_in_numpy(self) -> bool:
        """Whether its printed code computes for complex numbers what the program does."""
        return self.is_analytic and not self.numpy_complex

    @property
    def keeps_integers(self) -> bool:
        """Whether NumPy gives integers for integers: it does for what is made of pieces."""
        return self.shape != "smooth"

    @property
    def printed_latex(self) -> str:
        """The head or the pattern in LaTeX, by default the name in upright letters."""
        return self.latex or rf"\operatorname{{{self.name}}}"

    @property
    def rule_name(self) -> str:
        """The id of the rule of differentiation."""
        return self.rule or self.name
