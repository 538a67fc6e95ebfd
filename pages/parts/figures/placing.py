"""Labels at the lines' ends, kept apart from each other; shared by all figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.parts.theme import Theme

LINE = 19
"""Height of a line of labels, in px."""


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places as near as possible to the wanted ones, at least ``gap`` apart and between ``low`` and ``high``.

    The order of the wanted places is kept. If there is no room for all, they are spread evenly.
    """
    count = len(wanted)
    if count == 0:
        return []
    if count > 1 and gap * (count - 1) > high - low:
        gap = (high - low) / (count - 1)
    order = sorted(range(count), key=lambda index: wanted[index])
    placed = [0.0] * count
    floor = low
    for index in order:
        placed[index] = max(wanted[index], floor)
        floor = placed[index] + gap
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed


def text(theme: Theme, words: str, color: str, x: float, y: float, **settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an annotation without an arrow, with the page's colour behind it so that lines do not cross the words.

    ``settings`` are Plotly's, which are of any type.
    """
    return {
        "text": words,
        "x": x,
        "y": y,
        "showarrow": False,
        "yanchor": "middle",  # by itself Plotly hangs labels in the upper third and stands them in the lower
        "font": {"color": color, "size": 14},
        "bgcolor": theme.paper,
        "opacity": 0.92,
        "borderpad": 1,
        **settings,
    }
