"""The page of the gradient check as it runs: both views, every rule broken in turn, kinks, and hostile input."""

from __future__ import annotations

import ast
import html
import inspect
import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from numdiff.function import parse
from numdiff.gradient.check.check import Band, gradcheck
from numdiff.gradient.check.margins import KinkKind
from numdiff.graph.build import graph
from numdiff.network.model import ACTIVATIONS, LOSSES, backward, forward, numerical_gradient
from pages.explore.gradcheck import (
    cached,
    code,
    fields,
    functionview,
    networkview,
    prices,
    question,
    sweepchart,
    tables,
)
from pages.explore.gradcheck import tables as looks
from pages.explore.gradcheck.functionview import EXAMPLES
from pages.parts import numbers, theme
from pages.parts.entries import shown_name
from pages.parts.fields import DTYPES
from pages.parts.i18n import translator

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
START = {"f": "3x ln y + y e^(x^2) + 5", "x": "1", "at": "y=2", "dx": "10^-4"}
EDGES = tuple(question.text_of(edge.key) for edge in graph(START["f"]).edges)

HOSTILE = {
    "a constant": {"f": "5"},
    "six variables": {"f": "sin(a x) e^(b y) ln(c z)"},
    "three hundred nodes": {"f": " + ".join(f"tanh({k}x + {k}y)" for k in range(2, 26))},
    "many kinks": {"f": " + ".join(f"|x y - {k}|" for k in range(2, 26)), "x": "1", "at": "y=4"},
    "a pole": {"f": "1/(x - y)", "x": "1", "at": "y=1"},
    "a pole within the step": {"f": "1/(x - y)", "x": "1", "at": "y=1.00001", "dx": "10^-4"},
    "an edge of the domain": {"f": "3x ln y", "x": "1", "at": "y=0"},
    "outside the domain": {"f": "3x ln y", "x": "1", "at": "y=-2"},
    "a corner": {"f": "|x| + |y|", "x": "0", "at": "y=0"},
    "steps everywhere": {"f": "floor(1000x) + floor(100y)", "x": "1"},
    "a far point in a narrow format": {"f": "x^2 y", "x": "10^9", "precision": "float16"},
    "the least step": {"f": "x y", "dx": "10^-300", "precision": "float32"},
    "the greatest step": {"f": "e^(x y)", "dx": "1000"},
    "Hangul": {"f": "야식^2 e^(-운동)"},
    "an indexed sum": {"f": "-Σ_{i=1}^{2} 3 y x_i"},
    "the variable itself": {"f": "x"},
    "a deep chain": {"f": "sin(" * 30 + "x" + ")" * 30},
    "no value anywhere": {"f": "√(-1 - x^2) y"},
}


def opened(language="en", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/gradcheck/gradcheck.py")
    app.run()
    assert not app.exception
    return app


def panels(app):
    """Return the text of all tables and sentences."""
    found = [item.proto.body for item in app.get("html") if "nd-check" in item.proto.body]
    bodies = [re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL) for body in found]
    return html.unescape(re.sub(r"<[^>]*>", " ", " ".join(bodies)))


def squeezed(text):
    return re.sub(r"\s+", "", text)


@LANGUAGES
def test_a_first_visit_checks_the_lectures_function(language):
    _, text = translator(language), panels(opened(language))
    check = gradcheck(parse(START["f"]), {"x": 1.0, "y": 2.0}, 1e-4)
    for variable in check.variables:
        assert f"∂f/∂{variable.name}" in text
        for value in (variable.analytic, variable.numerical):
            assert str(value) in squeezed(text)
    assert text.count(f"✓ {looks.word(Band.HAPPY, _)}") == 2
    assert _("gradcheck.headline.happy", **looks.limits()) in text


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("mistake", fields.MISTAKES)
def test_a_broken_rule_is_caught_on_its_edge(edge, mistake):
    app = opened(**START, broken=edge, mistake=mistake)
    key = question.key_of(edge)
    whole = graph(START["f"])
    source, target = (whole.text(whole.name(node)) for node in (whole.edge(key).source, key[0]))
    text = panels(app)
    assert f"The mistake is on the edge {source} → {target} " in text
    assert text.count("The mistake is on the edge") == 1
    assert "✗" in text


@LANGUAGES
def test_the_graph_marks_the_broken_edge(language):
    check = cached.check(START["f"], (("x", 1.0), ("y", 2.0)), 1e-4, "float64", "central", (("v4", 1), 0.0))
    assert [edge.key for edge in check.graph.edges if edge.factor != 1.0] == [("v4", 1)]
    captions = [item.value for item in opened(language, **START, broken="v4.1").caption]
    assert translator(language)("gradcheck.graph.broken") in captions


def test_the_part_of_a_large_graph_keeps_the_broken_edge():
    text = " + ".join(f"tanh({k}x + {k}y)" for k in range(2, 26))
    whole = graph(text, {"x": 0.1, "y": 0.2})
    broken = whole.edges[100]
    part = functionview.part_with(whole, whole.part(broken.target), (broken.key, -1.0))
    (marked,) = [edge for edge in part.edges if edge.factor != 1.0]
    assert part.node(marked.target).tree == whole.node(broken.target).tree
    assert "wrong edge" in " ".join(item.value for item in opened(f=text, broken=question.text_of(broken.key)).caption)


@LANGUAGES
@pytest.mark.parametrize("certain", [True, False])
@pytest.mark.parametrize("kind", get_args(KinkKind))
def test_every_kind_of_place_without_a_derivative_has_a_sentence(kind, certain, language):
    check = gradcheck(parse("tan x"), {"x": 1.5}, 0.2)
    kink = replace(check["x"].kinks[0], kind=kind, certain=certain)
    check = replace(check, variables=(replace(check["x"], kinks=(kink,)),))
    _, name = translator(language), f"gradcheck.kink.{kind}{'' if certain else '.maybe'}"
    said = [sentence for _band, sentence in tables.check_sentences(check, None, _)]
    assert any(
        _(name, tree="tan(x)", name="x", position=numbers.significant(kink.position, 8)) in sentence
        for sentence in said
    )


@LANGUAGES
def test_the_page_names_poles_and_edges_within_the_step(language):
    _ = translator(language)
    for text, x, dx, kind, where in (
        ("tan(x)", "1.5", "0.2", "pole", math.pi / 2),
        ("ln(x)", "0.1", "0.2", "edge", 0.0),
    ):
        shown = panels(opened(language, f=text, x=x, dx=dx))
        assert _(f"gradcheck.kink.{kind}", tree=text, name="x", position=numbers.significant(where, 8)) in shown


def test_a_formula_whose_kinks_cannot_be_decided_is_answered():
    shown = panels(opened(f="|arcsin(sin(x)^2+cos(x)^2)|", x="0.5", dx="10^-4"))
    assert "may be at the edge of its domain" in shown


def test_a_mistake_that_changes_nothing_here_is_said():
    assert "at this point nothing changes" in panels(opened(f="x^2 + y", x="0", broken="v1.0", mistake="sign"))


def test_a_mistake_that_the_gradient_hides_is_found_all_the_same():
    text = panels(opened(f="y sin x", x="0", var="y", at="x=1", dx="10^-4", broken="v1.0"))
    assert "The mistake is on the edge" in text
    assert "does not show it at this point" in text


def test_a_broken_edge_of_another_function_is_dropped():
    app = opened(f="x y", broken="v9.1")
    assert "mistake" not in panels(app)
    assert app.session_state["view_broken"] == ""


@pytest.mark.parametrize(
    ("b", "is_warned"), [("-0.99995", True), ("-1.00005", True), ("-0.9997", False), ("-2", False)]
)
@LANGUAGES
def test_a_kink_is_warned_of_exactly_when_it_lies_within_the_step(language, b, is_warned):
    text = panels(opened(language, f="relu(x + b)", x="1", at=f"b={b}", dx="10^-4"))
    assert ("relu(x + b)" in text) is is_warned
    assert ("[0.9999, 1.0001]" in text) is is_warned


def test_right_rules_are_said_to_be_right_where_the_step_is_to_blame():
    text = panels(opened(f="e^x y", x="1", at="y=2", dx="0.5"))
    assert "the rules on all 3 edges hold" in text
    assert "✗" in text


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_narrow_format_is_said_to_be_no_good_for_a_check(dtype):
    text = panels(opened(**START, precision=dtype))
    assert ("which is why gradients are checked in float64" in text) is (dtype != "float64")
    assert ("rounds to x, y itself" in text) is (dtype in ("float16", "bfloat16"))


def test_what_is_said_of_the_step_is_what_the_sweep_shows():
    smooth = panels(opened(**START))
    assert "A larger Δx has more truncation error. A smaller Δx has more round-off error." in smooth
    straight = panels(opened(f="2x + 3xy", x="1", at="y=1"))
    assert "truncation" not in straight  # the central quotient has none
    assert "no Δx brings the relative error below" in panels(opened(**START, broken="v4.1"))
    kinked = panels(opened(f="|x| + y", x="0.001", at="y=1"))
    assert "a point without a derivative lies within Δx" in kinked


def test_the_chart_has_a_line_for_each_format_and_the_bands():
    at, _ = (("x", 1.0), ("y", 2.0)), translator("en")
    sweeps = cached.sweeps(START["f"], at, "central", None)
    check = cached.check(START["f"], at, 1e-4, "float64", "central", None)
    figure = sweepchart.draw(sweeps, check, theme.LIGHT, _, height=350)
    lines = {trace.name: trace for trace in figure.data if trace.mode == "lines"}
    assert set(lines) == set(DTYPES)
    for dtype, trace in lines.items():
        shown = np.asarray(trace.y)
        seen = np.isfinite(shown)
        assert np.array_equal(shown[seen], sweeps[dtype].whole[seen])
    (spot,) = [trace for trace in figure.data if trace.mode == "markers" and trace.name is None]
    assert (spot.x[0], spot.y[0]) == (1e-4, check.relative)
    words = " ".join(item.text for item in figure.layout.annotations)
    assert all(f"{looks.LOOKS[band].sign} {looks.word(band, _)}" in words for band in list(Band)[:4])


def test_every_verdict_has_a_sign_of_its_own():
    assert len({look.sign for look in looks.LOOKS.values()}) == len({look.role for look in looks.LOOKS.values()}) == 5
    assert set(looks.LOOKS) == set(Band)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.f)
def test_every_example_runs(example):
    at = ";".join(f"{name}={value}" for name, value in example.at)
    assert "∂f/∂" in panels(opened("ko", f=example.f, x=example.x, at=at, dx="10^-4"))


@LANGUAGES
@pytest.mark.parametrize("link", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_leaves_the_page_standing(language, link):
    app = opened(language, **link)
    names = parse(link["f"]).variables
    if not names:
        assert translator(language)("gradcheck.constant") in [item.value for item in app.markdown]
    assert all(f"∂f/∂{shown_name(name)} " in panels(app) for name in names)


@LANGUAGES
def test_a_slip_of_the_keyboard_keeps_the_check(language):
    app = opened(language, **START)
    before = panels(app)
    app.text_input(key="view_f").set_value("3x^(").run()
    assert not app.exception
    assert panels(app) == before


# --- the network


@LANGUAGES
def test_the_network_shows_every_weight(language):
    text = panels(opened(language, check="network"))
    checks = cached.weights((3, "tanh", "cross_entropy", 0), 1e-5, "central")
    assert len(checks) == 13
    for check in checks:
        assert shown_name(check.name) in text
        assert str(abs(check.backpropagated)) in squeezed(text)
    assert translator(language)("gradcheck.net.spent", evaluations=26) in text


@pytest.mark.parametrize("hidden", range(fields.HIDDEN[0], fields.HIDDEN[1] + 1))
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_network_agrees_and_learns_alike(hidden, activation, loss):
    shape = (hidden, activation, loss, 2)
    checks = cached.weights(shape, 1e-5, "central")
    assert all(check.band is Band.HAPPY for check in checks)
    parts = shape == (2, "relu", "squared", 2)  # this one runs into a kink
    told = prices.descent_said(shape, "central", 1e-5, translator("en"))
    assert ("On the way a ReLU switches within Δx" in told[-1]) is parts
    assert len(told) == 2 + parts
    assert str(2 * len(checks) * cached.DESCENT_STEPS) in told[1]


def test_a_bad_step_is_blamed_and_not_backpropagation():
    text = panels(opened(check="network", tenths="1", quotient="forward"))
    assert "Backpropagation has not changed: at Δx = 0.1 the forward difference is off by that much." in text
    assert "14 evaluations" in text
    assert "the two paths part" in text


def test_evaluations_are_as_many_as_are_counted():
    costs = {cost.weights: cost for cost in cached.measured()}
    for cost in costs.values():
        assert (cost.forward_evaluations, cost.central_evaluations) == (cost.weights + 1, 2 * cost.weights)
    shown = squeezed(panels(opened("en", check="network")))
    assert all(f"{2 * weights}evaluations" in shown for weights in costs)
    checks = cached.weights((3, "tanh", "squared", 0), 1e-5, "forward")
    assert tables.evaluations(checks, "forward") == len(checks) + 1


@pytest.mark.parametrize("point", range(fields.DATA[1] + 1))
@pytest.mark.parametrize("loss", LOSSES)
def test_the_picture_shows_the_values_of_the_passes(point, loss):
    net = cached.network((4, "sigmoid", loss, 1))
    drawn = networkview.network_drawing(net, point)
    on, back = forward(net), backward(net)
    by_name = {unit.name: unit for unit in drawn.units}
    for unit in range(4):
        circle = by_name[shown_name(f"h_{unit + 1}")]
        assert (circle.value, circle.slope) == (on.h[point, unit], back.h[point, unit])
    assert by_name["s" if loss == "cross_entropy" else "p"].slope == back.s[point]
    assert by_name["ℓ"].value == on.losses[point]
    weights = {line.label: line.weight for line in drawn.lines if line.label}
    assert weights == {
        shown_name(name): value
        for name, value in zip(net.names, net.parameters.tolist(), strict=True)
        if name.startswith(("w", "v"))
    }
    figure = networkview.network_figure(net, point, theme.DARK, translator("ko"), height=380)
    assert len(figure.layout.annotations) > len(weights) + len(by_name)


@LANGUAGES
@pytest.mark.parametrize("seed", ["0", "9"])
def test_every_choice_of_the_network_runs(language, seed):
    for hidden, activation in zip("234", ACTIVATIONS, strict=True):
        for loss in LOSSES:
            link = {
                "hidden": hidden,
                "activation": activation,
                "loss": loss,
                "seed": seed,
                "tenths": "12",
                "point": "3",
            }
            assert panels(opened(language, check="network", **link))


# --- the code


@pytest.mark.parametrize("function", [forward, backward, numerical_gradient])
def test_the_code_shown_is_the_code_that_runs(function):
    shown = ast.parse(code.source(function))
    whole = ast.parse(inspect.getsource(function))
    whole.body[0].body.pop(0)
    assert ast.dump(shown) == ast.dump(whole)


def test_the_script_repeats_the_check():
    script = code.check_script(START["f"], (("x", 1.0), ("y", 2.0)), 1e-4, "central")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    check = cached.check(START["f"], (("x", 1.0), ("y", 2.0)), 1e-4, "float64", "central", None)
    assert [(row[0], float(row[1]), float(row[2]), row[4]) for row in rows] == [
        (item.name, item.analytic, item.numerical, "happy") for item in check.variables
    ]


def test_times_are_said_in_a_unit_that_fits():
    assert [prices.duration(value) for value in (2.34e-5, 1.4e-3, 2.0)] == ["≈ 23 µs", "≈ 1.4 ms", "≈ 2 s"]
    assert math.isfinite(cached.descent((2, "relu", "squared", 0), "forward", 1e-6)[1])


@LANGUAGES
def test_the_step_belongs_to_no_single_variable(language):
    app = opened(language, f="야식^2 e^(-운동)", x="1", at="운동=2")
    labels = [field.label for field in app.text_input]
    _ = translator(language)
    assert _("field.dx", name="x") in labels
    assert _("field.x", name="야식") in labels
