"""A Plotly figure that is written as it is sent: Plotly's own objects are made only when they are asked for.

Plotly looks every property up in its tables while a figure is put together, which takes ten times as long as all the
rest of a picture, for every visitor and every move. The tests do look: whoever asks a chart for anything else than
what is sent (``chart.data``, ``chart.layout.xaxis``, …) gets the figure that Plotly makes of it, all of it checked.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

Properties = dict[str, Any]

_SHORT = {"float64": "f8", "float32": "f4", "int32": "i4", "int16": "i2", "int8": "i1"}
"""plotly.js's names of the number formats."""

_NO_TEMPLATE: Properties = {"data": {"scatter": [{"type": "scatter"}]}}
"""What Plotly's template "none" stands for."""


class Chart(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure of the given layout, to be filled by the methods that are written here; they mean what Plotly's mean.

    Parameters
    ----------
    layout : mapping
        Plotly's layout, nested.
    """

    def __init__(self, layout: Mapping[str, Any]) -> None:
        # written to __dict__, past Plotly's own way of setting attributes: its initialisation waits until it is needed
        self.__dict__.update(_traces=[], _plan=_merged({}, layout), _is_made=False)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever Plotly has
        """Let Plotly make its figure, which has all other attributes."""
        if self.__dict__.get("_is_made", True):
            raise AttributeError(name)
        self.__dict__["_is_made"] = True
        super().__init__({"data": self._traces, "layout": self._plan})
        return getattr(self, name)

    def _draw(self, kind: str, properties: Properties) -> Chart:
        return self.add_trace({"type": kind, **properties})

    def add_trace(self, trace: Properties, *args: Any, **kwargs: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Add a trace: a dict with its type."""
        if self._is_made:
            super().add_trace(trace, *args, **kwargs)
        else:
            self._traces.append(trace)
        return self

    def add_scatter(self, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Add lines or markers."""
        return self._draw("scatter", properties)

    def add_scatter3d(self, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Add lines or markers in space."""
        return self._draw("scatter3d", properties)

    def add_contour(self, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Add contours."""
        return self._draw("contour", properties)

    def update_layout(self, *args: Any, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Set properties of the layout, nested; of a nested one those that are not named stay."""
        if self._is_made or args:
            super().update_layout(*args, **properties)
        else:
            self.__dict__["_plan"] = _merged(self._plan, properties)
        return self

    def update_xaxes(self, *args: Any, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Set properties of the x axis; ``title_text`` and the like go one level down for each underscore."""
        return self.update_layout(*args, xaxis=_taken_apart(properties))

    def update_yaxes(self, *args: Any, **properties: Any) -> Chart:  # noqa: ANN401 - Plotly's
        """Set properties of the y axis."""
        return self.update_layout(*args, yaxis=_taken_apart(properties))

    def __reduce__(self) -> tuple[type[go.Figure], tuple[Properties]]:
        """Return what a copy is made from."""
        return go.Figure, (self.to_dict(),)

    def to_dict(self) -> Properties:
        """Return what is sent: arrays as bytes, everything else as it is."""
        if self._is_made:
            made: Properties = super().to_dict()
            return made
        template = {"template": _NO_TEMPLATE} if self._plan.get("template") == "none" else {}
        return {"data": [_sent(trace) for trace in self._traces], "layout": _sent(self._plan | template)}


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Properties:
    """Return a mapping in which nested mappings are merged and everything else is replaced."""
    merged = dict(old)
    for name, value in new.items():
        before = merged.get(name)
        is_nested = isinstance(value, Mapping)
        merged[name] = _merged(before if isinstance(before, Mapping) else {}, value) if is_nested else value
    return merged


def _taken_apart(properties: Mapping[str, Any]) -> Properties:
    apart: Properties = {}
    for name, value in properties.items():
        *outer, last = name.split("_")
        part: Properties = {last: value}
        for level in reversed(outer):
            part = {level: part}
        apart = _merged(apart, part)
    return apart


def _sent(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, np.ndarray):
        return _bytes(value)
    if isinstance(value, dict):
        return {name: _sent(part) for name, part in value.items() if part is not None}
    return [_sent(part) for part in value] if isinstance(value, list | tuple) else value


def _bytes(array: NDArray[Any]) -> Any:  # noqa: ANN401 - a dict or a list
    """Return an array as plotly.js reads it: base64 of its bytes, with the shape if it has several dimensions."""
    short = _SHORT.get(array.dtype.name)
    if short is None or not array.size:
        return array.tolist()
    sent = {"dtype": short, "bdata": base64.b64encode(array.tobytes()).decode("ascii")}
    return sent if array.ndim == 1 else sent | {"shape": ", ".join(map(str, array.shape))}
