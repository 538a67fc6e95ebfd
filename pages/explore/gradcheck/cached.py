"""What is computed for the page, kept by plain values: a point that was looked at before costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter, thread_time
from typing import TypeAlias

import numpy as np

from numdiff.blackbox.precision import as_dtype
from numdiff.gradient.check.check import GradCheck, gradcheck
from numdiff.gradient.check.sweep import GradCheckSweep, gradcheck_sweep
from numdiff.graph.build import Graph, graph
from numdiff.graph.nodes import EdgeKey
from numdiff.network.model import Activation, Loss, Network, WeightCheck, check_network, new_network
from numdiff.network.training import By, Cost, Descent, costs, descend
from pages.parts.entries import function_of
from pages.parts.fields import DTYPES
from pages.parts.kept import kept

At: TypeAlias = tuple[tuple[str, float], ...]
Broken: TypeAlias = tuple[EdgeKey, float] | None
Shape: TypeAlias = tuple[int, Activation, Loss, int]
"""Hidden units, activation, loss and seed of a network."""

STEPS = np.logspace(-13, 0, 79)
"""Six for each power of ten."""
RATE, DESCENT_STEPS = 0.5, 200
"""Of gradient descent."""
_UNDISTURBED = 0.8
"""The part of a measurement's time that the processor must have been its thread's."""
_RUNS, _ENOUGH = 5, 0.05
"""It is timed so many times, as long as that takes no more than so many seconds."""


@kept
def plain(text: str) -> Graph:
    """Return the graph of a function without numbers."""
    return graph(function_of(text))


def _factors(broken: Broken) -> Mapping[EdgeKey, float] | None:
    return None if broken is None else dict([broken])


@kept
def check(text: str, at: At, dx: float, dtype: str, scheme: str, broken: Broken) -> GradCheck:  # noqa: PLR0917
    """Return the gradient check of a function of at least one variable."""
    with np.errstate(all="ignore"):  # a point or a step may be too large or too small for a narrow format
        return gradcheck(function_of(text), dict(at), dx, as_dtype(dtype), scheme, _factors(broken))


@kept
def sweep(text: str, at: At, dtype: str, scheme: str, broken: Broken) -> GradCheckSweep:
    """Return the check over all steps; kinks are looked for in float64 only, they are the same in every format."""
    f, is_widest = function_of(text), dtype == "float64"
    with np.errstate(all="ignore"):
        return gradcheck_sweep(f, dict(at), STEPS, as_dtype(dtype), scheme, _factors(broken), kinks=is_widest)


def sweeps(text: str, at: At, scheme: str, broken: Broken) -> dict[str, GradCheckSweep]:
    """Return the check over all steps in every number format."""
    return {dtype: sweep(text, at, dtype, scheme, broken) for dtype in DTYPES}


@kept
def network(shape: Shape) -> Network:
    """Return the network."""
    return new_network(*shape)


@kept
def weights(shape: Shape, dx: float, scheme: str) -> tuple[WeightCheck, ...]:
    """Return the check of all weights."""
    return check_network(network(shape), dx=dx, scheme=scheme)


def _is_undisturbed(answer: tuple[tuple[Cost, ...], bool]) -> bool:
    return answer[1]


@kept(is_whole=_is_undisturbed)
def _measured() -> tuple[tuple[Cost, ...], bool]:
    """Return the measured costs, and whether the processor was this thread's meanwhile."""
    begun, own = perf_counter(), thread_time()
    found = costs()
    return found, thread_time() - own >= _UNDISTURBED * (perf_counter() - begun)


def measured() -> tuple[Cost, ...]:
    """Return what a gradient costs as the network grows; measured once while this server runs.

    Where others were at work meanwhile, it is measured again later: their time is not the gradient's.
    """
    return _measured()[0]


@kept
def descent(shape: Shape, by: By, dx: float) -> tuple[Descent, float]:
    """Return gradient descent, and how many seconds it took: the best of a few runs, as long as they are short."""
    times: list[float] = []
    while len(times) < _RUNS and sum(times) < _ENOUGH:
        start = perf_counter()
        found = descend(network(shape), rate=RATE, steps=DESCENT_STEPS, by=by, dx=dx)
        times.append(perf_counter() - start)
    return found, min(times)
