"""The substitution in the learner's numbers: the lecture's lines to the letter, and every scheme computed as shown."""

import pytest

import numdiff
from numdiff.difference.schemes import SCHEMES, difference
from pages.parts import substitution
from pages.parts.entries import Quantity, read_point, read_step
from pages.parts.numbers import full_latex


def quantity(text, value=None):
    return Quantity(text, float(text) if value is None else value, "")


def lecture(function, x, scheme="central", **options):
    return substitution.work_out(numdiff.parse(function), quantity(x), quantity("1e-4"), scheme, **options)


def test_the_lecture_first_example():
    lines = lecture("x^2", "3.0")
    assert lines.limit == r"f'(3.0) = \lim_{\Delta x \to 0} \frac{f(3.0 + \Delta x) - f(3.0 - \Delta x)}{2\,\Delta x}"
    assert lines.quotient == r"\frac{f(3.0 + 10^{-4}) - f(3.0 - 10^{-4})}{2 \cdot 10^{-4}}"
    assert lines.substituted == r"\frac{(3.0 + 10^{-4})^{2} - (3.0 - 10^{-4})^{2}}{2 \cdot 10^{-4}}"
    assert lines.estimate == "6.000000000012662"


def test_the_lecture_second_example():
    lines = lecture("3x e^x", "2.0")
    assert lines.substituted == (
        r"\frac{3 (2.0 + 10^{-4}) e^{2.0 + 10^{-4}} - 3 (2.0 - 10^{-4}) e^{2.0 - 10^{-4}}}{2 \cdot 10^{-4}}"
    )
    assert lines.estimate == "66.50150507518049"


def test_the_block_puts_equality_only_between_equal_things():
    assert lecture("x^2", "3.0").aligned() == (
        r"\begin{aligned} f'(3.0) &= \lim_{\Delta x \to 0} \frac{f(3.0 + \Delta x) - f(3.0 - \Delta x)}{2\,\Delta x}"
        r" \\ &\approx \frac{f(3.0 + 10^{-4}) - f(3.0 - 10^{-4})}{2 \cdot 10^{-4}}"
        r" \\ &= \frac{(3.0 + 10^{-4})^{2} - (3.0 - 10^{-4})^{2}}{2 \cdot 10^{-4}}"
        r" \\ &\xrightarrow{\text{float64}} 6.000000000012662 \end{aligned}"
    )


def test_no_limit_is_claimed_where_f_is_not_known_to_be_differentiable():
    lines = lecture("|x|", "0", differentiable=False)
    assert lines.limit == ""
    assert lines.aligned().startswith(r"\begin{aligned} & \frac{f(0 + 10^{-4}) - f(0 - 10^{-4})}")


QUOTIENTS = {
    "forward": r"\frac{f(x + \Delta x) - f(x)}{\Delta x}",
    "backward": r"\frac{f(x) - f(x - \Delta x)}{\Delta x}",
    "central": r"\frac{f(x + \Delta x) - f(x - \Delta x)}{2\,\Delta x}",
    "forward3": r"\frac{-f(x + 2\,\Delta x) + 4\,f(x + \Delta x) - 3\,f(x)}{2\,\Delta x}",
    "backward3": r"\frac{3\,f(x) - 4\,f(x - \Delta x) + f(x - 2\,\Delta x)}{2\,\Delta x}",
    "central4": (
        r"\frac{-f(x + 2\,\Delta x) + 8\,f(x + \Delta x) - 8\,f(x - \Delta x) + f(x - 2\,\Delta x)}{12\,\Delta x}"
    ),
    "complex": r"\frac{\operatorname{Im} f(x+i\,\Delta x)}{\Delta x}",
}


@pytest.mark.parametrize("scheme", QUOTIENTS)
def test_quotients_in_letters(scheme):
    assert substitution.quotient_latex(scheme) == QUOTIENTS[scheme]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_estimate_is_the_one_that_is_computed(scheme):
    function = numdiff.parse("x^3")
    lines = substitution.work_out(function, quantity("1.5"), quantity("0.25"), scheme)
    assert lines.estimate == full_latex(difference(function, 1.5, 0.25, scheme))


STEPS = [
    ("1e-4", 1e-4, r"12 \cdot 10^{-4}", r"2 \cdot 10^{-4}"),
    ("2.5e-3", 2.5e-3, r"12 \cdot 2.5 \cdot 10^{-3}", r"2 \cdot 2.5 \cdot 10^{-3}"),
    ("2*10^-5", 2e-5, r"12 \cdot 2 \cdot 10^{-5}", r"2 \cdot 2 \cdot 10^{-5}"),
    ("10^-4", 1e-4, r"12 \cdot 10^{-4}", r"2 \cdot 10^{-4}"),
    ("0.5", 0.5, r"12 \cdot 0.5", r"2 \cdot 0.5"),
]


@pytest.mark.parametrize(("text", "value", "below", "double"), STEPS)
def test_powers_of_ten_are_typeset(text, value, below, double):
    lines = substitution.work_out(numdiff.parse("x^2"), quantity("3"), quantity(text, value), "central4")
    assert lines.quotient.endswith(f"{{{below}}}")
    assert rf"f(3 + {double})" in lines.quotient
    assert "e-" not in lines.aligned().replace("2.5e-3", "")


def test_a_line_too_long_to_read_is_left_out():
    long = " + ".join(f"sin({n}x)" for n in range(1, 25))
    assert lecture(long, "1").substituted == ""
    assert lecture(long, "1").quotient


def test_a_constant_and_another_variable():
    assert lecture("5", "1").substituted == r"\frac{5 - 5}{2 \cdot 10^{-4}}"
    assert lecture("t^2", "3.0").substituted == r"\frac{(3.0 + 10^{-4})^{2} - (3.0 - 10^{-4})^{2}}{2 \cdot 10^{-4}}"


def test_what_the_fields_understand_can_be_worked_out():
    x, dx = read_point("-π/2"), read_step("10^-4")
    lines = substitution.work_out(numdiff.parse("sin x"), x, dx, "forward")
    assert lines.quotient == r"\frac{f(-\frac{\pi}{2} + 10^{-4}) - f(-\frac{\pi}{2})}{10^{-4}}"
