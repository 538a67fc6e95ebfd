"""Random legal formulas, seeded: what people type, and what is hard on purpose.

Hypothesis finds small counterexamples; this finds slow ones, which are large and of a kind: nests, towers, nested
quotients, long sums, chains of min, max and floor, what is 0 or 1 everywhere, and numbers at the ends of the range.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import numdiff as nd
from numdiff.functions.registry import FUNCTIONS

_FUNCTIONS = tuple(name for name, (least, most) in FUNCTIONS.items() if least == most == 1 and name != "trigamma")
_PIECES = ("abs", "floor", "ceil", "relu", "sign", "leaky_relu")
_SMOOTH = ("sin", "cos", "tan", "tanh", "gelu", "silu", "softplus", "sigmoid", "erf", "arctan", "exp", "ln", "sqrt")
_NUMBERS = ("0", "1", "2", "3", "7", "0.5", "1/3", "e", "pi", "1e-17", "1e299", "5e-300", "12345678901234567890", "30")
_NAMES = ("x", "y", "t")


class _Typist:
    """Writes formulas of one kind after the other."""

    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)
        self.names: Sequence[str] = _NAMES

    def leaf(self) -> str:
        if self.choose.random() < 0.7:
            return self.choose.choice(self.names)
        return self.choose.choice(_NUMBERS if self.choose.random() < 0.3 else _NUMBERS[:7])

    def plain(self, leaves: int) -> str:
        """Return an expression of so many leaves with all operations."""
        if leaves <= 1:
            inside = self.leaf()
            return f"{self.choose.choice(_FUNCTIONS)}({inside})" if self.choose.random() < 0.3 else inside
        left = self.choose.randint(1, leaves - 1)
        one, two = self.plain(left), self.plain(leaves - left)
        sign = self.choose.choice("++--**//^^,")
        if sign == ",":
            return f"{self.choose.choice(('min', 'max'))}({one}, {two})"
        whole = f"({one}){sign}({two})"
        return f"{self.choose.choice(_FUNCTIONS)}({whole})" if self.choose.random() < 0.25 else whole

    def mixed(self) -> str:
        return self.plain(self.choose.choice((2, 3, 4, 6, 10, 16, 24)))

    def nest(self) -> str:
        """Return functions of functions: of one kind, or of a few."""
        names = self.choose.sample(self.choose.choice((_FUNCTIONS, _SMOOTH)), self.choose.choice((1, 1, 2, 3)))
        count = self.choose.choice((3, 6, 10, 20, 30))
        inside = self.leaf()
        for level in range(count):
            inside = f"{names[level % len(names)]}({inside})"
        return inside

    def tower(self) -> str:
        """Return powers of powers, from the left or from the right."""
        inside = self.choose.choice(self.names)
        for _ in range(self.choose.choice((2, 4, 8, 12))):
            part = self.leaf()
            inside = f"({inside})^({part})" if self.choose.random() < 0.5 else f"({part})^({inside})"
        return inside

    def quotients(self) -> str:
        """Return quotients within quotients."""
        inside = self.plain(2)
        for _ in range(self.choose.choice((2, 4, 8, 12))):
            top, beside = self.leaf(), self.choose.choice((self.leaf(), f"{self.leaf()}^2"))
            inside = f"({top})/({beside}{self.choose.choice('+-')}({inside}))"
        return inside

    def pieces(self) -> str:
        """Return min, max, floor and their like within each other."""
        inside = self.plain(self.choose.choice((1, 2, 3)))
        for _ in range(self.choose.choice((2, 4, 8, 12))):
            if self.choose.random() < 0.5:
                other = self.choose.choice((self.leaf(), f"-({self.leaf()})", f"({self.leaf()})^2"))
                inside = f"{self.choose.choice(('min', 'max'))}({inside}, {other})"
            else:
                inside = f"{self.choose.choice(_PIECES)}({inside})"
            if self.choose.random() < 0.3:
                inside = f"{inside}{self.choose.choice('+-*')}{self.choose.choice(self.names)}"
        return inside

    def many(self) -> str:
        """Return a sum, a product, a quotient or a maximum of many parts alike."""
        count = self.choose.choice((4, 8, 16, 24, 40))
        part = self.choose.choice(
            ("{k}{x}", "({x}+{k})", "sin({k}{x})", "{x}^{k}", "e^({k}{x})", "|{x}-{k}|", "ln({x}+{k})", "1/({x}+{k})")
        )
        name = self.choose.choice(self.names)
        parts = [part.replace("{k}", str(k)).replace("{x}", name) for k in range(2, 2 + count)]
        inside = self.choose.choice(("+", "*", "-", "/", ",")).join(parts)
        if "," in inside:
            inside = f"{self.choose.choice(('min', 'max'))}({inside})"
        if self.choose.random() < 0.5:
            inside = f"{self.choose.choice(_FUNCTIONS)}({inside})"
        return f"({inside})^{self.leaf()}" if self.choose.random() < 0.2 else inside

    def indexed(self) -> str:
        """Return a sum over an index."""
        body = self.choose.choice(
            ("x^i", "(x+i)^i", "max(x,i)", "ln(x+i)", "sqrt(x+i)", "x_i^2", "sin(i x)/i", "e^(i x)/(1+i x)", "1/(x-i)")
        )
        inside = f"sum({body},i,{self.choose.randint(-1, 2)},{self.choose.randint(3, 12)})"
        return f"{self.choose.choice(_FUNCTIONS)}({inside})" if self.choose.random() < 0.6 else inside

    def idle(self) -> str:
        """Return something that is 0, 1 or nothing everywhere, within something else."""
        x = self.choose.choice(self.names)
        core = self.choose.choice(
            (
                f"{x}-{x}",
                f"sin({x})^2+cos({x})^2",
                f"sin({x})^2+cos({x})^2-1",
                f"(1e-17+{x})-{x}",
                f"{x}^{x}",
                f"-({x}^{x})",
            )
        )
        for _ in range(self.choose.choice((1, 1, 2, 3))):
            wrapped = (f"{self.choose.choice(_FUNCTIONS)}({core})", f"1/({core})", f"{x}*({core})", f"max({core}, {x})")
            core = self.choose.choice(wrapped)
        return core

    def text(self) -> str:
        self.names = self.choose.choice((("x",), ("x",), ("x",), _NAMES[:2], _NAMES))
        kinds: tuple[Callable[[], str], ...] = (
            *(self.mixed, self.mixed, self.nest, self.tower, self.quotients, self.pieces),
            *(self.many, self.indexed, self.idle),
        )
        return self.choose.choice(kinds)()


def formulas(seed: int) -> Iterator[nd.Function]:
    """Yield legal formulas without end, the same ones for the same seed."""
    typist = _Typist(seed)
    while True:
        try:
            yield nd.parse(typist.text())
        except nd.InputError:
            continue
