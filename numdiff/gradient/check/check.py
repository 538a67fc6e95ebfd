"""The gradient check: what backpropagation gives beside what values of f alone give, variable by variable.

A gradient worked out by rules can be wrong where a rule is; a difference quotient needs no rule, but it is only as
exact as its step allows. If both agree to many digits, both are right. The bands in which practice judges the relative
error abs(a − n)/max(abs(a), abs(n)) are those of Stanford's course CS231n (Neural Networks Part 3, "Gradient checks");
PyTorch's ``torch.autograd.gradcheck`` asks for abs(a − n) ≤ atol + rtol·abs(n) instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.bound import with_arguments, with_extras
from numdiff.blackbox.calling import AnyFunction
from numdiff.budget import Budget
from numdiff.difference.schemes import Scheme, as_scheme
from numdiff.function import Function
from numdiff.gradient.check.edges import EdgeCheck, check_edges
from numdiff.gradient.check.kinks import MOST_OPERATIONS, Kink, kinks_between
from numdiff.gradient.exactly import by_dual
from numdiff.gradient.first import Steps, steps_of
from numdiff.gradient.numerical import quotients, steps_for
from numdiff.gradient.problem import Point, Problem, problem_at_a_point
from numdiff.gradient.quick import Rows
from numdiff.graph.build import Graph, graph
from numdiff.graph.nodes import EdgeKey
from numdiff.naming import by_name

Broken: TypeAlias = Mapping[EdgeKey, float] | str | None
"""Wrong rules: a factor for some edges of the graph, or the name of an operation whose rule gets the wrong sign."""

HAPPY, OKAY, WRONG = 1e-7, 1e-4, 1e-2
"""CS231n: 1e-7 and less, you should be happy; up to 1e-4 is usually okay for objectives with kinks, without them it is
too high; more than 1e-2 usually means the gradient is probably wrong."""
ATOL, RTOL = 1e-5, 1e-3
"""PyTorch's defaults; its step is 1e-6, and it wants double precision."""


class Band(StrEnum):
    """In which of CS231n's bands a relative error lies."""

    HAPPY = "happy"
    """At most 1e-7."""
    OKAY_WITH_KINKS = "okay_with_kinks"
    """At most 1e-4: usually okay for objectives with kinks, too high without."""
    UNCOMFORTABLE = "uncomfortable"
    """At most 1e-2."""
    PROBABLY_WRONG = "probably_wrong"
    """More."""
    UNKNOWN = "unknown"
    """One of the two numbers does not exist."""


@dataclass(frozen=True, slots=True)
class VariableCheck:
    """The check of one partial derivative.

    Attributes
    ----------
    name : str
        The variable's canonical name; ``x[1]`` or ``x[0, 2]`` for an element of an array.
    value : float
        Where: in the precision of the check.
    analytic, numerical : float
        By reverse mode (or as given), and by the difference quotient.
    difference, relative : float
        abs(a − n), and the same over max(abs(a), abs(n)); 0 if both are 0, NaN if one does not exist.
    band : Band
        CS231n's verdict.
    torch : bool
        Whether PyTorch's gradcheck would pass it.
    step : float
        Δx.
    kinks : tuple of Kink
        What has a kink, a jump, a vertical tangent, a pole or an edge of its domain between x − Δx and x + Δx, both
        included: then the quotient need not be near any derivative. Those that could not be excluded within the
        check's budget of operations are among them, as not certain. Empty for a callable, whose operations cannot be
        seen.
    """

    name: str
    value: float
    analytic: float
    numerical: float
    difference: float
    relative: float
    band: Band
    torch: bool
    step: float
    kinks: tuple[Kink, ...]


@dataclass(frozen=True, slots=True)
class GradCheck:
    """A gradient check.

    Attributes
    ----------
    variables : tuple of VariableCheck
    edges : tuple of EdgeCheck
        The local derivatives on the edges of the computational graph, each beside a derivative of that operation
        alone from its values; empty for a callable.
    graph : Graph or None
        With the rules that were used, broken ones included.
    relative : float
        norm(a − n)/max(norm(a), norm(n)) of the whole gradient.
    scheme, dtype : str
    nfev : int
        At how many points f was evaluated for the quotients.
    """

    variables: tuple[VariableCheck, ...]
    edges: tuple[EdgeCheck, ...]
    graph: Graph | None
    relative: float
    scheme: str
    dtype: str
    nfev: int

    @property
    def band(self) -> Band:
        """The worst band of any variable; "unknown" only if nothing is worse."""
        order = (Band.PROBABLY_WRONG, Band.UNCOMFORTABLE, Band.UNKNOWN, Band.OKAY_WITH_KINKS, Band.HAPPY)
        found = {variable.band for variable in self.variables}
        return next((band for band in order if band in found), Band.HAPPY)

    @property
    def torch(self) -> bool:
        """Whether PyTorch's gradcheck would pass all variables."""
        return all(variable.torch for variable in self.variables)

    @property
    def warned(self) -> tuple[VariableCheck, ...]:
        """The variables with a kink within Δx."""
        return tuple(variable for variable in self.variables if variable.kinks)

    @property
    def wrong_edges(self) -> tuple[EdgeCheck, ...]:
        """The edges whose local derivative is not that of their operation."""
        return tuple(edge for edge in self.edges if not edge.agrees)

    def __getitem__(self, name: str) -> VariableCheck:
        found = next((variable for variable in self.variables if variable.name == name), None)
        if found is None:
            raise KeyError(name)
        return found


def gradcheck(  # noqa: PLR0917 - as one would type it
    f: AnyFunction,
    at: Point,
    dx: Steps = None,
    dtype: DTypeLike | None = np.float64,
    scheme: str | Scheme = "central",
    broken: Broken = None,
    *,
    gradient: Callable[[Any], ArrayLike] | ArrayLike | None = None,
    atol: float = ATOL,
    rtol: float = RTOL,
    details: bool = True,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> GradCheck:
    """Return f's gradient by reverse mode beside difference quotients, with the verdicts of practice.

    Parameters
    ----------
    f : Function or callable
        A typed function; or a callable of an array or of named numbers, as for :func:`numdiff.gradient`.
    at : mapping of str to real, or array_like
        One point.
    dx : float, mapping or array_like, optional
        Δx for all variables or for each; by default that which suits the scheme and the precision.
    dtype : dtype
        The precision in which f is evaluated for the quotients and the quotients are computed; None: that of ``at``.
        The analytic gradient is computed in float64 at the point rounded to this precision.
    scheme : str or Scheme
        One of :data:`numdiff.SCHEMES`.
    broken : mapping or str, optional
        Deliberately wrong rules for a typed function, to see the check catch them: from the key of an edge of
        :func:`numdiff.graph` to the factor that its local derivative gets; or the name of an operation ("cos",
        "mul", …), whose local derivatives all get the wrong sign.
    gradient : callable or array_like, optional
        The gradient to be checked, of the shape of ``at``, or a callable that returns it. By default reverse mode for
        a typed function and dual numbers for a callable.
    atol, rtol : float
        PyTorch's tolerances.
    args, kwargs : tuple, mapping
        Further arguments of a callable: ``f(x, *args, **kwargs)``; and of ``gradient``, if that is one.
    details : bool
        Without, neither kinks are looked for nor edges are checked: both are left empty, and it takes less time.

    Returns
    -------
    GradCheck

    Raises
    ------
    TypeError
        As :func:`numdiff.gradient`.
    ValueError
        For no variable at all, more than one point, a step that is not finite and positive, an unknown scheme, edge
        or operation, a gradient of another shape, or broken rules for a callable.

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> w = np.array([[1.0, -1.0], [2.0, 0.5]])
    >>> check = nd.gradcheck(lambda x: np.sum(np.tanh(w @ x) ** 2), [0.3, -0.2])
    >>> str(check.band), check.torch
    ('happy', True)
    """
    for name, value in (("atol", atol), ("rtol", rtol)):
        if not (np.isfinite(value) and value >= 0):
            raise ValueError(f"{name} must be finite and at least 0, got {value!r}")
    task = problem_at_a_point(with_extras(f, args, kwargs), at, dtype)
    gradient = with_arguments(gradient, args, kwargs) if callable(gradient) else gradient
    if broken is not None and (gradient is not None or not task.functions):
        raise ValueError("broken rules need a typed Function and no gradient of one's own")
    chosen = as_scheme(scheme)
    rows = task.rows(range(task.variables))
    h = step_sizes(task, rows, chosen, dx)
    with np.errstate(all="ignore"):
        numerical = quotients(task.field, rows, chosen, h, "nominal")
        if task.field.size != 1:
            raise TypeError(f"f must return one number, got an array of shape {task.field.shape}")
        used = _graph(task, broken) if task.functions and gradient is None else None
        analytic = _gradient_of(task, used, gradient, at)
        edges = check_edges(used) if used is not None and details else ()
    pairs = zip(names_of(task), rows.x, analytic, numerical[0], h.astype(np.float64), strict=True)
    kinks = _all_kinks(task, h) if details else ((),) * task.variables
    checks = tuple(
        compare(name, (float(x), float(a), float(n), float(step)), near, (atol, rtol))
        for (name, x, a, n, step), near in zip(pairs, kinks, strict=True)
    )
    whole = float(relative_norms(analytic, numerical[0]))
    return GradCheck(checks, edges, used, whole, chosen.name, task.field.base.dtype.name, task.field.nfev)


def step_sizes(task: Problem, rows: Rows, scheme: Scheme, dx: Steps) -> NDArray[np.floating]:
    """Return Δx for each row in the precision of the check. ValueError if one is not positive and finite."""
    return steps_for(scheme, rows.x.astype(task.field.base.dtype), steps_of(task, rows, dx))


def names_of(task: Problem) -> tuple[str, ...]:
    """Return the variables' names; x[0], x[1], … for an array, x for a number."""
    if task.names:
        return task.names
    places = np.ndindex(*task.shape)
    return tuple(f"x[{', '.join(map(str, place))}]" if place else "x" for place in places)


def relative_error(difference: Any, one: Any, other: Any) -> float:  # noqa: ANN401 - NumPy's numbers
    """Return difference/max(abs(one), abs(other)): 0 if all are 0, NaN if something is not finite."""
    if difference == 0:
        return 0.0
    greatest = max(abs(one), abs(other))
    return float(difference / greatest) if np.isfinite(greatest) and np.isfinite(difference) else float("nan")


def relative_norms(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return norm(one − other)/max(norm(one), norm(other)) over the first axis, as :func:`relative_error` does.

    The columns are scaled by a power of two, which changes no digit, so that no square overflows or vanishes.
    """
    with np.errstate(all="ignore"):
        parts = [one, other]
        greatest = np.max([np.max(np.abs(part), axis=0) for part in parts], axis=0)
        exponent = np.where(np.isfinite(greatest), np.frexp(greatest)[1], 0)
        parts = [np.ldexp(part, -exponent) for part in parts]
        norms = [np.linalg.norm(part, axis=0) for part in (parts[0] - parts[1], *parts)]
        return np.array([relative_error(*column) for column in zip(*map(np.ravel, norms), strict=True)]).reshape(
            np.shape(norms[0])
        )


def band_of(relative: float) -> Band:
    """Return CS231n's band of a relative error."""
    if not np.isfinite(relative):
        return Band.UNKNOWN
    bounds = ((HAPPY, Band.HAPPY), (OKAY, Band.OKAY_WITH_KINKS), (WRONG, Band.UNCOMFORTABLE))
    return next((band for bound, band in bounds if relative <= bound), Band.PROBABLY_WRONG)


def compare(
    name: str, numbers: tuple[float, float, float, float], kinks: tuple[Kink, ...], tolerance: tuple[float, float]
) -> VariableCheck:
    """Return the check of one variable from its value, the two derivatives and Δx."""
    x, analytic, numerical, step = numbers
    difference = abs(analytic - numerical)
    relative = relative_error(difference, analytic, numerical)
    passes = bool(np.isfinite(difference) and difference <= tolerance[0] + tolerance[1] * abs(numerical))
    return VariableCheck(name, x, analytic, numerical, difference, relative, band_of(relative), passes, step, kinks)


def _all_kinks(task: Problem, steps: NDArray[np.floating]) -> tuple[tuple[Kink, ...], ...]:
    """Return the kinks within Δx for each variable; the budget is one for all of them."""
    budget = Budget(MOST_OPERATIONS)
    kinks = []
    for place, step in enumerate(steps):
        share = budget.share(len(steps) - place)
        kinks.append(kinks_within(task, place, float(step), share))
        budget.count(share.spent)
    return tuple(kinks)


def kinks_within(task: Problem, place: int, step: float, budget: Budget) -> tuple[Kink, ...]:
    """Return the kinks of a typed function within Δx of one variable's value; none for a callable."""
    base = task.field.base[:, 0].astype(np.float64)
    if not task.functions or not np.all(np.isfinite(base)) or not np.isfinite(step):
        return ()
    f, name = task.functions[0], task.names[place]
    point = {other: Fraction(float(value)) for other, value in zip(task.names, base, strict=True)}
    return kinks_between(f, point, name, point[name] - Fraction(step), point[name] + Fraction(step), budget)


def _graph(task: Problem, broken: Broken) -> Graph:
    f = task.functions[0]
    return graph(f, point_of(task), broken=factors_of(f, broken))


def point_of(task: Problem) -> dict[str, float]:
    """Return the point of a typed function's graph: the values of its own variables, as the precision holds them."""
    values = {name: float(value) for name, value in zip(task.names, task.field.base[:, 0], strict=True)}
    return {name: values[name] for name in task.functions[0].variables}


def factors_of(f: Function, broken: Broken) -> Mapping[EdgeKey, float] | None:
    """Return the factors of the edges whose rules are broken. ValueError if f has no such operation."""
    if not isinstance(broken, str):
        return broken
    plain = graph(f)
    operations = {node.id: node.operation for node in plain.nodes}
    found = {edge.key: -1.0 for edge in plain.edges if operations[edge.target] == broken}
    if not found:
        raise ValueError(f"f has no operation {broken!r}; it has {', '.join(sorted(set(operations.values())))}")
    return found


def _gradient_of(
    task: Problem, used: Graph | None, given: Callable[[Any], ArrayLike] | ArrayLike | None, at: Point
) -> NDArray[np.float64]:
    """Return the gradient to be checked, one number for each variable."""
    if used is not None:
        found = used.gradient
        return np.array([found.get(name, 0.0) for name in task.names])
    if given is None:
        return np.asarray(by_dual(task, range(task.variables)).df[0], dtype=np.float64)
    value: Any = given(at) if callable(given) else given
    if isinstance(value, Mapping):
        named = by_name(value, task.names)
        return np.array([float(named[name]) for name in task.names])
    array = np.asarray(value, dtype=np.float64)
    if array.shape != task.shape:
        raise ValueError(f"the gradient must have the shape {task.shape}, got {array.shape}")
    return array.ravel()
