"""The generators of a field: exponentials, logarithms, roots, tangents, shared where one is a power of another.

Exponents and angles that are rational multiples of each other share one generator: e^x, e^−2x and eˣᐟ² are powers of
one. That the first of them has to be split further is found out on the way; then reading starts again, knowing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from numdiff.budget import Budget
from numdiff.derivation import poly
from numdiff.derivation.relation.field import Field, Generator, Kind, UnreadableError
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.derivation.relation.write import Writer, is_positive
from numdiff.tree import Call, Div, Node, Number, Pow

_PRIMES_UP_TO = 1000
_HIGHEST_ROOT = 60


class FinerError(Exception):
    """A generator must be a smaller part of what it was: ``key`` says which, ``parts`` how small."""

    def __init__(self, group: str, place: int, parts: int) -> None:
        super().__init__()
        self.key, self.parts = (group, place), parts


@dataclass(frozen=True)
class Mode:
    """How functions are written: by tan θ or tan θ/2, by tanh θ or e^θ; exponents whole or term by term."""

    by_half_angle: bool = False
    by_exponential: bool = False
    by_terms: bool = False
    side: int = 0
    """1 or −1: every sign is read as this number, 0: as a generator."""


@dataclass
class Entry:
    """One generator of a group: what it is the exponential, tangent or root of."""

    argument: Ratio
    index: int
    parts: int = 1
    second: int = -1


class Generators:
    """The generators made so far, by group."""

    def __init__(self, budget: Budget, mode: Mode, finer: Mapping[tuple[str, int], int]) -> None:
        self.field = Field(budget)
        self.write = Writer(self.field).ratio
        self.mode, self._finer = mode, finer
        self.groups: dict[str, list[Entry]] = {}
        self._names: dict[object, int] = {}

    def constant(self, key: object, tree: Node) -> Ratio:
        """Return a constant that is known by its name only."""
        if key not in self._names:
            self._names[key] = self.field.put(Generator("constant", tree, of_number(0), is_constant=True))
        return of_symbol(self._names[key])

    def exp(self, g: Ratio, tree: Node | None = None) -> Ratio:
        """Return e^g; ``tree`` is how it was typed."""
        rest, factor = self._without_logarithms(g)
        if not factor.same(of_number(1)):
            return self.field.multiply(factor, self.exp(rest))
        if g.is_zero:
            return of_number(1)
        terms = self._terms(g) if self.mode.by_terms else ()
        if len(terms) > 1:
            total = of_number(1)
            for term in terms:
                total = self.field.multiply(total, self.exp(term))
            return total
        return self.shared("exp", g, tree)[0]

    def _terms(self, g: Ratio) -> tuple[Ratio, ...]:
        return tuple(self.field.ratios.make({monomial: value}, g.bottom) for monomial, value in g.top.items())

    def _without_logarithms(self, g: Ratio) -> tuple[Ratio, Ratio]:
        """Return g without its terms q·ln w (q rational), and the product of the w^q."""
        factor, kept = of_number(1), g
        if poly.symbols(g.bottom):
            return kept, factor
        for entry in self.groups.get("log", ()):
            value = g.top.get(((entry.index, 1),))
            q = Fraction(0) if value is None else value / g.bottom[poly.UNIT]
            if q and q.denominator <= _HIGHEST_ROOT:
                factor = self.field.multiply(factor, self.rational_power(entry.argument, q))
                kept = self.field.subtract(kept, self.field.multiply(of_number(q), of_symbol(entry.index)))
        return kept, factor

    def shared(self, group: str, g: Ratio, tree: Node | None = None) -> tuple[Ratio, Entry, int]:
        """Return a power of a group's generator that belongs to g, with its entry and the power."""
        entries = self.groups.setdefault(group, [])
        for place, entry in enumerate(entries):
            q = self.field.divide(g, entry.argument).number
            if q is not None:
                if q.denominator > 1:
                    raise FinerError(group, place, q.denominator)
                return self.field.power(of_symbol(entry.index), q.numerator), entry, q.numerator
        parts = self._finer.get((group, len(entries)), 1)
        base = self.field.divide(g, of_number(parts))
        entry = Entry(base, -1)
        entries.append(entry)
        self._make(group, entry, tree if parts == 1 else None)
        return self.field.power(of_symbol(entry.index), parts), entry, parts

    def _make(self, group: str, entry: Entry, tree: Node | None) -> None:
        f, g = self.field, entry.argument
        slope, is_constant, written = f.derivative(g), f.is_constant(g), self.write(g)
        if group == "exp":
            shown = tree or Writer(f).exponential(g)
            entry.index = f.put(Generator("exp", shown, of_number(0), "exp", g, None, written, is_constant))
            f.generators[entry.index].slope = f.multiply(slope, of_symbol(entry.index))
            return
        sign = 1 if group.startswith("tan ") or group == "half" else -1
        inner = Div(written, Number("2")) if group == "half" else written
        name = "tanh" if group == "tanh" else "tan"
        kind: Kind = "tanh" if group == "tanh" else "tan"
        shown = Call(name, (inner,))
        entry.index = f.put(Generator(kind, shown, of_number(0), name, g, None, inner, is_constant))
        tangent = of_symbol(entry.index)
        growth = f.add(of_number(1), f.multiply(of_number(sign), f.power(tangent, 2)))
        half = of_number(Fraction(1, 2) if group == "half" else 1)
        f.generators[entry.index].slope = f.multiply(f.multiply(slope, half), growth)
        if group != "half":
            cosine = Generator(
                "cosine",
                Call("cosh" if group == "tanh" else "cos", (inner,)),
                of_number(0),
                relation=(2, f.divide(of_number(1), growth)),
                is_constant=is_constant,
            )
            entry.second = f.put(cosine)
            turn = f.multiply(f.multiply(tangent, of_symbol(entry.second)), slope)
            cosine.slope = f.multiply(of_number(-sign), turn)

    def log(self, w: Ratio, tree: Node | None = None) -> Ratio:
        """Return ln w, split for numbers into primes and for powers of e."""
        number = w.number
        if number is not None:
            return self._log_of_number(number)
        simple = self._log_of_exponential(w)
        if simple is not None:
            return simple
        f = self.field
        for entry in self.groups.setdefault("log", []):
            if entry.argument.same(w):
                return of_symbol(entry.index)
            if f.multiply(entry.argument, w).same(of_number(1)):
                return f.multiply(of_number(-1), of_symbol(entry.index))
        inner = tree or self.write(w)
        slope = f.divide(f.derivative(w), w)
        index = f.put(Generator("log", Call("ln", (inner,)), slope, "ln", w, None, inner, f.is_constant(w)))
        self.groups["log"].append(Entry(w, index))
        return of_symbol(index)

    def _log_of_number(self, value: Fraction) -> Ratio:
        if value <= 0:
            raise UnreadableError
        total = of_number(0)
        in_primes = ("primes", 0) in self._finer
        for part, sign in ((value.numerator, 1), (value.denominator, -1)):
            self.field.budget.spend(_PRIMES_UP_TO // 8 if in_primes else 1)
            for factor, power in (_factors(part) if in_primes else {part: 1}).items():
                if factor > 1:
                    term = self.field.multiply(of_number(sign * power), self._log_of_whole(factor))
                    total = self.field.add(total, term)
        return total

    def _log_of_whole(self, n: int) -> Ratio:
        """Return ln n; if another logarithm shares a factor with it, reading starts again with those of primes."""
        entries = self.groups.setdefault("log", [])
        for entry in entries:
            other = entry.argument.number
            if other == n:
                return of_symbol(entry.index)
            if other is not None and gcd(other.numerator, n) > 1 and ("primes", 0) not in self._finer:
                raise FinerError("primes", 0, 2)
        number, w = Number(str(n)), of_number(n)
        generator = Generator("log", Call("ln", (number,)), of_number(0), "ln", w, None, number, is_constant=True)
        entries.append(Entry(w, self.field.put(generator)))
        return of_symbol(entries[-1].index)

    def _log_of_exponential(self, w: Ratio) -> Ratio | None:
        """Return n·g + ln c for w = c·e^(n·g), else None."""
        if len(w.top) != 1 or len(w.bottom) != 1:
            return None
        ((above, c),), ((below, d),) = w.top.items(), w.bottom.items()
        exponents = dict(above) | {index: -n for index, n in below}
        if c <= 0 or any(self.field.generators[index].kind != "exp" for index in exponents):
            return None
        total = self._log_of_number(c / d)
        for index, n in exponents.items():
            argument = self.field.generators[index].argument
            assert argument is not None
            total = self.field.add(total, self.field.multiply(of_number(n), argument))
        return total

    def sign(self, g: Ratio) -> Ratio:
        """Return the sign of g: a generator whose square is 1 and whose derivative, beside the jump, is 0."""
        number = g.number
        if number is not None:
            return of_number((number > 0) - (number < 0))
        written = self.write(g)
        if is_positive(written):
            return of_number(1)
        f, side = self.field, self.mode.side
        entries = self.groups.setdefault("sign", [])
        for entry in entries:
            q = f.divide(g, entry.argument).number
            if q is not None:
                return f.multiply(of_number(1 if q > 0 else -1), of_number(side) if side else of_symbol(entry.index))
        if side:
            if entries:
                raise UnreadableError  # two different signs have four cases
            entries.append(Entry(g, -1))
            return of_number(side)
        shown, square = Call("sign", (written,)), (2, of_number(1))
        generator = Generator("sign", shown, of_number(0), "sign", g, square, written, f.is_constant(g))
        entries.append(Entry(g, f.put(generator)))
        return of_symbol(entries[-1].index)

    def absolute(self, g: Ratio) -> Ratio:
        """Return the absolute value of g: g times its sign."""
        return self.field.multiply(self.sign(g), g)

    def rational_power(self, w: Ratio, exponent: Fraction, tree: Node | None = None) -> Ratio:
        """Return w^(p/q), the real root for odd q; a root of very high order as a power of e."""
        if exponent.denominator > _HIGHEST_ROOT:
            return self.exp(self.field.multiply(of_number(exponent), self.log(w, tree)))
        return self.field.power(self.root(w, exponent.denominator, tree), exponent.numerator)

    def root(self, w: Ratio, q: int, tree: Node | None = None) -> Ratio:
        """Return the q-th root of w."""
        if q == 1 or w.is_zero:
            return w
        simple = self._simple_root(w, q)
        if simple is not None:
            return simple
        f = self.field
        entries = self.groups.setdefault("root", [])
        for place, entry in enumerate(entries):
            inverse = f.multiply(entry.argument, w).same(of_number(1))
            if entry.argument.same(w) or inverse:
                if entry.parts % q:
                    raise FinerError("root", place, lcm(entry.parts, q) // entry.parts)
                return f.power(of_symbol(entry.index), (-1 if inverse else 1) * entry.parts // q)
        parts = q * self._finer.get(("root", len(entries)), 1)
        inner = tree or self.write(w)
        shown = Call("sqrt", (inner,)) if parts == 2 else Pow(inner, Div(Number("1"), Number(str(parts))))
        index = f.put(Generator("root", shown, of_number(0), "root", w, (parts, w), inner, f.is_constant(w)))
        entries.append(Entry(w, index, parts))
        below = f.multiply(of_number(parts), f.power(of_symbol(index), parts - 1))
        f.generators[index].slope = f.divide(f.derivative(w), below)
        return f.power(of_symbol(index), parts // q)

    def _simple_root(self, w: Ratio, q: int) -> Ratio | None:
        """Return the root of a power of e, of a perfect power of a generator, or of a perfect power of a number."""
        number = w.number
        if number is not None:
            self.field.budget.spend(number.numerator.bit_length() + number.denominator.bit_length())
            return _root_of_number(number, q)
        if len(w.top) != 1 or len(w.bottom) != 1:
            return None
        ((above, c),), ((below, d),) = w.top.items(), w.bottom.items()
        front = _root_of_number(c / d, q)
        if front is None:
            return None
        f, total = self.field, front
        for index, n in (dict(above) | {index: -n for index, n in below}).items():
            generator = f.generators[index]
            if generator.kind == "exp" and generator.argument is not None:
                part = self.exp(f.multiply(of_number(Fraction(n, q)), generator.argument))
            elif generator.kind == "root" and generator.argument is not None and generator.relation is not None:
                part = self.rational_power(generator.argument, Fraction(n, generator.relation[0] * q))
            elif n % q == 0:
                part = f.power(of_symbol(index), n // q)
                if q % 2 == 0 and (n // q) % 2:
                    part = self.absolute(part)
            else:
                return None
            total = f.multiply(total, part)
        return total


def _root_of_number(value: Fraction, q: int) -> Ratio | None:
    if value < 0 and q % 2 == 0:
        raise UnreadableError
    parts = [_whole_root(abs(part), q) for part in (value.numerator, value.denominator)]
    if None in parts or parts[0] is None or parts[1] is None:
        return None
    return of_number(Fraction(parts[0], parts[1]) * (-1 if value < 0 else 1))


def _whole_root(n: int, q: int) -> int | None:
    if n < 2:
        return n
    if n.bit_length() > 2000 or q >= n.bit_length():
        return None
    low, high = 0, 1 << (n.bit_length() // q + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**q <= n else (low, middle - 1)
    return low if low**q == n else None


def _factors(n: int) -> dict[int, int]:
    """Return the prime factors up to a bound with their powers, and what is left as if it were one."""
    found: dict[int, int] = {}
    for candidate in range(2, _PRIMES_UP_TO):
        while n % candidate == 0:
            found[candidate] = found.get(candidate, 0) + 1
            n //= candidate
    return found | ({n: 1} if n > 1 else {})
