"""Labels at the lines' ends, kept apart from each other; shared by all figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts.sampling import Curve
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


Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The part of the plane that is shown, and its height on the screen in px."""

    left: float
    right: float
    low: float
    high: float
    pixels: float

    def holds(self, point: Point) -> bool:
        """Return whether the point is inside or on the edge."""
        return self.left <= point[0] <= self.right and self.low <= point[1] <= self.high

    def across(self, x: float) -> float:
        """Return 0 at the left edge and 1 at the right one."""
        return (x - self.left) / (self.right - self.left)

    def up(self, y: float) -> float:
        """Return 0 at the lower edge and 1 at the upper one."""
        return (y - self.low) / (self.high - self.low)

    def crossing(self, through: Point, slope: float) -> tuple[Point, Point] | None:
        """Return where a line enters and leaves the frame, or None if it passes by; an infinite slope is vertical."""
        (x, y), ends = through, []
        if math.isinf(slope):
            is_seen = math.isfinite(y) and self.left <= x <= self.right
            return ((x, self.low), (x, self.high)) if is_seen else None
        for edge in (self.left, self.right):
            ends.append((edge, y + slope * (edge - x)))
        if slope:
            ends += [(x + (edge - y) / slope, edge) for edge in (self.low, self.high)]
        slack_x, slack_y = 1e-9 * (self.right - self.left), 1e-9 * (self.high - self.low)
        inside = sorted(
            (px, py)
            for px, py in ends
            if self.left - slack_x <= px <= self.right + slack_x and self.low - slack_y <= py <= self.high + slack_y
        )
        return (inside[0], inside[-1]) if len(inside) > 1 and inside[0] != inside[-1] else None


def last_seen(frame: Frame, curve: Curve) -> list[Point]:
    """Return the last point of the curve inside the frame, where its label belongs; none if it is never inside."""
    seen = [point for point in zip(curve.x.tolist(), curve.y.tolist(), strict=True) if frame.holds(point)]
    return seen[-1:]


def outer_end(frame: Frame, ends: tuple[Point, Point], point: Point) -> Point:
    """Return the end of a line that gets its label: the right one, unless it lies close to the point."""
    left, right = (abs(frame.across(end[0]) - frame.across(point[0])) for end in ends)
    return ends[0] if right < 0.15 and left > right else ends[1]


def end_labels(frame: Frame, theme: Theme, ends: Sequence[tuple[Point, str, str]]) -> list[dict[str, Any]]:
    """Return labels for lines by where they leave the frame: beside it on the right, inside it above and below."""
    gap = LINE / frame.pixels
    beside = [end for end in ends if frame.across(end[0][0]) > 0.995]
    labels = []
    heights = spread([frame.up(point[1]) for point, _, _ in beside], gap, 0.02, 0.98)
    for (_, words, color), height in zip(beside, heights, strict=True):
        labels.append(text(theme, words, color, 1, height, xref="paper", yref="paper", xanchor="left", xshift=6))
    taken: list[tuple[float, float]] = []
    for point, words, color in (end for end in ends if end not in beside):
        u, is_above = frame.across(point[0]), frame.up(point[1]) > 0.5
        v = 1 - gap / 2 if is_above else gap / 2
        while any(abs(u - other_u) < 0.16 and abs(v - other_v) < 0.9 * gap for other_u, other_v in taken):
            v += -gap if is_above else gap
        taken.append((u, v))
        side = "right" if u > 0.2 else "left"
        labels.append(
            text(
                theme,
                words,
                color,
                u,
                v,
                xref="paper",
                yref="paper",
                xanchor=side,
                xshift=-10 if side == "right" else 10,
            )
        )
    return labels
