"""Each lesson shows its items of the lecture in a browser, in both languages, and can be taught from."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.parts.i18n import translator
from pages.parts.lessons import prose
from pages.parts.lessons.outline import lesson_of, lessons
from tests.browser.browsing import eventually, fits, place, settled, title

LANGUAGES = ["ko", "en"]


def live(page: Page) -> Locator:
    return page.locator(".st-key-lesson_live")


def words(page: Page) -> Locator:
    return page.locator(".st-key-lesson_text")


def latex(place: Locator) -> Locator:
    """The sources of what is typeset."""
    return place.locator(".katex-mathml annotation")


def expect_latex(place: Locator, source: str) -> None:
    expect(latex(place).filter(has_text=source).first).to_be_attached()


def field(page: Page, lang: str, name: str) -> Locator:
    return page.get_by_label(translator(lang)(f"lesson.field.{name}"), exact=True)


def heading(page: Page, lang: str, section: str) -> None:
    slug, _, name = section.partition(".")
    expect(page.get_by_role("heading", name=prose.texts(lesson_of(slug), lang)[name].title, exact=True)).to_be_visible()


def go_on(page: Page, lang: str, section: str) -> None:
    page.locator("h3").click()  # out of a field, where the arrow keys move the cursor
    page.keyboard.press("ArrowRight")
    heading(page, lang, section)
    settled(page)


def why(page: Page, lang: str) -> None:
    expect(live(page).locator(".canvas .value").first).to_contain_text("7.0")
    go_on(page, lang, "why.instant")
    expect(words(page)).to_contain_text(translator(lang)("term.instantaneous_rate"))
    go_on(page, lang, "why.foretell")
    expect(words(page)).to_contain_text({"ko": "0.1 늘면 f는 약 0.6", "en": "by 0.1, f grows by about 0.6"}[lang])
    field(page, lang, "dx").fill("0.5")
    expect(words(page)).to_contain_text({"ko": "0.5 늘면 f는 약 3", "en": "by 0.5, f grows by about 3"}[lang])


def definition(page: Page, lang: str) -> None:
    expect(live(page).locator(".nd-panel")).to_contain_text("6.0009999")
    go_on(page, lang, "definition.sides")
    expect(words(page).locator(".nd-panel")).to_contain_text("6.1")
    go_on(page, lang, "definition.kink")
    expect(words(page)).to_contain_text({"ko": "미분가능하지 않습니다", "en": "not differentiable"}[lang])
    expect(live(page).locator(".canvas .cell:not(.off)")).to_have_count(4)


def standard(page: Page, lang: str) -> None:
    expect_latex(words(page), r"f'(x) = 6x")
    for rule, source in (("e^{-x}", "f'(x) = -e^{-x}"), (r"\ln x", r"f'(x) = \frac{1}{x}"), ("c", "f'(x) = 0")):
        buttons = page.locator(".st-key-view_rule button")
        buttons.filter(has=page.locator("annotation").filter(has_text=re.compile(f"^{re.escape(rule)}$"))).click()
        expect_latex(words(page), source)
    go_on(page, lang, "standard.terms")
    expect_latex(words(page), "6x + e^{x} + 0")
    go_on(page, lang, "standard.reciprocal")
    expect_latex(words(page), "x^{-1}")
    field(page, lang, "x").fill("-1")
    expect(live(page)).to_contain_text(translator(lang)("point.outside", x="−1"))


def numerical(page: Page, lang: str) -> None:
    line = live(page).locator('[data-part="2"]')
    letters = page.locator(".st-key-recipe .katex-html [style*=color]")
    dimmed = "(all) => all.filter((e) => getComputedStyle(e).opacity === '0.25').length"
    assert eventually(page, lambda: letters.evaluate_all(dimmed), lambda count: count == 0) == 0
    line.hover()
    eventually(page, lambda: letters.evaluate_all(dimmed))
    go_on(page, lang, "numerical.run")
    expect(live(page).locator(".nd-console")).to_contain_text("6.000000000012662")
    field(page, lang, "f").fill("3x e^x")
    field(page, lang, "x").fill("2.0")
    expect(live(page).locator(".nd-console")).to_contain_text("66.50150507518049")
    expect(live(page).get_by_test_id("stCode")).to_contain_text("return 3*x*np.exp(x)")
    go_on(page, lang, "numerical.paste")
    page.get_by_label(translator(lang)("lesson.paste.code")).fill("f = lambda x: np.exp(-x)")
    page.keyboard.press("Control+Enter")
    expect_latex(live(page), r"f(x) = \exp(-x)")


def examples(page: Page, lang: str) -> None:
    expect_latex(words(page), r"6.000000000012662")
    go_on(page, lang, "examples.twice")
    expect(live(page).locator(".nd-output-line")).to_have_text(["6.000000000012662"] * 2)
    go_on(page, lang, "examples.why_not")
    expect_latex(live(page), r"3.000100000000000211031\ldots")
    go_on(page, lang, "examples.product")
    expect(live(page).locator(".nd-console")).to_contain_text("66.50150489037586")
    expect(words(page)).to_contain_text("66.501504890375852…")
    go_on(page, lang, "examples.compare")
    expect(words(page).locator(".nd-panel")).to_contain_text("66.50150507518049")
    page.get_by_test_id("stPageLink").locator("a").click()
    expect(title(page)).to_have_text(translator(lang)("page.error"))
    expect(page.get_by_label(translator(lang)("field.f"), exact=True)).to_have_value("3x e^x")
    page.go_back()
    heading(page, lang, "examples.compare")


def partials(page: Page, lang: str) -> None:
    expect_latex(words(page), "f(x, y) = 2x + 3x y + y^{3}")
    expect(live(page).locator(".nd-space")).to_be_visible()
    expect(live(page).locator(".st-key-surface_loader .js-plotly-plot")).to_be_hidden()
    go_on(page, lang, "partials.by_x")
    expect_latex(words(page), "= 2 + 3y")
    go_on(page, lang, "partials.by_y")
    expect_latex(words(page), "= 3x + 3y^{2}")
    go_on(page, lang, "partials.weight")
    expect(live(page)).to_contain_text({"ko": "1.6 kg 늘어납니다", "en": "1.6 kg"}[lang])


def chainrule(page: Page, lang: str) -> None:
    expect(live(page).locator(".nd-flow")).to_contain_text("2.117")
    page.locator("[class*=st-key-lesson_inner] button").nth(1).click()
    expect_latex(live(page), r"f = e^{3t}, \qquad t = x^{2}")
    page.locator("[class*=st-key-lesson_inner] button").nth(0).click()
    expect_latex(live(page), r"f = e^{t}, \qquad t = 3x^{2}")
    go_on(page, lang, "chainrule.cancel")
    for stage in (r"\cancel{\partial t}", "(e^{t})(6x)", "(e^{3x^{2}})(6x)", "6x e^{3x^{2}}"):
        expect_latex(live(page), stage)
    go_on(page, lang, "chainrule.numbers")
    expect(live(page).locator(".nd-panel")).to_contain_text("6.351000049838024")


def exercises(page: Page, lang: str) -> None:
    _ = translator(lang)
    for name, answer in (("first", "y - 3 e^{-x}"), ("second", r"\frac{3x}{y} + e^{x^{2}}"), ("third", "-3y")):
        heading(page, lang, f"exercises.{name}")
        page.get_by_text(_("lesson.exercise.solution")).click()
        shown = latex(live(page)).filter(has_text=answer).first
        expect(shown).to_be_attached()
        page.keyboard.press("ArrowRight")
    heading(page, lang, "exercises.proof")
    page.get_by_text(_("lesson.exercise.proof")).click()
    expect_latex(words(page), r"f' = f \cdot (1 - f) = f - f^{2}")
    expect(live(page).locator(".js-plotly-plot")).to_be_visible()


DEMONSTRATIONS: dict[str, Callable[[Page, str], None]] = {
    "why": why,
    "definition": definition,
    "standard": standard,
    "numerical": numerical,
    "examples": examples,
    "partials": partials,
    "chainrule": chainrule,
    "exercises": exercises,
}


def test_every_lesson_is_demonstrated():
    assert list(DEMONSTRATIONS) == [lesson.slug for lesson in lessons()]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", DEMONSTRATIONS)
def test_a_lesson_works(visit, slug, lang):
    page = visit(f"/{slug}?lang={lang}", lang)
    settled(page)
    DEMONSTRATIONS[slug](page, lang)


def test_a_lesson_is_taught_from_the_keyboard_in_large_type(visit):
    page = visit("/why?lang=ko&section=why.average", "ko")
    settled(page)
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert eventually(page, lambda: page.evaluate(size), lambda px: px == 16) == 16
    page.keyboard.press("p")
    eventually(page, lambda: page.evaluate(size), lambda px: px > 19)
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    go_on(page, "ko", "why.instant")
    go_on(page, "ko", "why.foretell")
    page.keyboard.press("ArrowLeft")
    heading(page, "ko", "why.instant")
    expect(page).to_have_url(re.compile("present=1"))
    page.keyboard.press("p")
    eventually(page, lambda: page.evaluate(size), lambda px: px == 16)
    fits(page)


def test_a_choice_that_was_clicked_leaves_the_arrow_keys_to_the_lesson(visit):
    page = visit("/numerical?lang=en&section=numerical.recipe", "en")
    settled(page)
    page.get_by_role("button", name="②").or_(page.get_by_role("radio", name="②")).first.click()
    expect(page).to_have_url(re.compile("mark=2"))
    page.keyboard.press("ArrowRight")
    heading(page, "en", "numerical.run")


def test_a_first_visitor_sees_the_error_grow_again_within_three_clicks(visit):
    page = visit("/?lang=ko", "ko")
    settled(page)
    page.get_by_test_id("stPageLink").filter(has_text="작을수록").locator("a").click()  # the first click
    expect(title(page)).to_have_text("Δx에 따른 오차")
    settled(page)
    panel = page.locator(".nd-panel").first
    error = re.compile(r"오차\s*≈\s*1\.8\d*·10⁻⁷")
    expect(panel).to_contain_text(error)
    thumb = page.get_by_role("slider", name=translator("ko")("field.dx.slider"))
    track = place(page.locator('[data-testid="stSlider"]').filter(has=thumb))
    middle = place(thumb)
    # the second click: Δx near 10⁻¹²
    page.mouse.click(track["x"] + 0.25 * track["width"], middle["y"] + middle["height"] / 2)
    expect(panel).not_to_contain_text(error)
    expect(panel).to_contain_text(translator("ko")("advice.larger"))


def test_a_lesson_fits_a_phone(visit):
    page = visit("/examples?lang=ko&section=examples.compare", "ko", width=390, height=844)
    settled(page)
    fits(page)
    expect(page.get_by_test_id("stMain")).to_be_visible()
