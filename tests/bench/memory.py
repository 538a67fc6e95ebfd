"""Memory and open files of a server while visitors come, type and leave.

    python -m tests.bench.memory --visitors 50 --moves 20000

prints what a move costs, and what is not given back. A run with the default numbers takes about a quarter of an hour.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import asyncio
import random
from dataclasses import dataclass

from tests.bench.visiting import PAGES, Server, Visitor, serving

FORMULAS = ("3x e^x", "x^3 - 3x", "sin(x) e^(-x)", "x^2 ln(x+4)", "1/(1+e^(-x))", "|x-1|", "tanh(x)^2", "x y")


@dataclass(frozen=True)
class Stage:
    """How things stand after a number of moves."""

    moves: int
    resident: float
    open_files: int


async def _moves(visitor: Visitor, count: int, numbers: random.Random) -> None:
    await visitor.open()
    for move in range(count):
        if move % 6 == 5:
            await visitor.type("f", f"{numbers.choice(FORMULAS)} + {numbers.randint(1, 30)}")
        else:
            await visitor.type("x", f"{numbers.uniform(0.2, 3):.3f}")
    await visitor.close()
    assert not visitor.errors, visitor.errors[:3]


async def _class(server: Server, visitors: int, count: int, seed: int) -> None:
    numbers = random.Random(seed)
    tasks = [_moves(Visitor(server.port, PAGES[k % len(PAGES)]), count, numbers) for k in range(visitors)]
    await asyncio.gather(*tasks)


def measure(server: Server, visitors: int, moves: int, classes: int) -> list[Stage]:
    """Return how things stand after each of several classes, one after the other: ``moves`` is for all of them."""
    each = max(1, moves // (visitors * classes))
    stages = [Stage(0, server.resident, server.open_files)]
    for number in range(classes):
        asyncio.run(_class(server, visitors, each, number))
        stages.append(Stage((number + 1) * each * visitors, server.resident, server.open_files))
    return stages


def show(stages: list[Stage]) -> None:
    """Print the stages, and the growth since the first class had been there."""
    print(f"\n{'moves':>8}{'MB':>10}{'files':>8}")
    for stage in stages:
        print(f"{stage.moves:8}{stage.resident:10.1f}{stage.open_files:8}")
    first, last = stages[1], stages[-1]
    grown, moves = last.resident - first.resident, last.moves - first.moves
    print(f"growth after the first {first.moves} moves: {grown:.1f} MB, {1024 * grown / max(moves, 1):.1f} kB a move")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--moves", type=int, default=20_000)
    parser.add_argument("--classes", type=int, default=20)
    arguments = parser.parse_args()
    with serving() as server:
        show(measure(server, arguments.visitors, arguments.moves, arguments.classes))


if __name__ == "__main__":
    main()
