"""How lines are set on the page of the chain rule: room between rows, and how wide a formula is."""

from typing import get_args

import pytest

from numdiff.derivation.chain.stages import Reason
from pages.parts.derivation.lines import block, display, width
from pages.parts.i18n import translator


def test_fractions_above_one_another_get_more_room():
    tall, flat = r"&= \frac{1}{x}", "&= x"
    assert block([tall, tall, flat]) == rf"\begin{{aligned}} {tall} \\[0.8em] {tall} \\[0.5em] {flat} \end{{aligned}}"
    assert block([tall]) == r"= \frac{1}{x}"


def test_brackets_on_a_line_of_their_own_are_as_tall_as_what_they_hold():
    assert r"\left(\frac{1}{x}\right)(2x)" in display(r"(\frac{1}{x})(2x)")


@pytest.mark.parametrize(
    ("latex", "characters"),
    [
        ("x + 1", 3),
        (r"\frac{\partial f}{\cancel{\partial t}} \cdot \frac{\cancel{\partial t}}{\partial x}", 5),
        (r"\ln(1 + e^{x})", 8),
        (r"\frac{1}{(1 + e^{-x})^{2}}", 8),
        (r"x^{\frac{1}{x^{2}}}", 3),
    ],
)
def test_a_formula_is_about_as_wide_as_its_characters(latex, characters):
    assert width(latex) == characters


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("reason", [reason for reason in get_args(Reason) if reason])
def test_every_reason_for_no_composition_has_a_sentence(reason, language):
    assert translator(language)(f"chain.none.{reason}", variable="x")
