"""A chart sends what Plotly's own figure would, and is checked by Plotly whenever more than that is asked for."""

import copy
import json

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from pages.parts.figures.chart import Chart
from pages.parts.theme import LIGHT, layout

LINE = {
    "x": np.array([1.0, np.nan, 3.0]),
    "y": [1, 2.5, None],
    "mode": "lines",
    "customdata": np.arange(6, dtype=np.float32).reshape(3, 2),
    "line": {"color": LIGHT.ink, "width": 2},
    "hovertemplate": None,
}


def filled(figure):
    figure.add_scatter(**LINE)
    figure.add_scatter3d(x=np.array([], dtype=np.float64), y=(1, 2), z=np.array([1.0, 2.0, 300.0]))
    figure.add_contour(z=np.ones((2, 3)), contours={"coloring": "none"})
    figure.add_trace({"type": "mesh3d", "i": [0], "j": [1], "k": [2], "x": [0, 1, 1], "y": [0, 0, 1], "z": [1, 2, 3]})
    figure.update_layout(annotations=[{"text": "a", "x": 1, "y": 2}], scene={"xaxis": {"nticks": 6}})
    figure.update_layout(scene={"yaxis": {"nticks": 5}})
    figure.update_xaxes(range=[0, 1], title_text="Δx", title_font_size=14, tickfont_size=12)
    figure.update_yaxes(type="log")
    return figure


def sent(figure):
    return json.loads(pio.to_json(figure, validate=False))


def test_it_sends_what_plotly_sends():
    base = layout(LIGHT, height=300)
    chart, plotly = filled(Chart(base)), filled(go.Figure(layout=base))
    assert sent(chart) == sent(plotly)
    assert sent(Chart(base)) == sent(go.Figure(layout=base))


def test_it_is_a_figure_to_whoever_looks_into_it():
    chart = filled(Chart(layout(LIGHT, height=300)))
    before = sent(chart)
    assert isinstance(chart, go.Figure)
    assert chart.layout.xaxis.title.text == "Δx"
    assert chart.data[0].line.width == 2
    assert sent(chart) == before
    chart.update_layout(height=100)
    chart.update_yaxes(type="linear")
    chart.add_scatter(x=[1], y=[2])
    assert (len(chart.data), chart.layout.height, chart.layout.yaxis.type) == (5, 100, "linear")
    assert sent(chart) != before


def test_a_copy_is_plotlys():
    chart = filled(Chart(layout(LIGHT, height=300)))
    assert sent(copy.deepcopy(chart)) == sent(chart)


def test_a_wrong_property_is_seen_when_it_is_looked_into():
    chart = Chart(layout(LIGHT, height=300))
    chart.add_scatter(x=[1], y=[2], colour="red")
    with pytest.raises(ValueError, match="colour"):
        _ = chart.data
