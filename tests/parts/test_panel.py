import pytest

from pages.parts.panel import agreeing
from pages.parts.results import result, verdict


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


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("e^(1000x)", 2.0, "verdict.overflow"),
        ("exp(exp(exp(exp(x))))", 9.0, "verdict.overflow"),
        ("ln x", -1.0, "verdict.outside"),
        ("1/x", 0.0, "verdict.outside"),
        ("|x|", 0.0, "verdict.kink"),
        ("x^2", 3.0, "verdict.only_nodes"),
    ],
)
def test_the_sentence_tells_overflow_from_the_edge_of_the_domain(text, x, expected):
    assert verdict(result(text, x, 1e-4, ("central",)), "central") == expected
