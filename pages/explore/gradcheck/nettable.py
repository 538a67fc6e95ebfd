"""The verdict on every weight of the network in a table, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from numdiff.gradient.check.check import Band
from numdiff.network.model import WeightCheck
from pages.explore.gradcheck import verdicts
from pages.explore.gradcheck.checktable import computed
from pages.parts import numbers
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.tables import look
from pages.parts.theme import Theme

COLUMNS = ("weight", "value", "analytic", "numerical", "relative", "band")
"""Ids of the columns."""


def _row(check: WeightCheck, theme: Theme, _: Translator) -> str:
    cells = [
        escape(numbers.full(check.value).removesuffix(".0")),
        computed(check.backpropagated, check.numerical),
        computed(check.numerical, check.backpropagated),
        escape(look.approximate(check.relative)),
        verdicts.html(check.band, theme, _),
    ]
    return look.row(shown_name(check.name), cells)


def sentences(checks: Sequence[WeightCheck], dx: float, scheme: str, _: Translator) -> Iterator[tuple[Band, str]]:
    """Return what is to be said, the most important first."""
    bad = [check for check in checks if check.band is not Band.HAPPY]
    worst = max(check.relative for check in checks)
    given = {
        "count": len(checks),
        "bad": len(bad),
        "worst": look.sized(worst),
        "dx": numbers.step(dx),
        "scheme": _(f"term.{scheme}"),
        **verdicts.limits(),
    }
    if bad:
        band = max((check.band for check in bad), key=list(Band).index)
        yield band, _("gradcheck.net.headline.bad", **given)
    else:
        yield Band.HAPPY, _(f"gradcheck.net.headline.{'good' if worst else 'exact'}", **given)
    if switching := tuple(shown_name(check.name) for check in checks if check.kink):
        yield Band.OKAY_WITH_KINKS, _("gradcheck.net.kinks", names=switching)


def evaluations(checks: Sequence[WeightCheck], scheme: str) -> int:
    """Return how often the loss is computed for one numerical gradient: n + 1 or 2n."""
    return 2 * len(checks) if scheme == "central" else len(checks) + 1


def html(checks: Sequence[WeightCheck], dx: float, scheme: str, theme: Theme, _: Translator) -> str:
    """Return the table with the sentences above it."""
    told = "".join(verdicts.said(band, sentence, theme) for band, sentence in sentences(checks, dx, scheme, _))
    heads = [_(f"gradcheck.column.{name}") for name in COLUMNS]
    rows = [_row(check, theme, _) for check in checks]
    table = look.table(_("gradcheck.net.table"), heads, rows, "nd-short nd-tall")
    spent = _("gradcheck.net.spent", evaluations=evaluations(checks, scheme))
    note = f'<div class="nd-small">{escape(spent)}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{told}{table}{note}</div>'
