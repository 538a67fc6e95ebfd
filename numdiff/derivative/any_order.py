"""The derivative of any order of any function at any point: the public entrance."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.bound import Interval, interval, with_arguments, within
from numdiff.blackbox.calling import AnyFunction
from numdiff.derivative import api
from numdiff.derivative.api import Method, as_points
from numdiff.derivative.early import early
from numdiff.derivative.nth import DEEPEST, HIGHEST, by_rules, by_values
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.derivative.second import second_derivative as second_by_values
from numdiff.function import Function


def derivative(  # noqa: PLR0917 - as one would type it
    f: AnyFunction,
    x: ArrayLike,
    method: Method = "auto",
    order: int | None = None,
    step: float | None = None,
    dtype: DTypeLike | None = None,
    domain: Interval | None = None,
    *,
    n: int = 1,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
    rtol: float | None = None,
    atol: float | None = None,
    max_evaluations: int | None = None,
) -> DerivativeResult:
    """Return f′(x), or a higher derivative, with an estimate of its error and a word on whether it exists.

    Parameters
    ----------
    f : callable
        A :class:`numdiff.Function` of one variable or any callable that takes a number and returns one. It is called
        with a copy of an array of many points and with one of them alone; if it refuses the array, whatever it
        raises, or mixes its elements, with one number after the other. Where it raises it counts as undefined. If its
        values are complex, the derivatives of both parts are found; if they are arrays, those of all elements.
    x : array_like
        Where. Integers of any size, Decimal, Fraction and longdouble are taken as float64; the masked elements of a
        masked array stay masked, and a pandas Series keeps its labels. Complex x: the derivative in the complex plane,
        if f has one there, for method "auto".
    method : {"auto", "forward", "backward", "central", "richardson", "complex", "dual"}
        "auto": the best that values of f alone can do, from about 90 of them got by one call; it recognises kinks,
        jumps, poles, cusps, vertical tangents, the domain's edges and oscillation. It never looks into a Function.
        "forward", "backward", "central": one difference quotient, in the dtype, divided by the step taken.
        "richardson": Ridders' table of ten central differences.
        "complex": the complex step, for a function that accepts complex numbers.
        "dual": dual numbers, for a Function or code written with NumPy's functions; for n > 1 the power series of a
        Function, and for a callable nested dual numbers, to n = 6.
        All but "auto" and "dual" see the values at their nodes only, and are for n = 1.
    order : int, optional
        The order of accuracy of a difference quotient: 1 to 8, even for the central one.
    step : float, optional
        The step of a quotient, the first one of Ridders' table, the imaginary one. For "auto" about the largest one:
        taken larger where numbers at x lie too far apart to go down from it, and at most 2⁴² times max(1, abs(x)).
        By default "auto" looks as far as 4·max(1, abs(x)) to both sides.
    dtype : dtype, optional
        float16, bfloat16, float32 or float64: the precision in which f is evaluated. By default that of x. The tables
        of "auto" and "richardson" are computed in float64 whatever it is.
    domain : pair of float or None, optional
        "auto" calls f in this closed interval only: elsewhere it counts as undefined. ``(0, None)`` has no upper end.
    n : int
        Which derivative: 1 to 10.
    args, kwargs : tuple, mapping
        Further arguments of f: ``f(x, *args, **kwargs)``.
    rtol, atol : float, optional
        If one of them is given, "auto" is content with an error of atol + rtol·abs(df) and stops as soon as it is sure
        of that, from 15 values of f on. What remains doubtful has the whole look.
    max_evaluations : int, optional
        At how many points f may be evaluated for each element of x, at least 16: if the whole look does not fit, what
        remains doubtful has the status "noise_limited", an error that says how doubtful, and no success.

    Returns
    -------
    DerivativeResult
        Of Python's numbers for a scalar x, of arrays in the shape of x else; the shape of the values of f comes first
        if those are arrays. Never a warning from NumPy's arithmetic.

    Raises
    ------
    TypeError
        If f is not callable, does not return numbers, or cannot work on dual numbers; if x, step or
        domain is no number or pair of such.
    ValueError
        If an argument is out of the range given here or has no meaning for the method.
    Exception
        What f raises, if it raises at every point and not an ArithmeticError or a ValueError, as functions do outside
        their domain: of those the first is kept in ``raised``.

    See Also
    --------
    second_derivative, gradient, jacobian, derivative_of_samples

    Notes
    -----
    A quotient, Ridders' table and the complex step see their nodes only. Five more values of f about x, counted in
    ``nfev``, must bear out what they give; where they do not, as for the central quotient of abs(x) at 0, df and error
    are as computed, the status is "unverified", and ``success`` is False.

    "auto" makes a Richardson table of central quotients on steps that are powers of two, and takes the entry with the
    least error; that is the largest disagreement among finer entries, scaled by the law by which noise grows, plus
    the rounding of f. See :mod:`numdiff.derivative.adaptive.table`, and :mod:`numdiff.derivative.nth` for n > 2.

    References
    ----------
    .. [1] R. S. Stepleman, N. D. Winarsky, Adaptive numerical differentiation, Math. Comp. 33 (1979).
    .. [2] J. J. Moré, S. M. Wild, Estimating computational noise, SIAM J. Sci. Comput. 33 (2011).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> found = nd.derivative(np.exp, 0.0)
    >>> abs(found.df - 1) <= found.error, str(found.status)
    (True, 'converged')
    >>> str(nd.derivative(np.abs, 0.0).status)
    'kink'
    >>> round(nd.derivative(lambda x, a: a * x**4, 1.0, n=3, args=(2.0,)).df, 6)
    48.0
    >>> nd.derivative(nd.parse("x^5"), 1.0, "dual", n=4).df
    120.0
    """
    _check_n(n, method, order, step)
    chosen, ends = with_arguments(f, args, kwargs), interval(domain)
    tolerance = _tolerance(method, n, (rtol, atol), max_evaluations)
    points, restored = unwrapped(x)

    def find(g: AnyFunction, at: ArrayLike) -> DerivativeResult:
        if n == 1 and tolerance is not None:
            return early(g, at, dtype, ends, tolerance)
        if n == 1:
            return api.derivative(g, at, method, order, step, dtype, ends)
        return _higher(g, at, n, method=method, dtype=dtype, domain=ends)

    if _has_complex_numbers(points):
        if method != "auto":
            raise ValueError(f"x must be real for the {method} method")
        return restored(_in_the_plane(chosen, np.asarray(points), find, n))
    return restored(_of_any_values(chosen, points, find, method))


def second_derivative(
    f: AnyFunction,
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    domain: Interval | None = None,
    *,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> DerivativeResult:
    """Return f″(x) with an estimate of its error, from values of f alone and two calls of f if it takes arrays.

    Parameters
    ----------
    f, x, dtype, domain, args, kwargs
        As for :func:`numdiff.derivative`.

    Returns
    -------
    DerivativeResult
        With f″ in ``df`` and method "second". Where f has no first derivative from both sides, its status, and no
        success; where f′ has a kink, as that of x·abs(x) at 0, a vertical tangent, as that of ∛x⁵, or oscillates, as
        that of x³·sin(1/x), "not_differentiable".

    Raises
    ------
    ValueError, TypeError
        As :func:`numdiff.derivative`.

    Notes
    -----
    Noise δ in the values of f costs 4δ/h² here, so about half of the digits that f′ has must be given up where f is
    not smooth on a large scale.

    References
    ----------
    .. [1] C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Adv. Eng. Software 4 (1982).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> found = nd.second_derivative(np.sin, 1.0)
    >>> bool(abs(found.df + np.sin(1.0)) <= found.error)
    True
    """
    chosen, ends = with_arguments(f, args, kwargs), interval(domain)
    points, restored = unwrapped(x)
    return restored(second_by_values(within(chosen, ends), points, dtype))


def _of_any_values(
    f: AnyFunction, x: ArrayLike, find: Callable[[AnyFunction, ArrayLike], DerivativeResult], method: str
) -> DerivativeResult:
    """Return the derivative of f, whose values may be real or complex numbers or arrays of them."""
    try:
        found = find(f, x)
    except TypeError:
        shape = _shape_of_values(f, x)
        if shape == ():
            raise
        return _by_components(f, x, shape, find)
    if method == "auto" and not np.all(found.success) and _is_complex(f, x):
        return _by_parts(f, x, find)
    return found


def unwrapped(x: Any) -> tuple[Any, Callable[[DerivativeResult], DerivativeResult]]:  # noqa: ANN401 - whatever is given
    """Return x as an array, and what gives a result the mask or the labels of x again."""
    if isinstance(x, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(x)

        def masked(found: DerivativeResult) -> DerivativeResult:
            return _with_columns(found, lambda column: np.ma.MaskedArray(column, mask))

        return np.where(mask, np.nan, np.ma.getdata(x)), masked
    labels = getattr(x, "index", None)
    if labels is not None and hasattr(x, "to_numpy"):  # a pandas Series, which only who has pandas can pass

        def labelled(found: DerivativeResult) -> DerivativeResult:
            return _with_columns(found, lambda column: type(x)(column, index=labels, dtype=column.dtype))

        return x.to_numpy(), labelled
    return x, lambda found: found


def _with_columns(found: DerivativeResult, change: Callable[[Any], Any]) -> DerivativeResult:
    columns = {item.name: getattr(found, item.name) for item in fields(found)}
    return replace(
        found, **{name: change(item) for name, item in columns.items() if isinstance(item, np.ndarray) and item.ndim}
    )


def _check_n(n: Any, method: str, order: Any, step: Any) -> None:  # noqa: ANN401 - whatever is given
    if not isinstance(n, int | np.integer) or isinstance(n, bool):
        raise TypeError(f"n must be a whole number from 1 to {HIGHEST}, got {n!r}")
    if not 1 <= n <= HIGHEST:
        raise ValueError(f"n must be from 1 to {HIGHEST}, got {n}")
    if n > 1 and method in api.METHODS and method not in {"auto", "dual"}:
        raise ValueError(f"n must be 1 for the {method} method: higher derivatives are for auto and dual, got {n}")
    if n > 1 and step is not None:
        raise ValueError("step has no meaning for n > 1")
    if step is not None and (isinstance(step, bool) or not isinstance(step, int | float | np.number)):
        raise TypeError(f"step must be one number, got {step!r}")
    if order is not None and not isinstance(order, int | np.integer):
        raise TypeError(f"order must be a whole number from 1 to 8, got {order!r}")


def _tolerance(
    method: str, n: int, tolerances: tuple[float | None, float | None], most: int | None
) -> tuple[float, float, int | None] | None:
    """Return rtol, atol and the budget; None if none of them is given."""
    for name, value in zip(("rtol", "atol"), tolerances, strict=True):
        if value is not None and not isinstance(value, int | float | np.number):
            raise TypeError(f"{name} must be a number, got {value!r}")
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise ValueError(f"{name} must be finite and at least 0, got {value!r}")
    if most is not None and not isinstance(most, int | np.integer):
        raise TypeError(f"max_evaluations must be a whole number, got {most!r}")
    if most is not None and most < 16:
        raise ValueError(f"max_evaluations must be at least 16, got {most}")
    if tolerances == (None, None) and most is None:
        return None
    if method != "auto" or n > 1:
        raise ValueError("rtol, atol and max_evaluations are for the auto method and n = 1")
    rtol, atol = tolerances
    return (0.0 if rtol is None else float(rtol)), (0.0 if atol is None else float(atol)), most


def _higher(
    f: AnyFunction, x: ArrayLike, n: int, *, method: str, dtype: DTypeLike | None, domain: tuple[float, float] | None
) -> DerivativeResult:
    if method == "dual" and n > DEEPEST and not isinstance(f, Function):
        raise ValueError(f"n must be from 1 to {DEEPEST} for the dual method of a callable, got {n}")
    if method == "dual" and domain is not None:
        raise ValueError("domain has no meaning for the dual method: it is for auto")
    if method not in api.METHODS:
        raise ValueError(f"method must be one of {', '.join(api.METHODS)}, got {method!r}")
    if method == "auto" and n == 2:
        return replace(second_by_values(within(f, domain), x, dtype), method="auto")
    points, shape = as_points(f, x, dtype)
    asked = Asked(within(f, domain))
    with np.errstate(all="ignore"):
        if method == "dual":
            found = by_rules(f, points, n)
        else:
            found = by_values(asked, points.astype(np.float64), n, points.dtype)
    return together(found, shape, method, asked.raised)


def together(
    found: list[DerivativeResult], shape: tuple[int, ...] | None, method: str, raised: str = ""
) -> DerivativeResult:
    """Return the results at single points as one in a shape; the only one for None."""
    if shape is None:
        return replace(found[0], raised=raised)
    kinds = {"status": object, "reason": object, "success": bool, "order": np.intp, "nfev": np.intp}
    columns: dict[str, NDArray[Any]] = {}
    for item in fields(DerivativeResult):
        if item.name not in {"method", "raised"}:
            column = np.empty(len(found), dtype=kinds.get(item.name, np.float64))
            column[:] = [getattr(one, item.name) for one in found]
            columns[item.name] = column.reshape(shape)
    return DerivativeResult(**columns, method=method, raised=raised)


def _has_complex_numbers(x: ArrayLike) -> bool:
    try:
        return bool(np.iscomplexobj(np.asarray(x)))
    except ValueError:  # rows of different lengths: what takes the points says so
        return False


def _is_complex(f: AnyFunction, x: ArrayLike) -> bool:
    """Whether f has complex values at the first point or a little beside it."""
    first = np.ravel(np.asarray(x))[:1]
    with np.errstate(all="ignore"):
        return any(_has_complex_value(f, point) for point in (first, first * 1.01 + 0.01))


def _has_complex_value(f: AnyFunction, point: NDArray[Any]) -> bool:
    """Whether f is complex there; of a function that takes arrays that counts: Python's (−1)**0.5 is complex, too."""
    for argument in (point.copy(), *point.tolist()):
        try:
            value = np.asarray(f(argument))
        except Exception:  # noqa: BLE001 - it has no value there, or does not take arrays
            continue
        return bool(value.dtype.kind == "c" and np.any(value.imag != 0))
    return False


def _part(f: AnyFunction, name: str) -> AnyFunction:
    return lambda x: getattr(np.asarray(f(x)), name)[()]


def _by_parts(
    f: AnyFunction, x: ArrayLike, find: Callable[[AnyFunction, ArrayLike], DerivativeResult]
) -> DerivativeResult:
    """Return the derivative of a function with complex values: of its real and of its imaginary part."""
    real, imaginary = (find(_part(f, name), x) for name in ("real", "imag"))
    return _joined(real, imaginary)


def _joined(one: DerivativeResult, other: DerivativeResult) -> DerivativeResult:
    """Return one + i·other, with the status of the part that has no derivative."""
    both: dict[str, Any] = {
        name: getattr(one, name) + 1j * np.asarray(getattr(other, name)) for name in ("df", "left", "right")
    }
    sums = ("error", "truncation_error", "rounding_error", "nfev")
    both |= {name: getattr(one, name) + getattr(other, name) for name in sums}
    first = np.asarray(one.success)
    for name in ("status", "reason"):
        both[name] = np.where(first, _words(getattr(other, name)), _words(getattr(one, name)))
    both["success"] = first & np.asarray(other.success)
    both["step"] = np.minimum(one.step, other.step)
    if not first.ndim:
        both |= {name: np.asarray(item)[()] for name, item in both.items()} | {"success": bool(both["success"])}
    return replace(one, **both)


def _words(item: Any) -> NDArray[np.object_]:  # noqa: ANN401 - a word or an array of words
    array = np.empty(np.shape(item) if isinstance(item, np.ndarray) else (), dtype=object)
    array[...] = item
    return array


def _shape_of_values(f: AnyFunction, x: ArrayLike) -> tuple[int, ...]:
    """Return the shape of what f returns for the first point; that of a number if it does not say."""
    first = np.ravel(np.asarray(x)).tolist()[:1]
    try:
        return np.shape(f(*first)) if first else ()
    except Exception:  # noqa: BLE001 - it has no value there
        return ()


def _by_components(
    f: AnyFunction, x: ArrayLike, shape: tuple[int, ...], find: Callable[[AnyFunction, ArrayLike], DerivativeResult]
) -> DerivativeResult:
    """Return the derivative of a function that returns an array: of each element, f being asked once for all."""
    known: dict[tuple[bytes, tuple[int, ...]], Any] = {}

    def values(t: Any) -> Any:  # noqa: ANN401 - a number, an array or a dual number
        if not isinstance(t, float | np.ndarray | np.generic):
            return np.stack(list(f(t)))
        key = np.asarray(t).tobytes(), np.shape(t)
        if key not in known:
            known[key] = np.asarray(f(t))
        return known[key]

    def element(place: tuple[int, ...]) -> AnyFunction:
        return lambda t: values(t)[place]

    parts = [find(element(place), x) for place in np.ndindex(*shape)]
    outputs: dict[str, Any] = {}
    for item in fields(DerivativeResult):
        column = [getattr(part, item.name) for part in parts]
        if item.name in {"method", "raised"}:
            outputs[item.name] = column[0]
        else:
            whole = np.empty((len(parts), *np.shape(x)), dtype=object)
            for place, one in enumerate(column):
                whole[place] = one
            kind = object if item.name in {"status", "reason"} else np.asarray(column[0]).dtype
            outputs[item.name] = whole.reshape(*shape, *np.shape(x)).astype(kind)
    return DerivativeResult(**outputs)


def _in_the_plane(
    f: AnyFunction, z: NDArray[Any], find: Callable[[AnyFunction, ArrayLike], DerivativeResult], n: int
) -> DerivativeResult:
    """Return the derivative by a complex variable: along the real axis, if it is the same along the imaginary one."""
    found = [_at_complex(f, complex(point), find, n) for point in z.ravel()]
    if not z.ndim:
        return found[0]
    whole = together([replace(one, df=0.0, left=0.0, right=0.0) for one in found], z.shape, "auto")
    columns: dict[str, Any] = {
        name: np.array([getattr(one, name) for one in found]).reshape(z.shape) for name in ("df", "left", "right")
    }
    return replace(whole, **columns)


def _at_complex(
    f: AnyFunction, z: complex, find: Callable[[AnyFunction, ArrayLike], DerivativeResult], n: int
) -> DerivativeResult:
    scale = max(abs(z), 1.0)
    along = _by_parts(lambda t: f(z + scale * t), 0.0, find)
    across = _by_parts(lambda t: f(z + 1j * scale * t), 0.0, find)
    turned = across.df / 1j**n
    if along.success and across.success and abs(along.df - turned) > 8 * (along.error + across.error):
        lost = complex(math.nan, math.nan)
        columns: dict[str, Any] = dict.fromkeys(("error", "truncation_error", "rounding_error"), math.nan)
        columns |= dict.fromkeys(("df", "left", "right"), lost)
        columns |= {"status": Status.NOT_DIFFERENTIABLE, "reason": Reason.NOT_ANALYTIC, "success": False}
        return replace(along, **columns)
    size = scale**n
    scaled = {
        name: getattr(along, name) / size
        for name in ("df", "left", "right", "error", "truncation_error", "rounding_error")
    }
    return replace(along, **scaled, step=along.step * scale, nfev=along.nfev + across.nfev)
