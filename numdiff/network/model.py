"""A neural network small enough to be read: two inputs, one hidden layer, one output; backpropagation written out.

    z = W x + b        h = φ(z)        s = v·h + c        p = σ(s), or p = s for the squared loss

The loss is the mean over the points: of −y ln p − (1 − y) ln(1 − p), the cross-entropy, or of (p − y)²/2. In both cases
its derivative by s is (p − y)/m for each of the m points, and everything before follows by the chain rule. Arrays carry
one row for each point. D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating
errors, Nature 323 (1986).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numdiff.gradient.check.check import ATOL, RTOL, Band, band_of, relative_error

Floats: TypeAlias = NDArray[np.float64]
Activation: TypeAlias = Literal["tanh", "sigmoid", "relu"]
Loss: TypeAlias = Literal["cross_entropy", "squared"]

ACTIVATIONS: tuple[str, ...] = get_args(Activation)
LOSSES: tuple[str, ...] = get_args(Loss)
MOST_HIDDEN = 4
"""A larger hidden layer could not be read any more; the cost of one is measured elsewhere."""


def _sigmoid(s: Floats) -> Floats:
    return np.exp(-np.logaddexp(0, -s))  # 1/(1 + e^−s) without overflow


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0)


class Phi(NamedTuple):
    """An activation φ: its value from z, φ′ from z and h = φ(z), and both as the code that a learner takes home."""

    name: Activation
    value: Callable[[Floats], Floats]
    slope: Callable[[Floats, Floats], Floats]
    value_code: str
    slope_code: str


PHI: Mapping[str, Phi] = MappingProxyType(
    {
        phi.name: phi
        for phi in (
            Phi("tanh", np.tanh, lambda _z, h: 1 - h**2, "np.tanh(z)", "1 - h**2"),
            Phi("sigmoid", _sigmoid, lambda _z, h: h * (1 - h), "sigmoid(z)", "h * (1 - h)"),
            # 0 at the kink, as every library has it
            Phi(
                "relu",
                _relu,
                lambda z, _h: (z > 0).astype(np.float64),
                "np.maximum(z, 0)",
                "(z > 0).astype(np.float64)",
            ),
        )
    }
)
"""The activations by name."""


@dataclass(frozen=True, eq=False)
class Points:
    """What is learnt: x of shape (m, 2), and the targets y of shape (m,), 0 or 1."""

    x: Floats
    y: Floats


XOR = Points(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0]))
"""Exclusive or: four points that no straight line parts."""


@dataclass(frozen=True, eq=False)
class Network:
    """The weights: W (hidden, 2), b (hidden,), v (hidden,), c; and what the network is made of."""

    w: Floats
    b: Floats
    v: Floats
    c: float
    activation: Activation = "tanh"
    loss: Loss = "cross_entropy"

    @property
    def hidden(self) -> int:
        """How many units the hidden layer has."""
        return int(self.b.size)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the weights in the order of :attr:`parameters`: w_11, w_12, …, b_1, …, v_1, …, c."""
        units = range(1, self.hidden + 1)
        matrix = tuple(f"w_{unit}{place}" for unit in units for place in (1, 2))
        return (*matrix, *(f"b_{unit}" for unit in units), *(f"v_{unit}" for unit in units), "c")

    @property
    def parameters(self) -> Floats:
        """All weights in one array, shape (n,) with n = 4·hidden + 1."""
        return np.concatenate([self.w.ravel(), self.b, self.v, [self.c]])

    def with_parameters(self, parameters: ArrayLike) -> Network:
        """Return the same network with other weights. ValueError if there are not as many."""
        theta, k = np.asarray(parameters, dtype=np.float64), self.hidden
        if theta.shape != (4 * k + 1,):
            raise ValueError(f"parameters must have the shape {(4 * k + 1,)}, got {theta.shape}")
        w, b, v = theta[: 2 * k].reshape(k, 2), theta[2 * k : 3 * k], theta[3 * k : 4 * k]
        return Network(w, b, v, float(theta[-1]), self.activation, self.loss)


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """The values on the way: z, h of shape (m, hidden); s, p and the losses of shape (m,); their mean, the loss."""

    z: Floats
    h: Floats
    s: Floats
    p: Floats
    losses: Floats
    loss: float


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """The derivatives of the loss by everything on the way back, each in the shape of what it is by."""

    s: Floats
    v: Floats
    c: float
    h: Floats
    z: Floats
    w: Floats
    b: Floats

    @property
    def gradient(self) -> Floats:
        """By all weights, in the order of :attr:`Network.parameters`."""
        return np.concatenate([self.w.ravel(), self.b, self.v, [self.c]])


@dataclass(frozen=True, slots=True)
class WeightCheck:
    """One weight: its value, the derivative by backpropagation and by a difference, and CS231n's and PyTorch's verdict.

    ``kink`` is True if within Δx a relu that the weight acts on switches on or off for some point.
    """

    name: str
    value: float
    backpropagated: float
    numerical: float
    relative: float
    band: Band
    torch: bool
    kink: bool


def new_network(
    hidden: int = 3, activation: Activation = "tanh", loss: Loss = "cross_entropy", seed: int = 0
) -> Network:
    """Return a network with random weights, the same for the same seed.

    Raises
    ------
    ValueError
        If there is no such activation or loss, or no hidden unit.
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, got {activation!r}")
    if loss not in LOSSES:
        raise ValueError(f"loss must be one of {', '.join(LOSSES)}, got {loss!r}")
    if hidden < 1:
        raise ValueError(f"hidden must be at least 1, got {hidden}")
    draw = np.random.default_rng(seed).normal
    # rounded, so that they can be read; normal about 0, so that the units differ
    w, b, v = draw(size=(hidden, 2)).round(2), draw(scale=0.5, size=hidden).round(2), draw(size=hidden).round(2)
    return Network(w, b, v, 0.0, activation, loss)


def forward(net: Network, points: Points = XOR) -> Forward:
    """Return the values of all units and the loss."""
    z = points.x @ net.w.T + net.b
    h = PHI[net.activation].value(z)
    s = h @ net.v + net.c
    if net.loss == "squared":
        p = s
        losses = (p - points.y) ** 2 / 2
    else:
        p = _sigmoid(s)
        # −y ln p − (1 − y) ln(1 − p), by way of s: p may round to 0 or 1
        losses = np.logaddexp(0, s) - points.y * s
    return Forward(z, h, s, p, losses, float(losses.mean()))


def backward(net: Network, points: Points = XOR, values: Forward | None = None) -> Backward:
    """Return the derivatives of the loss by backpropagation: one pass from the loss to the inputs.

    Parameters
    ----------
    net, points
        The network and what it learns.
    values : Forward, optional
        What :func:`forward` gave, if it has been called already.
    """
    on = forward(net, points) if values is None else values
    s = (on.p - points.y) / points.y.size  # ∂loss/∂s
    v = s @ on.h  # s = v·h + c
    c = float(s.sum())
    h = np.outer(s, net.v)
    z = h * PHI[net.activation].slope(on.z, on.h)  # h = φ(z)
    w = z.T @ points.x  # z = W x + b
    b = z.sum(axis=0)
    return Backward(s, v, c, h, z, w, b)


def loss_of(net: Network, points: Points = XOR) -> Callable[[ArrayLike], float]:
    """Return the loss as a function of all weights in one array, shape (n,)."""
    return lambda parameters: forward(net.with_parameters(parameters), points).loss


def numerical_gradient(
    loss: Callable[[Floats], float], parameters: ArrayLike, dx: float = 1e-5, scheme: str = "central"
) -> Floats:
    """Return the gradient by differences, one weight after the other: n + 1 calls of the loss, or 2n for "central".

    This is the loop that every course writes. :func:`numdiff.gradient` does it better.

    Raises
    ------
    ValueError
        If the scheme is not "forward" or "central", or dx is not positive.
    """
    if scheme not in ("forward", "central"):
        raise ValueError(f"scheme must be forward or central, got {scheme!r}")
    if not dx > 0:
        raise ValueError(f"dx must be more than 0, got {dx}")
    theta = np.array(parameters, dtype=np.float64)  # a copy, of floats: an array of integers would not take x + dx
    here = loss(theta) if scheme == "forward" else 0.0
    gradient = np.zeros_like(theta)
    for i in range(theta.size):
        kept = theta[i]
        theta[i] = kept + dx
        above = loss(theta)
        if scheme == "forward":
            gradient[i] = (above - here) / dx
        else:
            theta[i] = kept - dx
            gradient[i] = (above - loss(theta)) / (2 * dx)
        theta[i] = kept
    return gradient


def check_network(
    net: Network, points: Points = XOR, dx: float = 1e-5, scheme: str = "central"
) -> tuple[WeightCheck, ...]:
    """Return for every weight the derivative by backpropagation beside the numerical one.

    Raises
    ------
    ValueError
        As :func:`numerical_gradient`.
    """
    exact = backward(net, points).gradient
    numerical = numerical_gradient(loss_of(net, points), net.parameters, dx, scheme)
    near = kinks_near(net, points, dx)
    rows = zip(net.names, net.parameters, exact, numerical, near, strict=True)
    return tuple(_check(name, float(value), float(a), float(n), bool(kink)) for name, value, a, n, kink in rows)


def _check(name: str, value: float, analytic: float, numerical: float, kink: bool) -> WeightCheck:
    difference = abs(analytic - numerical)
    relative = relative_error(difference, analytic, numerical)
    torch = difference <= ATOL + RTOL * abs(numerical)
    return WeightCheck(name, value, analytic, numerical, relative, band_of(relative), torch, kink)


def kinks_near(net: Network, points: Points = XOR, dx: float = 1e-5) -> NDArray[np.bool_]:
    """Return for each weight whether a relu switches within Δx of it, for any point: shape (n,).

    z is linear in each weight: it moves by at most Δx·abs(x) for a weight of W, by Δx for one of b. The weights behind
    the relu do not move it.
    """
    near = np.zeros(4 * net.hidden + 1, dtype=bool)
    if net.activation == "relu":
        z = np.abs(points.x @ net.w.T + net.b)[:, :, None]
        reach = np.abs(points.x)[:, None, :] * dx
        near[: 2 * net.hidden] = ((z <= reach) & (reach > 0)).any(axis=0).ravel()
        near[2 * net.hidden : 3 * net.hidden] = (z[:, :, 0] <= dx).any(axis=0)
    return near
