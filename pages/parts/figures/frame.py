"""The frame of a picture of curves and lines: what is inside, where a line leaves it, and names at the lines' ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts.figures.placing import LINE, spread, text
from pages.parts.sampling import Curve
from pages.parts.theme import Theme

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
