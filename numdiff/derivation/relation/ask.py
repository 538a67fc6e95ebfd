"""Is f′ a polynomial in f? ``in_terms_of_itself`` decides, proves it, or says what holds instead.

It is asked twice: of numbers (values of f and f′ to 80 digits, at points where both exist) and of exact algebra over a
few generators such as e^−x. What the algebra finds is shown only if it agrees with the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

from numdiff.algebra.client import algebra
from numdiff.algebra.lane import Status
from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation.relation.closed import Closed, Y
from numdiff.derivation.relation.factor import expanded, factored
from numdiff.derivation.relation.field import Field
from numdiff.derivation.relation.find import Found, are_independent, conditions, search
from numdiff.derivation.relation.numbers import check_sides
from numdiff.derivation.relation.proof import NoteCode, ProofStep, by_comparison, by_kernel, side_latex
from numdiff.derivation.relation.ratio import Ratio, of_number
from numdiff.derivation.relation.screen import HIGHEST_DEGREE, Sample, as_fraction, is_in_pieces, lowest_degree, samples
from numdiff.derivation.relation.solve import Setting, setting
from numdiff.derivation.relation.straight import slope_by_value
from numdiff.derivation.relation.write import Writer
from numdiff.derivation.steps import Condition, Verification
from numdiff.derivation.work import differentiate
from numdiff.function import Function, parse, variable_of
from numdiff.tree import Call, Node, Number, Pow, Variable, substitute, variables, walk

SAMPLING = 60_000
"""Operations for the numbers: values of f and f′ at points."""

OPERATIONS = 60_000
"""Operations for the algebra; one takes five or six millionths of a second."""

PROOF_SECONDS = 0.4
"""The time for SymPy, if it is needed at all."""


@dataclass(frozen=True)
class Note:
    """What holds.

    Attributes
    ----------
    code : str
        ``"polynomial"``: f′ = P(f), proved. ``"checked"``: f′ = P(f) at all points tried, not proved.
        ``"rational"``: f′ = R(f) with a denominator. ``"closed"``: f′ is another function of f.
        ``"pieces"``: f has two straight pieces, and its value tells the slope.
        ``"power"``: f′ⁿ is a function of f, n = ``params["power"]``.
        ``"equation"``: an equation between f and f′.
        ``"independent"``: no equation between them holds at all. ``"none_found"``: no polynomial up to
        ``params["degree"]``. ``"unrecognised"``: f′ is a polynomial in f of degree ``params["degree"]`` at all points
        tried, but its coefficients are not known exactly, or f may have other pieces elsewhere.
        ``"no_point_found"``: f′ exists at no point that was tried.
    params : Mapping[str, int]
        Numbers for the sentence.
    sides : tuple[Node, ...]
        Both sides of the equation that holds, with variables named like f and f′; empty if there is none.
    excluded : bool
        True if it is proved that f′ is no polynomial in f; never for a function with parameters.
    conditions : tuple[Condition, ...]
        What the variable has to satisfy.
    """

    code: NoteCode
    params: Mapping[str, int] = field(default_factory=dict, hash=False)
    sides: tuple[Node, ...] = ()
    excluded: bool = False
    conditions: tuple[Condition, ...] = ()

    @property
    def latex(self) -> str:
        """The equation in LaTeX, "" if there is none."""
        return " = ".join(map(side_latex, self.sides))


@dataclass(frozen=True)
class Relation:
    """How f′ depends on f.

    Attributes
    ----------
    function : Function
        f.
    variable : str
        By which it is differentiated; the others are parameters.
    name : str
        What f is called in the polynomial: ``"f"``, or another letter if f has a variable of that name.
    polynomial : Function or None
        P with f′ = P(f): a function of the variable ``name`` and of parameters; of no variable if f′ is constant.
    factored : Node or None
        The polynomial as a product: f(1 − f).
    proof : tuple[ProofStep, ...]
        The lines of the proof; empty if there is no polynomial, or none that is proved.
    note : Note
        What holds.
    settled : bool
        False if SymPy was asked for a proof and a clock cut it off: asked again, the answer may say more. Everything
        else is counted, so that it does not depend on how busy the machine is.
    """

    function: Function
    variable: str
    name: str
    polynomial: Function | None
    factored: Node | None
    proof: tuple[ProofStep, ...]
    note: Note
    settled: bool = True

    @cached_property
    def _samples(self) -> tuple[Sample, ...]:
        return samples(self.function.tree, self.variable, Budget(SAMPLING))

    def verify(self) -> Verification:
        """Return the numerical check of every line of the proof and of the note's equation, at sample points."""
        lines = [(("proof", place), step.sides) for place, step in enumerate(self.proof)]
        if self.note.sides:
            lines.append((("note", 0), self.note.sides))
        points = self._samples
        checks = tuple(check_sides(place, sides, points, self.name) for place, sides in lines)
        return Verification(checks, len(points))


def in_terms_of_itself(f: Function | str, var: str | None = None) -> Relation:
    """Return whether f′ is a polynomial in f, with a proof, or what holds instead.

    Parameters
    ----------
    f : Function or str
        The function.
    var : str, optional
        By which variable; needed if there are several. The others are parameters. A constant is taken as a function
        of x.

    Returns
    -------
    Relation
        Its operations are counted, whatever the function: what is not decided by then is left to the numbers.

    Raises
    ------
    VariableError
        If ``var`` is needed, or is none of the variables.
    InputError
        If f is text that cannot be understood.

    Examples
    --------
    >>> import numdiff as nd
    >>> relation = nd.in_terms_of_itself(nd.parse("tanh x"))  # 1 − tanh²
    >>> float(relation.polynomial(0.5))
    0.75
    """
    function = parse(f) if isinstance(f, str) else f
    variable = variable_of(function, var)
    return _Search(function, variable).relation()


def _is_rational(tree: Node) -> bool:
    """Return whether the expression consists of sums, products, quotients and whole powers alone."""
    powers = [part.exponent for part in walk(tree) if isinstance(part, Pow)]
    is_plain = not any(isinstance(part, Call) for part in walk(tree))
    return is_plain and all(isinstance(exponent, Number) for exponent in powers)


class _Search:
    """One question, with its budget and its samples."""

    def __init__(self, function: Function, variable: str) -> None:
        self.function, self.variable, self.tree = function, variable, function.tree
        taken = {variable, *function.variables, *variables(function.tree)}
        self.name = next(letter for letter in ("f", "y", "g", "h", "F", "Y", "G", "H") if letter not in taken)
        self.budget = Budget(OPERATIONS)
        self.samples = samples(self.tree, variable, Budget(SAMPLING))

    @cached_property
    def lowest(self) -> tuple[int, tuple[Any, ...]] | None:
        """Degree and coefficients of the polynomial that the numbers show."""
        return lowest_degree(self.samples)

    def relation(self) -> Relation:
        """Return the answer."""
        if not self.samples:
            return self._without(Note("no_point_found"))
        try:
            found = search(self.tree, self.variable, self.budget)
        except RecursionError:  # deeper than Python's stack: left to the numbers
            found = None
        if found is not None:
            relation = self._exact(found)
            if relation is not None:
                return relation
        return self._in_pieces() or self._numerical(found)

    def _in_pieces(self) -> Relation | None:
        """Return the answer for one like ReLU, f′ = 1 where f > 0: no polynomial, since that is constant there."""
        right = slope_by_value(self.tree, self.variable, self.samples, self.name)
        if right is None:
            return None
        where = differentiate(self.function, self.variable).conditions
        sides = (Variable(f"{self.name}'"), right)
        with suppress(OutOfBudgetError):
            if self._holds(sides):
                return self._without(Note("pieces", {}, sides, excluded=True, conditions=where))
        return None

    def _without(self, note: Note) -> Relation:
        return Relation(self.function, self.variable, self.name, None, None, (), note)

    def _named(self, tree: Node) -> Node:
        return substitute(tree, {Y: Variable(self.name), f"{Y}'": Variable(f"{self.name}'")})

    # --- what the algebra found -----------------------------------------------------------------------------------

    def _exact(self, found: Found) -> Relation | None:
        try:
            coefficients = found.coefficients
            if coefficients is not None:
                return self._polynomial(found, coefficients)
            if self.lowest is not None:
                return None  # a polynomial after all, in a form that the algebra did not see
            note = self._note(found)
        except OutOfBudgetError:
            return None
        return None if note is None else self._without(note)

    def _polynomial(self, found: Found, coefficients: dict[int, Ratio]) -> Relation | None:
        closed = found.closed
        assert closed is not None
        assert closed.at is not None
        at = closed.at
        names = (self.name, f"{self.name}'")
        if closed.generator is not None and at.f.degree(closed.generator) == 1:
            proof = by_kernel(at, closed.generator, coefficients, self.tree, names)
        else:
            proof = by_comparison(at, coefficients, self.tree, names)
        where = conditions(found.reading.field, found.reading.value)
        return self._proved(at, coefficients, proof, where)

    def _proved(
        self, at: Setting, coefficients: dict[int, Ratio], proof: list[ProofStep], where: tuple[Condition, ...]
    ) -> Relation | None:
        letter = Variable(self.name)
        polynomial = expanded(at.field, coefficients, letter)
        lines = [step.sides for step in proof]
        if not all(self._holds(sides) for sides in lines):
            return None
        degree = max((n for n, c in coefficients.items() if not c.is_zero), default=0)
        note = Note("polynomial", {"degree": degree}, (Variable(f"{self.name}'"), polynomial), conditions=where)
        product = factored(at.field, coefficients, letter)
        return self._with(polynomial, product, tuple(proof), note)

    def _with(self, polynomial: Node, product: Node | None, proof: tuple[ProofStep, ...], note: Note) -> Relation:
        occurring = variables(polynomial)
        names = tuple(name for name in (self.name, *self.function.variables) if name in occurring)
        text = Function(polynomial, names)
        return Relation(self.function, self.variable, self.name, text, product, proof, note)

    def _note(self, found: Found) -> Note | None:
        closed = found.closed
        reading = found.reading
        where = conditions(reading.field, reading.value)
        has_parameters = len(variables(self.tree)) > 1
        if closed is None:
            if are_independent(reading.field, reading.value):
                return Note("independent", excluded=not has_parameters, conditions=where)
            return None
        note = self._described(closed, where)
        if has_parameters:  # for some values of them it may be one: f = x^a has f′ = −f² for a = −1
            note = replace(note, excluded=False)
        return note if self._holds(note.sides) else None

    def _holds(self, sides: tuple[Node, ...]) -> bool:
        """Return whether an equation holds at the samples. OutOfBudgetError if it is too long to be tried."""
        nodes = sum(1 for side in sides for _ in islice(walk(side), self.budget.left + 1))
        self.budget.spend(len(self.samples) * nodes)
        return check_sides(("sides", 0), sides, self.samples, self.name).holds

    def _described(self, closed: Closed, where: tuple[Condition, ...]) -> Note:
        slope, n = Variable(f"{self.name}'"), closed.power
        if n == 0:
            assert closed.at is not None
            assert closed.equation is not None
            left = Writer(closed.at.field).by_powers(closed.equation, closed.at.p)
            return Note("equation", {}, (self._named(left), Number("0")), excluded=True, conditions=where)
        left = slope if n == 1 else Pow(slope, Number(str(n)))
        sides = (left, self._named(closed.right))
        if n > 1:
            excluded = closed.equation is not None or closed.ratio is None
            return Note("power", {"power": n}, sides, excluded=excluded, conditions=where)
        return Note("rational" if _is_rational(closed.right) else "closed", {}, sides, excluded=True, conditions=where)

    # --- what the numbers say -------------------------------------------------------------------------------------

    def _numerical(self, found: Found | None) -> Relation:
        lowest = self.lowest
        different = len({str(sample.value) for sample in self.samples})
        if lowest is None:
            return self._without(Note("none_found", {"degree": max(min(HIGHEST_DEGREE, different - 4), 0)}))
        fractions = [as_fraction(value) for value in lowest[1]]
        unrecognised = self._without(Note("unrecognised", {"degree": lowest[0]}))
        if None in fractions or len(variables(self.tree)) > 1:
            return unrecognised
        coefficients = {n: of_number(value) for n, value in enumerate(fractions) if value is not None}
        if found is not None:
            proved = self._by_reduction(found, coefficients)
            if proved is not None:
                return proved
        return unrecognised if is_in_pieces(self.tree) else self._checked(coefficients)

    def _by_reduction(self, found: Found, coefficients: dict[int, Ratio]) -> Relation | None:
        """Return the relation if P(f) − f′ reduces to 0 in f's field."""
        field_, f = found.reading.field, found.reading.value
        try:
            slope = field_.derivative(f)
            total = of_number(0)
            for n in range(max(coefficients), -1, -1):
                total = field_.add(field_.multiply(total, f), coefficients.get(n, of_number(0)))
            if not field_.subtract(total, slope).is_zero:
                return None
            at = setting(field_, f, slope, Y)
            names = (self.name, f"{self.name}'")
            proof = by_comparison(at, coefficients, self.tree, names)
            return self._proved(at, coefficients, proof, conditions(field_, f))
        except OutOfBudgetError:
            return None

    def _checked(self, coefficients: dict[int, Ratio]) -> Relation:
        """Return the polynomial that the numbers show, proved by SymPy if it can."""
        letter = Variable(self.name)
        blank = Field(Budget(OPERATIONS))
        polynomial = expanded(blank, coefficients, letter)
        sides = (Variable(f"{self.name}'"), polynomial)
        note = Note("checked", {"degree": max(coefficients), "points": len(self.samples)}, sides)
        status, proved = self._proved_elsewhere(polynomial)
        proof: tuple[ProofStep, ...] = ()
        if proved:
            note = Note("polynomial", {"degree": max(coefficients)}, sides)
            proof = (ProofStep("result", sides),)
        product: Node | None = None
        with suppress(OutOfBudgetError):
            product = factored(blank, coefficients, letter)
        relation = self._with(polynomial, product, proof, note)
        return replace(relation, settled=status not in (Status.BUSY, Status.TIMEOUT))

    def _proved_elsewhere(self, polynomial: Node) -> tuple[Status, bool | None]:
        slope = differentiate(self.function, self.variable).result.tree
        composed = substitute(polynomial, {self.name: self.tree})
        return algebra().judge_equal(slope, composed, PROOF_SECONDS)


__all__ = ["Note", "ProofStep", "Relation", "in_terms_of_itself"]
