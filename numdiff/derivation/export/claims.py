"""What a derivation or a chain claims: groups of expressions that are equal to one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.export.sections import Say
from numdiff.derivation.steps import Derivative, Line
from numdiff.derivation.work import Derivation
from numdiff.tree import Node, Variable, substitute, walk

_OVERHEAD = 50
"""Nodes that take as long as calling the evaluation once."""


def length(line: Line) -> int:
    """Return how many nodes are computed for a line, those of its measured slopes included."""
    trees = (line.tree, *(derivative.of for derivative in line.open.values()))
    return sum(_OVERHEAD + sum(1 for _ in walk(tree)) for tree in trees)


@dataclass(frozen=True)
class Claim:
    """Expressions that are all equal, one below the other.

    Attributes
    ----------
    title : str
        Plain text.
    lines : tuple[Line, ...]
        The expressions; the first is mostly the derivative that is asked for.
    """

    title: str
    lines: tuple[Line, ...]

    @property
    def length(self) -> int:
        """How many nodes are computed for its lines."""
        return sum(map(length, self.lines))


@dataclass(frozen=True)
class Claims:
    """All that a script checks.

    Attributes
    ----------
    tree, result : Node
        The function and its derivative.
    variables : tuple[str, ...]
        The function's variables.
    variable : str
        The one by which it is differentiated.
    inner : Mapping[str, Node]
        The inner functions of a chain by name, each in the names after it.
    claims : tuple[Claim, ...]
        The groups.
    left_out : int
        How many groups are not among them, since all of them together would be too long.
    """

    tree: Node
    result: Node
    variables: tuple[str, ...]
    variable: str
    claims: tuple[Claim, ...]
    inner: Mapping[str, Node] = field(default_factory=dict)
    left_out: int = 0

    def renamed(self, names: Mapping[str, str]) -> Claims:
        """Return the same with other names for the variables; the placeholders of open derivatives stay."""
        if all(old == new for old, new in names.items()):
            return self
        trees = {old: Variable(new) for old, new in names.items()}

        def derivative(open_: Derivative) -> Derivative:
            return Derivative(substitute(open_.of, trees), names.get(open_.variable, open_.variable))

        def line(old: Line) -> Line:
            opened = {place: derivative(open_) for place, open_ in old.open.items()}
            return Line(substitute(old.tree, trees), opened)

        return Claims(
            substitute(self.tree, trees),
            substitute(self.result, trees),
            tuple(names.get(name, name) for name in self.variables),
            names.get(self.variable, self.variable),
            tuple(replace(claim, lines=tuple(map(line, claim.lines))) for claim in self.claims),
            {names.get(name, name): substitute(node, trees) for name, node in self.inner.items()},
            self.left_out,
        )

    def shortened(self, most: int) -> Claims:
        """Return the same with no more groups, in reading order, than the length allows; the last is always there."""
        left, kept = most - self.claims[-1].length, list[Claim]()
        for claim in self.claims[:-1]:
            left -= claim.length
            if left < 0:
                break
            kept.append(claim)
        return replace(self, claims=(*kept, self.claims[-1]), left_out=len(self.claims) - len(kept) - 1)


def claims_of(work: Derivation | Chain, say: Say) -> Claims:
    """Return what the work claims, in reading order."""
    f = work.function
    claims = tuple(_derivation(work, say) if isinstance(work, Derivation) else _chain(work, say))
    inner = {} if isinstance(work, Derivation) else {named.name: named.expression for named in work.names}
    return Claims(f.tree, work.result.tree, f.variables or (work.variable,), work.variable, claims, inner)


def asked(tree: Node, variable: str) -> Line:
    """Return the line that consists of the derivative of the tree."""
    return Line(Variable("#0"), {"#0": Derivative(tree, variable)})


def _derivation(work: Derivation, say: Say) -> Iterator[Claim]:
    question = asked(work.function.tree, work.variable)
    for number, step in enumerate(work.steps, 1):
        yield Claim(f"{number}. {say(f'rule.{step.rule}')}", (step.question, *step.lines))
    if work.tidying:
        lines = (Line(step.after) for step in work.tidying)
        yield Claim(say("heading.tidying"), (Line(work.root.after), *lines))
    yield Claim(say("heading.result"), (question, Line(work.result.tree)))


def _chain(work: Chain, say: Say) -> Iterator[Claim]:
    question = asked(work.function.tree, work.variable)
    if work.names:
        yield Claim(say("heading.names"), (Line(work.function.tree), Line(work.outer)))
    for named in work.names:
        yield Claim(f"{say('heading.names')}: {named.name}", (Line(named.full), Line(named.expression)))
    for factor in work.factors:
        factor_line = Line(Variable("#0"), {"#0": factor.derivative})
        yield Claim(say("stage.differentiated"), (factor_line, Line(factor.local), Line(factor.back)))
    if work.stages:
        yield Claim(say("heading.chain"), (question, *(stage.line for stage in work.stages)))
    for part in work.parts:
        yield from _chain(part, say)
    yield Claim(say("heading.result"), (question, Line(work.result.tree)))
