"""Why differentiate: gradient descent with either gradient, and what each of the gradients costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from numdiff.network.model import (
    XOR,
    Floats,
    Network,
    Points,
    backward,
    forward,
    loss_of,
    new_network,
    numerical_gradient,
)

By: TypeAlias = Literal["backpropagation", "central", "forward"]

SIZES: tuple[int, ...] = (2, 4, 8, 16, 32, 64, 128)
"""Hidden units of the networks whose costs are compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Gradient descent.

    Attributes
    ----------
    losses : ndarray, shape (steps + 1,)
        Before the first step and after each.
    parameters : ndarray, shape (steps + 1, n)
    by : str
        Which gradient was used.
    evaluations : int
        How often the loss was computed for the gradients alone; 0 for backpropagation.
    passes : int
        How often there was a forward and a backward pass.
    """

    losses: Floats
    parameters: Floats
    by: By
    evaluations: int
    passes: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one gradient costs for a network of n weights.

    Attributes
    ----------
    weights, hidden : int
    forward_evaluations, central_evaluations : int
        How often the loss was called, counted: n + 1 and 2n.
    loss_seconds : float
        Of one evaluation of the loss.
    backward_seconds, forward_seconds, central_seconds : float
        Of the whole gradient: by one forward and one backward pass, by forward and by central differences.
    """

    weights: int
    hidden: int
    forward_evaluations: int
    central_evaluations: int
    loss_seconds: float
    backward_seconds: float
    forward_seconds: float
    central_seconds: float


def descend(  # noqa: PLR0917 - as one would type it
    net: Network,
    points: Points = XOR,
    rate: float = 0.5,
    steps: int = 50,
    by: By = "backpropagation",
    dx: float = 1e-5,
) -> Descent:
    """Return the losses and weights of gradient descent: θ ← θ − rate·gradient.

    Raises
    ------
    ValueError
        If rate or dx is not positive, steps is negative, or the gradient is not one of the three.
    """
    if not rate > 0:
        raise ValueError(f"rate must be more than 0, got {rate}")
    if steps < 0:
        raise ValueError(f"steps must be at least 0, got {steps}")
    if by not in ("backpropagation", "central", "forward"):
        raise ValueError(f"by must be backpropagation, central or forward, got {by!r}")
    theta, count = [net.parameters], _Counted(loss_of(net, points))
    for _ in range(steps):
        here = net.with_parameters(theta[-1])
        if by == "backpropagation":
            gradient = backward(here, points).gradient
        else:
            gradient = numerical_gradient(count, theta[-1], dx, by)
        theta.append(theta[-1] - rate * gradient)
    losses = np.array([forward(net.with_parameters(weights), points).loss for weights in theta])
    return Descent(losses, np.array(theta), by, count.calls, steps if by == "backpropagation" else 0)


class _Counted:
    """A loss that counts how often it is called."""

    def __init__(self, loss: Callable[[Floats], float]) -> None:
        self.loss, self.calls = loss, 0

    def __call__(self, parameters: Floats) -> float:
        self.calls += 1
        return self.loss(parameters)


def costs(sizes: Sequence[int] = SIZES, points: Points = XOR, repeats: int = 3) -> tuple[Cost, ...]:
    """Return what a gradient costs as the network grows: evaluations counted, times measured (the best of some).

    The times are those of this machine and of NumPy's small arrays; that one grows like n and the other hardly is what
    they show.
    """
    return tuple(_cost(new_network(hidden), points, repeats) for hidden in sizes)


def _cost(net: Network, points: Points, repeats: int) -> Cost:
    loss, theta = loss_of(net, points), net.parameters
    counts = []
    for scheme in ("forward", "central"):
        counted = _Counted(loss)
        numerical_gradient(counted, theta, scheme=scheme)
        counts.append(counted.calls)
    seconds = [
        _best(call, repeats)
        for call in (
            lambda: loss(theta),
            lambda: backward(net, points),
            lambda: numerical_gradient(loss, theta, scheme="forward"),
            lambda: numerical_gradient(loss, theta, scheme="central"),
        )
    ]
    return Cost(theta.size, net.hidden, *counts, *seconds)


def _best(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)
