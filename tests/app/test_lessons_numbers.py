"""Every number that a lesson computes is right, in the learner's own numbers too; the oracle is not our own code."""

from __future__ import annotations

import math
import re
from html import unescape

import mpmath
import pytest

from pages.learn.lessons import several
from pages.learn.lessons.standard import RULES, View, rules
from pages.parts.lessons.outline import lesson_of
from pages.parts.surface import weight
from tests.app.test_lessons import LANGUAGES, visit
from tests.app.test_lessons import texts as all_texts


def shown(section: str, language: str = "ko", **parameters: str) -> str:
    """Return all that a screen shows, without HTML."""
    slug, _, name = section.partition(".")
    lesson = lesson_of(slug)
    app = visit(lesson, lesson.screen(name), language, **parameters)
    assert not app.exception
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", all_texts(app), flags=re.DOTALL))


def both(section: str, **parameters: str) -> list[str]:
    return [shown(section, language, **parameters) for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_l01_the_average_change_and_what_the_tangent_foretells(language):
    assert "7.0" in shown("why.average", language)
    assert "6.5" in shown("why.average", language, own_dx="0.5")
    sentence = {
        "ko": "x가 3에서 0.1 늘면 f는 약 0.6 늘어납니다.",
        "en": "If x grows from 3 by 0.1, f grows by about 0.6.",
    }[language]
    text = shown("why.foretell", language)
    assert sentence in text
    assert "6 × 0.1" in text
    assert "0.61" in text


def test_l01_in_the_learners_own_numbers():
    assert "f는 약 0.0841 줄어듭니다" in shown("why.foretell", own_f="cos x", own_x="1")
    assert f"{math.sin(1) * 0.1:.4f}" == "0.0841"
    assert "f의 실제 변화는 약 −0.0867입니다" in shown("why.foretell", own_f="cos x", own_x="1")
    assert f"{math.cos(1.1) - math.cos(1):.4f}" == "-0.0867"
    assert "거의 변하지 않습니다" in shown("why.foretell", own_x="0")
    assert "미분가능하지 않습니다" in shown("why.foretell", own_f="|x|", own_x="0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_l02_the_quotients_settle(language):
    text = shown("definition.limit", language, own_f="e^x", own_x="1")
    for step in (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6):
        assert repr((math.exp(1 + step) - math.exp(1)) / step)[:12] in text
    assert "2.7182818284590452…" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_l11_both_limits_and_the_corner_where_they_differ(language):
    text = shown("definition.sides", language)
    assert "6.1" in text
    assert "6.0" in text
    corner = shown("definition.kink", language)
    assert re.search(r"0\.5→\s*1\.0→\s*−1\.0→\s*0\.0", corner)
    assert {"ko": "미분가능하지 않습니다", "en": "not differentiable"}[language] in corner


SLOPES = {
    "constant": (lambda x, a, n: mpmath.mpf(0)),
    "power": (lambda x, a, n: n * a * mpmath.mpf(x) ** (n - 1)),
    "exponential": (lambda x, a, n: mpmath.exp(x)),
    "logarithm": (lambda x, a, n: 1 / mpmath.mpf(x)),
    "decay": (lambda x, a, n: -mpmath.exp(-mpmath.mpf(x))),
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("a", "n", "x"), [(3.0, 2, 1.5), (-0.5, 6, 2.0), (1.0, -3, 0.5), (2.5, 0, 1.0), (0.0, 1, 3.0)])
def test_l03_to_l07_the_rule_and_the_number_agree(rule, a, n, x):
    text = shown("standard.rules", rule=rule, a=f"{a:g}", n=str(n), own_x=repr(x))
    slope = float(SLOPES[rule](x, a, n))
    found = re.search(r"공식으로 구한 값→\s*([−\d.]+)", text)
    assert float(found[1].replace("−", "-")) == pytest.approx(slope, rel=1e-14, abs=1e-300)
    numerical = re.search(r"\(Δx = 10⁻⁴\)→\s*([−\d.]+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", text)[1]
    if "·" not in numerical:  # the central difference errs by f‴·10⁻⁸/6, and by rounding
        assert float(numerical.replace("−", "-")) == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_every_rule_has_a_function_at_the_ends_of_its_sliders():
    for a in (-5.0, -1.0, 0.0, 1.0, 5.0):
        for n in (-3, 0, 1, 6):
            assert rules.function_text(View(rule="power", a=a, n=n)).endswith(f"x^{n}" if n >= 0 else f"x^({n})")


def test_l08_term_by_term_and_the_seven_becomes_zero():
    for text in both("standard.terms"):
        assert re.search(r"\\textcolor\{#\w+\}\{7\} & .* & \\textcolor\{#\w+\}\{0\}", text)
        assert "6x + e^{x} + 0" in text
        assert text.count("6x + e^{x}") >= 2
        assert "8.718281828459045" in text  # 6 + e


def test_l09_the_rewriting_is_a_step_and_the_domain_is_said():
    for text in both("standard.reciprocal"):
        assert r"\frac{d(x^{-1})}{d x}" in text
        assert r"\frac{1}{x} - \frac{1}{x^{2}}" in text
        assert "정의역" not in text
    assert "정의역을 벗어나" in shown("standard.reciprocal", own_x="0.3")
    assert "정의역 밖" in shown("standard.reciprocal", own_x="-1")


def test_l10_and_l12_the_recipe_and_the_program():
    for text in both("numerical.recipe", mark="2"):
        assert "delta_x = 1e-4" in text
        assert all(sign in text for sign in "①②③")
    for text in both("numerical.run"):
        assert "6.000000000012662" in text
        assert "def numerical_derivative(f, x):\n    delta_x = 1e-4\n" in text
    own = shown("numerical.run", own_f="sin x", own_x="1", own_dx="10^-6")
    assert repr((math.sin(1 + 1e-6) - math.sin(1 - 1e-6)) / 2e-6)[:14] in own
    assert "delta_x = 1e-6" in own


def test_l26_pasted_code_is_read_as_mathematics():
    for text in both("numerical.paste"):
        assert "x^{2}" in text
        assert "6.000000000012662" in text
    code = "import numpy as np\ndef func1(x):\n    return 3*x*np.exp(x)\nf = lambda x: func1(x)"
    assert r"3x \exp(x)" in shown("numerical.paste", own_f=code)


def test_the_error_falls_and_grows_again():
    lesson = lesson_of("numerical")
    html = all_texts(visit(lesson, lesson.screen("smaller"), "ko", own_f="e^x", own_x="0.5"))
    right = [len(match) for match in re.findall(r'<b class="nd-right">([^<]*)</b>', html)]
    assert len(right) == 7
    assert right[0] < max(right) > right[-1]
    assert right.index(max(right)) in {1, 2}  # 10⁻⁴ and 10⁻⁶: the best step is near the cube root of 2⁻⁵³


@pytest.mark.parametrize("language", LANGUAGES)
def test_l13_the_first_example(language):
    lines = shown("examples.square", language)
    assert r"\frac{(3.0 + 10^{-4})^{2} - (3.0 - 10^{-4})^{2}}{2 \cdot 10^{-4}}" in lines.replace(
        r"\cdot10", r"\cdot 10"
    )
    assert "1e^" not in lines
    assert r"\xrightarrow{\text{float64}} 6.000000000012662" in lines
    assert shown("examples.twice", language).count("6.000000000012662") == 2
    why = shown("examples.why_not", language)
    assert "6.000000000012662" in why
    # the float64 next to 3.0001, from its bits
    for stored in (3.0 + 1e-4, 3.0 - 1e-4):
        with mpmath.workdps(40):
            assert mpmath.nstr(mpmath.mpf(stored), 30, strip_zeros=False)[:20] in why


@pytest.mark.parametrize("language", LANGUAGES)
def test_l14_the_second_example(language):
    by_rules = shown("examples.product", language)
    assert r"3 e^{x} + 3x e^{x}" in by_rules
    assert "3 e^{2.0} + 3 \\cdot 2.0 e^{2.0}" in by_rules
    assert "66.501504890375852…" in by_rules
    assert "66.50150489037586" in by_rules
    beside = shown("examples.compare", language)
    assert "66.50150489037586" in beside
    assert "66.50150507518049" in beside
    with mpmath.workdps(30):
        assert mpmath.nstr(9 * mpmath.exp(2), 19)[:18] == "66.501504890375852"


def test_a_right_result_is_not_asked_why_it_is_wrong():
    assert "똑같습니다" in shown("examples.why_not", own_dx="0.5")
    assert "견줄 정확한 값도 없습니다" in shown("examples.why_not", own_f="|x|", own_x="0")


def test_l15_to_l17_partial_derivatives():
    for text in both("partials.idea"):
        assert "2x + 3x y + y^{3}" in text
    for text in both("partials.by_x", own_x="2", own_at="y=-1.5"):
        assert "2 + 3y" in text
        assert "−2.5" in text  # 2 + 3·(−1.5)
    for text in both("partials.by_y", own_x="2", own_at="y=-1.5"):
        assert "3x + 3y^{2}" in text
        assert "12.75" in text  # 3·2 + 3·2.25


def test_l18_one_plain_sentence_for_each_partial():
    korean, english = both("partials.weight", own_x="3", own_at="운동=2")
    more, less = 2 * math.exp(-0.2), 0.2 * 3 * math.exp(-0.2) + 1.5 / 3
    assert (f"{more:.2g}", f"{less:.2g}") == ("1.6", "0.99")
    assert "체중은 약 1.6 kg **늘어납니다**" in korean
    assert "체중은 약 0.99 kg **줄어듭니다**" in korean
    assert "지어낸 모형" in korean
    assert r"\text{체중}(\text{야식}, \text{운동})" in korean
    assert "1.6 kg" in english
    assert "0.99 kg" in english
    assert "made-up model" in english
    assert not re.search("[가-힣]", english.replace("한국어", ""))


STAGES = [
    r"\frac{\partial f}{\cancel{\partial t}} \cdot \frac{\cancel{\partial t}}{\partial x}",
    r"\frac{\partial(e^{t})}{\partial t} \cdot \frac{\partial(3x^{2})}{\partial x}",
    "(e^{t})(6x)",
    "(e^{3x^{2}})(6x)",
    "6x e^{3x^{2}}",
]


def test_l19_to_l21_the_composition_and_the_stages():
    for text in both("chainrule.compose"):
        assert r"f = e^{t}, \qquad t = 3x^{2}" in text
        assert "0.75" in text
        assert "2.117" in text
    assert r"f = e^{3t}, \qquad t = x^{2}" in shown("chainrule.compose", inner="x^2") + shown(
        "chainrule.compose", inner="x²"
    )
    for text in both("chainrule.cancel"):
        places = [text.index(stage) for stage in STAGES]
        assert places == sorted(places)
    other = shown("chainrule.cancel", own_f="e^-x")
    assert all(stage in other for stage in ("(e^{t})(-1)", "(e^{-x})(-1)", "-e^{-x}"))
    assert r"\frac{d f}{d x}" in shown("chainrule.cancel", sign="total").replace("{df}{dx}", "{d f}{d x}")
    numbers = shown("chainrule.numbers")
    assert "2.117" in numbers
    assert repr(3 * math.exp(0.75))[:13] in numbers


def test_l22_to_l24_the_exercises():
    for text in both("exercises.first"):
        assert "y - 3 e^{-x}" in text
        assert "x + 2y" in text
    for text in both("exercises.second"):
        assert r"3 \ln y + 2x y e^{x^{2}}" in text
        assert r"\frac{3x}{y} + e^{x^{2}}" in text
    assert "y > 0에서만" in shown("exercises.second", own_at="y=-0.5")
    for text in both("exercises.third"):
        assert text.count("-3y") >= 2
        assert r"\sum_{i=1}^{2}" in text


def test_l25_the_proof_and_what_holds_of_other_functions():
    for text in both("exercises.proof"):
        result = r"f' = f \cdot (1 - f) = f - f^{2}"
        lines = [r"e^{-x} = \frac{1 - f}{f}", r"f' = e^{-x} f^{2}", r"f' = \frac{1 - f}{f} f^{2}"]
        places = [text.index(line) for line in lines] + [text.rindex(result)]
        assert places == sorted(places)
    assert "f' = (1 - f) (1 + f) = 1 - f^{2}" in shown("exercises.others")
    for excluded in ("sin x", "x^2"):
        assert "증명된 사실입니다" in shown("exercises.others", own_f=excluded)


@pytest.mark.parametrize(
    ("section", "variables"),
    [
        ("partials.by_x", "xy"),
        ("partials.weight", ["야식", "운동"]),
        ("exercises.first", "xy"),
        ("exercises.second", "xy"),
        ("exercises.third", ["x_1", "x_2"]),
    ],
)
def test_every_line_that_a_lesson_writes_out_holds(section, variables):
    slug, _, name = section.partition(".")
    text = lesson_of(slug).screen(name).start.f
    for variable in variables:
        assert several.derivation(text, variable).verify()


def test_the_lesson_and_the_explorer_have_one_model_of_the_weight():
    assert lesson_of("partials").screen("weight").start.f == weight.formula("ko")
    assert (lesson_of("partials").screen("weight").start.x, "2") == weight.START
