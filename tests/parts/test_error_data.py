"""What is said about an error chart: codes for every kind of V, and the numbers in the sentences."""

import csv
import io
import math

import numpy as np
import pytest

from pages.explore.error import panel as errorpanel
from pages.explore.error import panel as errorwhy
from pages.explore.error.chart import Shown, draw_errors, draw_quotients, error_picture
from pages.explore.error.data import Asked, find, story
from pages.explore.error.figure_errors import ASIDE, ErrorPicture, slope_labels
from pages.parts.i18n import translator
from pages.parts.theme import LIGHT

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def ask(text, x, focus="central", dx=1e-4, **options):
    settings = {"schemes": ("forward", "central", "central4"), "dtypes": ("float64",), "step": "nominal"} | options
    return find(Asked(text=text, x=x, dx=dx, focus=focus, **settings))


STORIES = [
    (ask, ("sin x", 1.0), ["two_arms"], "truncation"),
    (ask, ("sin x", 1.0, "central", 1e-9), ["two_arms"], "evaluation"),
    (ask, ("x^2", 3.0), ["no_truncation"], "only_nodes"),
    (ask, ("x^2", 3.0, "forward"), ["two_arms"], "truncation"),
    (ask, ("5", 1.0), ["always_exact"], "exact"),
    (ask, ("sin x", 0.0, "forward"), ["higher_order"], "truncation"),
    (ask, ("sin x", 1.0, "complex"), ["no_subtraction"], "truncation"),
    (ask, ("√x", 1e-3), ["two_arms", "gap_domain"], "truncation"),
    (ask, ("√x", 1e-3, "central", 0.01), ["two_arms", "gap_domain"], "outside_domain"),
    (ask, ("e^(1000x)", 0.0, "central", 1.0), ["two_arms"], "overflow"),
    (ask, ("3x e^x", 2.0, "central", 1e-50), ["two_arms"], "step_lost"),
]


@pytest.mark.parametrize(("make", "given", "said", "here"), STORIES)
def test_every_kind_of_chart_has_its_sentences(make, given, said, here):
    found = make(*given)
    assert found.has_errors
    assert story(found) == tuple(f"error.story.{name}" for name in said)
    assert found.verdict.code == here


TROUBLES = [
    ("|x|", 0.0, "kink"),
    ("relu(x)", 0.0, "kink"),
    ("√x", 0.0, "edge_vertical"),
    ("∛x", 0.0, "vertical"),
    ("x^(2/3)", 0.0, "cusp"),
    ("ln x", -1.0, "outside"),
    ("1/x", 0.0, "outside"),
    ("∛(x^2)", 0.0, "cusp"),
    ("floor(x)", 0.0, "jump"),
    ("√(max(x, 0))", 0.0, "unknown"),
    ("√(-x^2)", 0.0, "undecidable"),
    ("e^(1000x)", 2.0, "overflow"),
]


@pytest.mark.parametrize(("text", "x", "trouble"), TROUBLES)
def test_points_without_a_derivative_are_said_to_be(text, x, trouble):
    found = ask(text, x)
    assert not found.has_errors
    assert found.point.kind == trouble


def test_the_sentence_of_the_lecture_says_why_not_six():
    said = errorpanel.sentences(ask("x^2", 3.0), translator("en"))
    assert said[-1] == (
        "Why not 6? At Δx = 10⁻⁴ the truncation error of the central difference is 0. The error (≈\u00a01.3·10⁻¹¹) is "
        "round-off alone, and most of it comes from rounding 3 ± 10⁻⁴ to float64. "
        "A smaller Δx makes it worse, a larger one helps."
    )
    assert errorpanel.sentences(ask("x^2", 3.0), translator("ko"))[-1] == (
        "왜 6이 아닐까요? Δx = 10⁻⁴일 때 중앙차분의 절단오차는 0입니다. 오차(≈\u00a01.3·10⁻¹¹)는 모두 반올림오차이며, "
        "대부분 3 ± 10⁻⁴을 float64로 반올림할 때 생깁니다. Δx를 더 줄이면 오차가 커지고, 늘리면 작아집니다."
    )


def test_the_absolute_value_at_zero():
    said = errorpanel.sentences(ask("|x|", 0.0), translator("en"))
    assert said == [
        "f is not differentiable at x = 0: its slope is −1 from the left and +1 from the right. There is no "
        "derivative, so there is nothing to measure an error against. "
        "All the same, at Δx = 10⁻⁴ the central difference returns 0. That is wrong: there is no derivative here."
    ]


@LANGUAGES
def test_a_quotient_is_wrong_only_where_there_is_no_derivative(language):
    _ = translator(language)
    (said,) = errorpanel.sentences(ask("√(-x^2)", 0.0), _)
    assert said == _("point.undecidable", x="0")
    (said,) = errorpanel.sentences(ask("sin x", 1.0, "complex", dtypes=("float16",)), _)
    assert said == _("here.no_complex_dtype", dtype="float16")


def test_the_crossing_lies_between_the_arms():
    found = ask("sin x", 1.0)
    assert 1e-6 < found.crossing < 3e-5
    assert 1e-6 < found.best.step < 3e-5
    assert found.best.error < 1e-11
    assert found.model.step == pytest.approx(8e-6, rel=0.2)


@LANGUAGES
@pytest.mark.parametrize("given", [case[1] for case in STORIES] + [case[:2] for case in TROUBLES])
@pytest.mark.parametrize("step", ["nominal", "taken"])
def test_every_sentence_panel_and_table_can_be_said_in_both_languages(language, given, step):
    _ = translator(language)
    found = ask(*given, step=step)
    for text in (errorpanel.html(found, _), errorpanel.alt(found, _), *errorpanel.sentences(found, _)):
        assert text
        assert not any(sign in text for sign in ("nan", "NaN", "None", "e-1"))
    table = errorpanel.table(found, _)
    assert {len(column) for column in table.values()} == {120}


@LANGUAGES
def test_no_text_of_the_learner_gets_into_the_panel(language):
    found = ask("야식^2 + 야식", 1.0)
    assert "야식" not in errorpanel.html(found, translator(language))


@pytest.mark.parametrize(
    "dtypes", [("float16",), ("float32", "float64"), ("float16", "bfloat16", "float32", "float64")]
)
@pytest.mark.parametrize("focus", ["forward", "central", "complex"])
def test_all_number_formats_can_be_drawn(dtypes, focus):
    _ = translator("en")
    found = ask("3x e^x", 2.0, focus, dtypes=dtypes)
    assert found.main.dtype == dtypes[-1]
    figure = draw_errors(found, Shown(parts=True, model=True), LIGHT, _, height=372)
    words = {label.text for label in figure.layout.annotations}
    if len(dtypes) > 1 and focus != "complex":
        assert set(dtypes) <= words


def test_the_bottoms_of_the_formats_are_listed_coarsest_first():
    found = ask("sin x", 1.0, dtypes=("float16", "bfloat16", "float32", "float64"))
    first = errorpanel.sentences(found, translator("en"))[0]
    places = [first.index(name) for name in ("bfloat16,", "; float16", "; float32", "; float64")]
    assert places == sorted(places)


def test_the_chart_has_what_was_asked_for():
    _ = translator("en")
    plain = error_picture(ask("sin x", 1.0), Shown(parts=False, model=False), _)
    assert [line.role for line in plain.lines] == ["forward", "central", "central4"]
    assert [slope.words for slope in plain.slopes] == ["slope 1.0", "slope 2.0", "slope −1.0", "slope 4.0"]
    assert plain.learner == 1e-4
    split = error_picture(ask("sin x", 1.0), Shown(parts=True, model=True), _)
    assert {line.role: line.kind for line in split.lines} == {
        "forward": "quiet",
        "central": "main",
        "central4": "quiet",
        "truncation": "part",
        "rounding": "part",
    }
    assert len(split.model) == 2
    assert {spot.role for spot in split.spots} == {"learner", "model", "best"}
    # the schemes that step back leave the room to the one looked at
    assert [slope.role for slope in split.slopes] == ["central", "central"]


def test_the_finest_of_several_formats_can_be_split():
    _ = translator("en")
    found = ask("sin x", 1.0, dtypes=("float16", "float64"))
    picture = error_picture(found, Shown(parts=True, model=False), _)
    assert [line.role for line in picture.lines] == ["float16", "float64", "truncation", "rounding"]
    np.testing.assert_array_equal(picture.lines[2].errors, found.main.truncation[found.row])
    assert errorpanel.sentences(found, _)[0].startswith("With several number formats only the central difference")


def test_a_slope_is_a_number_with_words_that_a_phone_leaves_out():
    slopes = error_picture(ask("sin x", 1.0), Shown(parts=False, model=False), translator("ko")).slopes
    labels = [label["text"] for label in slope_labels(ErrorPicture([], slopes), LIGHT)]
    assert labels[0] == f'<span style="{ASIDE}">기울기 </span>1.0'


def test_quotients_are_drawn_where_there_is_no_derivative():
    figure = draw_quotients(ask("|x|", 0.0), LIGHT, translator("en"), height=372)
    # the sum of four terms of the fourth-order scheme leaves a few units of round-off
    expected = {"forward": 1.0, "central": 0.0, "central 4": 0.0}
    for trace in figure.data:
        np.testing.assert_allclose(np.asarray(trace.y), expected[trace.name], atol=1e-15)
    empty = draw_quotients(ask("ln x", -1.0), LIGHT, translator("en"), height=372)
    assert "outside the domain" in {label.text for label in empty.layout.annotations}


def test_the_file_has_every_digit():
    found = ask("x^2", 3.0, dtypes=("float32", "float64"))
    rows = list(csv.DictReader(io.StringIO(errorpanel.csv_text(found))))
    assert len(rows) == 2 * 120
    row = next(row for row in rows if row["dtype"] == "float64" and row["dx"] == "0.0001")
    assert row["scheme"] == "central"
    assert row["estimates"] == "6.000000000012662"
    assert float(row["truncation"]) == 0.0
    assert float(row["errors"]) == pytest.approx(float(row["node_rounding"]) + float(row["evaluation"]), rel=1e-15)


def test_the_terms_of_the_expansion_add_up_to_the_truncation_error():
    found = ask("3x e^x", 2.0, dx=0.01)
    terms = errorwhy.terms(found)
    # three terms: the next one is (Δx/x)² ≈ 1e-5 of the last
    assert math.fsum(term.value for term in terms) == pytest.approx(found.here.truncation, rel=1e-10)
    assert errorwhy.quotient_expansion_latex(found) == (
        r"\frac{f(x + \Delta x) - f(x - \Delta x)}{2\,\Delta x} = f'(x) + \frac{f'''(x)}{6}\,\Delta x^{2}"
        r" + \frac{f^{(5)}(x)}{120}\,\Delta x^{4} + \frac{f^{(7)}(x)}{5040}\,\Delta x^{6} + \cdots"
    )


def test_terms_that_vanish_are_said_to_be_zero():
    lines = errorwhy.term_lines(ask("x^2", 3.0))
    assert lines[0] == r"\frac{f'''(x)}{6}\,\Delta x^{2} = 0"
    assert errorwhy.term_lines(ask("|x|", 0.0)) == []


def test_the_round_off_and_the_optimum_in_numbers():
    found = ask("sin x", 1.0)
    assert errorwhy.roundoff_lines(found)[0] == r"u = 2^{-53} \approx 1.1\cdot 10^{-16}"
    assert errorwhy.roundoff_lines(found)[-1].startswith(r"\frac{\delta}{\Delta x} \approx ")
    lines = errorwhy.optimum_lines(found)
    assert lines[0] == r"E(\Delta x) = A\,\Delta x^{2} + \frac{B}{\Delta x}"
    assert lines[2].startswith(r"h^{*} = \left(\frac{B}{2A}\right)^{1/3} \approx 8.03\cdot 10^{-6}")
    assert errorwhy.optimum_lines(ask("x^2", 3.0)) == []
    assert errorwhy.roundoff_lines(ask("sin x", 1.0, "complex")) == []


def test_gaps_are_stretches_with_one_reason():
    (gap,) = ask("√x", 1e-3).stretches
    assert gap.reason == "outside_domain"
    assert 9e-4 < gap.start < 1.3e-3
    assert gap.end > 10


def test_formats_that_cannot_hold_x_are_left_out():
    found = ask("x^2", 1e6, dtypes=("float16", "float32"))
    assert [sweep.dtype for sweep in found.sweeps] == ["float32"]
    assert "float16 cannot hold x = 1000000 and was left out." in errorpanel.sentences(found, translator("en"))
    assert ask("x^2", 1e6, dtypes=("float16",)).main.dtype == "float64"


def test_the_leading_terms_of_all_schemes_stand_side_by_side():
    rows = errorwhy.leading_rows(ask("sin x", 1.0))
    assert [(name, slope) for name, _, _, slope in rows] == [
        ("forward", "1.00"),
        ("central", "2.00"),
        ("central4", "4.00"),
    ]
    assert rows[2][1] == r"-\frac{f^{(5)}(x)}{30}\,\Delta x^{4}"
    # at 0 the second derivative of the sine vanishes, and the third takes its place
    forward = errorwhy.leading_rows(ask("sin x", 0.0))[0]
    assert (forward[1], forward[3]) == (r"\frac{f'''(x)}{6}\,\Delta x^{2}", "2.00")
    assert errorwhy.leading_rows(ask("x^2", 3.0))[1] == ("central", "", "", "")


HARD = ["tan x", "1/x", "sin(1/x)", "x^x", "e^(1000x)", "1e299x", "∛x", "erf x", "e^-x", "0", "sign x", "1e-250x^2"]


@pytest.mark.parametrize("text", HARD)
@pytest.mark.parametrize("x", [0.0, -0.5, 1e-300, 1e9])
@pytest.mark.parametrize("dx", [1e-300, 1e-4, 1e3])
def test_no_function_or_point_breaks_the_chart(text, x, dx):
    _ = translator("en")
    found = ask(text, x, dx=dx, dtypes=("bfloat16", "float64"))
    draw = draw_errors(found, Shown(True, True), LIGHT, _, height=372) if found.has_errors else None
    figure = draw or draw_quotients(found, LIGHT, _, height=372)
    assert all(math.isfinite(edge) for edge in (*figure.layout.xaxis.range, *figure.layout.yaxis.range))
    assert errorpanel.html(found, _)
    assert errorwhy.leading_rows(found)
