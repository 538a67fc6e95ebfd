"""The substitution in the learner's numbers: the lecture's lines to the letter, and every scheme computed as shown."""

import numpy as np
import pytest

import numdiff
from numdiff.blackbox.precision import as_dtype
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
    assert lines.values == (
        r"f(3.0 + 10^{-4}) \xrightarrow{\text{float64}} 9.000600010000001",
        r"f(3.0 - 10^{-4}) \xrightarrow{\text{float64}} 8.999400009999999",
        r"f(3.0 + 10^{-4}) - f(3.0 - 10^{-4}) \xrightarrow{\text{float64}} 0.0012000000000025324",
    )
    assert lines.estimate == "6.000000000012662"
    assert lines.stored == ""


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


FORMATS = ["float16", "bfloat16", "float32", "float64"]
COMPUTED = [(scheme, dtype) for scheme in SCHEMES for dtype in FORMATS if scheme != "complex" or dtype[-2:] != "16"]


@pytest.mark.parametrize(("scheme", "dtype"), COMPUTED)
@pytest.mark.parametrize("step", ["nominal", "taken"])
def test_the_estimate_is_the_one_that_is_computed(scheme, dtype, step):
    function = numdiff.parse("x^3")
    lines = substitution.work_out(function, quantity("1.5"), quantity("0.25"), scheme, dtype=dtype, step=step)
    kind = as_dtype(dtype).type
    assert lines.estimate == full_latex(difference(function, kind(1.5), kind(0.25), scheme, dtype, step=step))
    assert all(rf"\xrightarrow{{\text{{{dtype}}}}}" in line for line in lines.values)


def test_the_complex_step_has_no_format_of_16_bits():
    with pytest.raises(ValueError, match="dtype must be float32 or float64 for the complex step, got float16"):
        lecture("x^2", "1", "complex", dtype="float16")


def test_the_step_taken_is_the_difference_of_the_nodes():
    lines = lecture("x^2", "3.0", step="taken")
    assert lines.substituted.endswith(r"{3.0 + 10^{-4} - (3.0 - 10^{-4})}")
    assert lines.values[-1].startswith(r"3.0 + 10^{-4} - (3.0 - 10^{-4}) \xrightarrow{\text{float64}} ")
    assert lines.estimate == "6.0"


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


STORED = [
    ("3.0", 3.0, "float64", ""),
    ("-0.5", -0.5, "float64", ""),
    ("0.1", 0.1, "float64", r"0.1 \xrightarrow{\text{float64}} 0.10000000000000000555\ldots"),
    ("pi/2", np.pi / 2, "float64", r"\frac{\pi}{2} \xrightarrow{\text{float64}} 1.5707963267948965579\ldots"),
    ("0.1", 0.1, "float16", r"0.1 \xrightarrow{\text{float16}} 0.0999755859375"),
]


@pytest.mark.parametrize(("text", "value", "dtype", "expected"), STORED)
def test_the_number_in_store(text, value, dtype, expected):
    assert substitution.stored_latex(quantity(text, value), dtype) == expected


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


def test_a_step_that_the_format_cannot_hold_gives_no_number():
    lines = substitution.work_out(numdiff.parse("x^2"), quantity("1"), quantity("1e-30"), "central", dtype="float16")
    assert lines.estimate == r"\mathrm{NaN}"
