"""Special functions in balls, real and complex, and their power series: what FLINT names otherwise or has on one side.

ln|Γ| is continued to the left of 0 by Γ(u)Γ(1 − u) = π/sin πu, to complex numbers by the principal logarithm of Γ or
−Γ, whichever is positive on the real axis. The series are FLINT's own.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import acb, arb, arb_series, ctx, fmpz

Ball: TypeAlias = Any

_LARGEST = arb(2) ** 4096
"""Beyond it the exponents of the balls would exhaust the memory before Γ is known to be beyond any number."""


def _within(u: arb) -> bool:
    return bool(abs(u) < _LARGEST)


def gamma(u: arb) -> arb:
    """Return Γ(u)."""
    return u.gamma() if _within(u) else arb.nan()


def lgamma(u: arb) -> arb:
    """Return ln|Γ(u)|."""
    if u > 0:
        return u.lgamma()
    return (arb.pi() / abs(u.sin_pi())).log() - (1 - u).lgamma() if u < 0 and _within(u) else arb.nan()


def digamma(u: arb) -> arb:
    """Return ψ(u)."""
    return u.digamma() if _within(u) else arb.nan()


def trigamma(u: arb) -> arb:
    """Return ψ′(u)."""
    return acb(u).polygamma(1).real if _within(u) else arb.nan()


def sinc_slope(u: Ball) -> Ball:
    """Return the derivative of sin u/u, −u/3·₀F₁(5/2; −u²/4) (DLMF 10.16.9), for real and complex balls."""
    return -u / 3 * (-(u * u) / 4).hypgeom_0f1(arb(5) / 2)


def complex_lgamma(u: acb) -> acb:
    """Return the logarithm of Γ(u) or −Γ(u)."""
    if u.real > 0:
        return u.lgamma()
    sine = u.sin_pi()
    return acb.pi().log() - (sine if sine.real > 0 else -sine).log() - (1 - u).lgamma()


def complex_trigamma(u: acb) -> acb:
    """Return ψ′(u)."""
    return u.polygamma(1)


def expansion(name: str, at: arb, count: int) -> list[arb]:
    """Return the first Taylor coefficients of gamma, lgamma, digamma, trigamma or sinc; NaN if they are not known.

    FLINT's bound on the length of series belongs to the process, as its precision does: call this with that held.
    """
    before = ctx.cap
    ctx.cap = max(before, count + 3)
    try:
        terms = _series(name, arb_series([at, 1], count + 3)).coeffs()[:count] if _within(at) else []
    finally:
        ctx.cap = before
    return [*terms, *[arb(0) if terms else arb.nan()] * (count - len(terms))]


def _series(name: str, u: arb_series) -> arb_series:
    match name:
        case "sinc":
            return _sinc(u)
        case "gamma":
            return u.gamma()
        case "lgamma":
            return _logarithm(u)
        case "digamma":
            return _logarithm(u).derivative()
        case _:
            return _logarithm(u).derivative().derivative()


def _logarithm(u: arb_series) -> arb_series:
    if u[0] > 0:
        return u.lgamma()
    value = u.gamma()
    return (-value).log() if value[0] < 0 else value.log()


def _sinc(u: arb_series) -> arb_series:
    if u[0] != 0 or not u[0].is_exact():
        return u.sin() / u
    count, terms = u.prec, [arb(1)]
    for n in range(1, count):
        terms.append(arb(0) if n % 2 else -terms[n - 2] / (fmpz(n) * (n + 1)))
    return arb_series(terms, count)
