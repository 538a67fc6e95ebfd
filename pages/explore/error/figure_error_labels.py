"""The words on the chart of errors: names at the lines' ends, slopes beside the arms, gaps, zeros, the learner's Δx."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pages.explore.error.figure_error_picture import ErrorLabels, ErrorLine, ErrorPicture, Frame, Slope
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.theme import Theme


def _end(line: ErrorLine, bottom: float, top: float) -> tuple[float, float] | None:
    """Return where the line ends on the right inside the frame, on the axes' own scale (powers of ten)."""
    size = np.abs(line.errors)
    seen = np.flatnonzero(np.isfinite(size))
    if seen.size == 0:
        return None
    last = seen[-1]
    height = math.log10(size[last]) if size[last] > 0 else bottom
    return math.log10(line.steps[last]), min(max(height, bottom), top)


def end_labels(picture: ErrorPicture, theme: Theme, frame: Frame, pixels: float) -> list[dict[str, Any]]:
    """Return the names of the lines: on the right where a line ends there, else at its last point."""
    _, right, bottom, top = frame
    per_pixel = (top - bottom) / pixels
    named = [line for line in picture.lines if line.kind != "precision"]
    ends = [(line, end) for line in named if (end := _end(line, bottom, top)) is not None]
    beside = [(line, end) for line, end in ends if right - end[0] < 0.6]
    heights = spread([end[1] for _, end in beside], LINE * per_pixel, bottom, top)
    labels = []
    for (line, _), height in zip(beside, heights, strict=True):
        color = theme[line.role].color if line.kind != "quiet" else theme.muted
        labels.append(text(theme, line.label, color, 1, height, xref="paper", xanchor="left", xshift=5))
    labels += _names_at_the_bottom(picture, theme, frame, LINE * per_pixel)
    for line, (x, y) in ((line, end) for line, end in ends if right - end[0] >= 0.6):
        labels.append(text(theme, line.label, theme[line.role].color, x, y, xanchor="left", xshift=6))
    return labels


def _names_at_the_bottom(picture: ErrorPicture, theme: Theme, frame: Frame, gap: float) -> list[dict[str, Any]]:
    """Return the names of number formats left of the bottom of each V: on the right all of them are one line."""
    _, _, bottom, top = frame
    lines, lowest = [], []
    for line in (line for line in picture.lines if line.kind == "precision"):
        size = np.where((line.errors != 0) & np.isfinite(line.errors), np.abs(line.errors), math.inf)
        place = int(np.argmin(size)) if size.size else 0
        if size.size and np.isfinite(size[place]):
            lines.append(line)
            lowest.append((math.log10(line.steps[place]), math.log10(size[place])))
    heights = spread([y for _, y in lowest], gap, bottom + gap / 2, top)
    return [
        text(theme, line.label, theme[line.role].color, x, y, xanchor="right", xshift=-8)
        for line, (x, _), y in zip(lines, lowest, heights, strict=True)
    ]


ASIDE = "font-stretch:100%"
"""Marks the words of a label that a narrow screen leaves out: Plotly's labels have a style but no class."""


def _slope_words(slope: Slope) -> str:
    """Return a slope's words with all but the number marked as :data:`ASIDE`."""
    before, number, after = slope.words.partition(slope.number) if slope.number else (slope.words, "", "")
    marked = [f'<span style="{ASIDE}">{part}</span>' if part and number else part for part in (before, after)]
    return f"{marked[0]}{number}{marked[1]}"


def slope_labels(picture: ErrorPicture, theme: Theme) -> list[dict[str, Any]]:
    """Return the fitted slopes: below a falling arm on its left, below a rising arm on its right."""
    labels = []
    for slope in picture.slopes:
        labels.append(
            text(
                theme,
                _slope_words(slope),
                theme[slope.role].color,
                math.log10(slope.step),
                math.log10(slope.error),
                xanchor="right" if slope.is_falling else "left",
                xshift=-7 if slope.is_falling else 7,
                yanchor="top",
                yshift=-4,
                font={"color": theme[slope.role].color, "size": 13},
            )
        )
    return labels


def gap_marks(picture: ErrorPicture, theme: Theme, frame: Frame) -> dict[str, Any]:
    """Return the vertical line at the learner's Δx and the shaded stretches without a value, with their words."""
    left, right, _, _ = frame
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for gap in picture.gaps:
        start, end = (min(max(math.log10(edge), left), right) for edge in (gap.start, gap.end))
        shapes.append(
            {"type": "rect", "x0": gap.start, "x1": gap.end, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"fillcolor": theme.faint, "line": {"width": 0}}
        )
        words.append(
            text(
                theme,
                gap.words,
                theme.muted,
                (start + end) / 2,
                0.5,
                yref="paper",
                textangle=-90 if end - start < 6 else 0,
                bgcolor="rgba(0,0,0,0)",
            )
        )
    return {"shapes": shapes, "annotations": words}


def zero_words(picture: ErrorPicture, theme: Theme, labels: ErrorLabels, bottom: float) -> list[dict[str, Any]]:
    """Name the marks on the floor, once."""
    zeros = [step for line in picture.lines for step in line.steps[line.errors == 0]]
    if not zeros:
        return []
    return [
        text(
            theme, labels.zero, theme.muted, math.log10(max(zeros)), bottom, xanchor="right", yanchor="bottom", yshift=8
        )
    ]


def learner_marks(picture: ErrorPicture, theme: Theme, labels: ErrorLabels, frame: Frame) -> dict[str, Any]:
    """Return the vertical line at the learner's Δx; its words stand at the top, below if lines end up there."""
    if picture.learner is None or not frame[0] <= math.log10(picture.learner) <= frame[1]:
        return {"shapes": [], "annotations": []}
    stroke = theme["learner"]
    place = (math.log10(picture.learner) - frame[0]) / (frame[1] - frame[0])
    line = {"type": "line", "x0": picture.learner, "x1": picture.learner, "y0": 0, "y1": 1, "yref": "paper"}
    side = "left" if place < 0.8 else "right"
    height, anchor = (0, "bottom") if picture.gaps else (1, "top")
    words = text(theme, labels.learner, stroke.color, math.log10(picture.learner), height, yref="paper", yanchor=anchor)
    words |= {"xanchor": side, "xshift": 5 if side == "left" else -5}
    return {
        "shapes": [line | {"line": {"color": stroke.color, "width": stroke.width, "dash": "dot"}}],
        "annotations": [words],
    }
