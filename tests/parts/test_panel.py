"""What stands under the picture: digits that agree, the sentence, the tangent's equation, and when "=" may stand."""

import pytest

from pages.explore.error import panel as errorpanel
from pages.explore.error.data import Asked, find
from pages.parts import panel
from pages.parts.i18n import translator
from pages.parts.panel import agreeing, tangent_line
from pages.parts.results import result
from pages.parts.theme import LIGHT


@pytest.mark.parametrize(
    ("computed", "exact", "is_whole", "bold"),
    [
        ("66.50150507518049", "66.501504890375852…", False, "66.50150"),
        ("6.000000000012662", "6", True, "6.0000000000"),
        ("6.000100000012054", "6", True, "6.000"),
        ("6.0", "6", True, "6.0"),
        ("0.25", "0.25", True, "0.25"),
        ("7.0", "6", True, None),
        ("-6.1", "-6.125", True, "-6.1"),
        ("5.0", "3.88…·10⁸⁷¹", False, None),
    ],
)
def test_the_digits_that_agree_with_the_exact_value_are_bold(computed, exact, is_whole, bold):
    shown = agreeing(computed, exact, is_whole=is_whole)
    expected = computed if bold is None else f'<span class="nd-agree">{bold}</span>{computed[len(bold) :]}'
    assert shown == expected


POINTS = [
    ("e^(1000x)", 2.0, "overflow"),
    ("exp(exp(exp(exp(x))))", 9.0, "overflow"),
    ("ln x", -1.0, "outside"),
    ("1/x", 0.0, "outside"),
    ("|x|", 0.0, "kink"),
    ("∛(x^2)", 0.0, "cusp"),
    ("floor(x)", 0.0, "jump"),
    ("√(-x^2)", 0.0, "undecidable"),
    ("x^2", 3.0, ""),
]


@pytest.mark.parametrize(("text", "x", "kind"), POINTS)
def test_the_sentence_tells_overflow_from_the_edge_of_the_domain(text, x, kind):
    assert result(text, x, 1e-4, ("central",)).point.kind == kind


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("text", "x", "dx"),
    [(text, x, 1e-4) for text, x, _kind in POINTS]
    + [(text, 2.0, dx) for text in ("sin x", "3x e^x", "x^2") for dx in (1e-17, 1e-11, 7e-6, 1.3e-5, 0.25, 7.0)],
)
def test_both_pages_say_the_same(language, text, x, dx):
    _ = translator(language)
    for scheme in ("forward", "backward", "central"):
        said = panel.sentence(result(text, x, dx, (scheme,)), scheme, _)
        asked = Asked(text, x, dx, ("forward", "central", scheme), scheme, ("float64",), "nominal")
        assert errorpanel.sentences(find(asked), _)[-1] == said


@pytest.mark.parametrize(
    ("text", "x", "line"),
    [
        ("x^2", 3.0, "y = 6(x − 3) + 9"),
        ("x^2 - 2x", -0.5, "y = −3(x + 0.5) + 1.25"),
        ("x", 2.0, "y = (x − 2) + 2"),
        ("1 - t", 2.0, "y = −(t − 2) − 1"),
        ("x^2 + x", 0.0, "y = x"),
        ("5", 1.0, "y = 5"),
        ("0", 1.0, "y = 0"),
        ("3x e^x", 2.0, "y ≈ 66.5015(x − 2) + 44.3343"),
        ("10^9*x", 1.0, "y = 1000000000(x − 1) + 1000000000"),
        # 0.1 in binary is not 1/10, nor is its square 1/100
        ("x^2", 0.1, "y ≈ 0.2(x − 0.1) + 0.01"),
        ("123456789x", 1.0, "y ≈ 1.23457·10⁸·(x − 1) + 1.23457·10⁸"),
        ("sin x", 0.0, "y = x"),
    ],
)
def test_the_tangents_equation_is_an_equation_only_where_it_holds(text, x, line):
    assert tangent_line(result(text, x, 0.5, ("central",))) == line


@pytest.mark.parametrize(
    ("text", "x", "dx", "cells"),
    [
        ("x^2", 3.0, 1.0, ["=</span>1<"]),
        ("x^2", 3.0, 0.5, ["=</span>0.5<", "=</span>0<"]),
        ("x^2", 3.0, 1e-4, ["≈</span>1.00·10⁻⁴<"]),
        ("e^x", 0.0, 1.0, ["≈</span>0.718<"]),
    ],
)
def test_an_error_stands_after_an_equals_sign_only_where_it_is_whole(text, x, dx, cells):
    shown = panel.html(result(text, x, dx, ("forward",)), ("forward",), LIGHT, translator("en"))
    for cell in cells:
        assert cell in shown


@pytest.mark.parametrize(("text", "x"), [("t^2 e^-t", 2.0), ("x^2", 0.0), ("x^4", 0.0)])
def test_no_digit_of_a_slope_0_is_counted(text, x):
    shown = panel.html(result(text, x, 1.0, ("forward", "central")), ("forward", "central"), LIGHT, translator("en"))
    assert "nan" not in shown.lower()
