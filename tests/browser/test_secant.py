"""What a person does on the page of secant and tangent, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import WORDS, echo, field, fits, numbers, place, settled


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_lectures_digits_can_be_typed_and_read(visit, lang):
    page = visit("/secant", lang)
    field(page, lang, "f").press_sequentially("x", delay=20)
    field(page, lang, "f").fill("3x e^x")
    field(page, lang, "x").fill("2")
    field(page, lang, "dx").fill("1e-4")
    expect(numbers(page)).to_contain_text("66.50150507518049")
    expect(numbers(page)).to_contain_text("66.50150489037586")
    expect(numbers(page)).to_contain_text("66.501504890375852…")
    field(page, lang, "f").fill("x²")
    field(page, lang, "x").fill("3.0")
    expect(numbers(page)).to_contain_text("6.000000000012662")
    expect(numbers(page)).to_contain_text("1.27·10⁻¹¹")
    expect(page.locator(".canvas .picture svg")).to_be_visible()


def test_what_is_typed_is_echoed_letter_by_letter(visit):
    page = visit("/secant?f=x", "en")
    expect(echo(page)).to_have_text("f(x) = x")
    field(page, "en", "f").press("End")
    field(page, "en", "f").press_sequentially("^2")
    expect(echo(page)).to_have_text("f(x) = x^{2}")
    expect(field(page, "en", "f")).to_be_focused()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_unclear_input_is_marked_and_a_click_makes_it_clear(visit, lang):
    page = visit("/secant", lang)
    picture = page.locator(".canvas .picture svg")
    expect(picture).to_be_visible()
    before = place(picture)
    field(page, lang, "f").fill("1 + sin x/2")
    expect(page.locator(".st-key-echo mark")).to_have_text("sin x/2")
    expect(page.get_by_text(WORDS[lang]["stale"])).to_be_visible()
    settled(page)
    assert place(picture) == before  # nothing jumps
    readings = page.locator(".st-key-readings button")
    expect(readings).to_have_count(2)
    readings.first.click()
    expect(page.locator(".st-key-echo mark")).to_have_count(0)
    expect(echo(page)).to_have_text(re.compile(r"frac\{\\sin x\}\{2\}"))
    expect(field(page, lang, "f")).to_have_value(re.compile("/2"))
    expect(page.get_by_text(WORDS[lang]["stale"])).to_have_count(0)


HOSTILE = [
    "<img src=https://example.com/a.png onerror=alert(1)>",
    "![](https://example.com/b.png)",
    "[x](https://example.com)",
    r"x \rule{9999em}{9999em}",
    "`</code><script>alert(1)</script>",
]


def test_typed_text_is_never_more_than_text(visit):
    page = visit("/secant", "en")
    for text in HOSTILE:
        field(page, "en", "f").fill(text)
        expect(page.locator(".st-key-echo .typed")).to_contain_text(text[:30])  # long texts are cut
        settled(page)
        expect(page.locator(".st-key-echo :is(img, a, script, iframe)")).to_have_count(0)
    # the fixture checks that no script ran and nothing was asked of another machine


def test_a_step_that_is_no_length_is_refused_and_the_numbers_stay(visit):
    lang = "ko"
    page = visit("/secant", lang)
    field(page, lang, "dx").fill("-1")
    expect(page.locator(".st-key-echo mark")).to_have_text("-1")
    expect(numbers(page)).to_contain_text("66.501504890375852…")
    field(page, lang, "dx").fill("0.1")
    expect(page.locator(".st-key-echo mark")).to_have_count(0)


def test_a_kink_is_called_one(visit):
    page = visit("/secant?f=%7Cx%7C&x=0&dx=0.5&schemes=forward.backward.central", "en")
    expect(numbers(page)).to_contain_text("slope is −1 from the left and +1 from the right")


def test_the_sliders_type_into_the_fields(visit):
    page = visit("/error?f=x%5E2&x=1&dx=10%5E-4", "en")
    slider = page.get_by_role("slider", name="Δx by slider")
    slider.focus()
    slider.press("ArrowLeft")
    expect(field(page, "en", "dx")).to_have_value("5*10^-5")


def test_examples_are_one_click_away(visit):
    page = visit("/secant", "en")
    page.get_by_role("button", name="Examples").click()
    page.locator(".st-key-example_0 button").click()
    expect(field(page, "en", "f")).to_have_value("x^2")
    expect(field(page, "en", "x")).to_have_value("3.0")
    expect(echo(page)).to_have_text("f(x) = x^{2}")


@pytest.mark.parametrize("path", ["/", "/secant", "/error"])
def test_a_phone_shows_everything_without_scrolling_sideways(visit, path):
    page = visit(path, "ko", width=390, height=844)
    expect(page.locator(".js-plotly-plot, .canvas .picture svg").first).to_be_visible()
    fits(page)


def test_hangul_in_an_exponent_is_not_cut(visit):
    page = visit("/secant?lang=ko&f=%EC%95%BC%EC%8B%9D%5E2+e%5E(-%EC%9A%B4%EB%8F%99)", "ko")
    echoed = page.locator(".st-key-echo .katex-display")
    expect(echoed.locator(".katex-html .hangul_fallback").last).to_be_visible()
    frame = place(echoed)
    for part in echoed.locator(".katex-html .hangul_fallback").all():
        box = place(part)
        assert box["y"] >= frame["y"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"]


@pytest.mark.parametrize("text", ["1/2x", "sin^-1 x", "{x < 0: sin^-1 x, gamma(x)}"])
def test_readings_fit_under_a_thumb(address, browser, text):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/secant?lang=en")
    field(page, "en", "f").fill(text)
    field(page, "en", "f").press("Enter")
    buttons = page.locator('[class*="st-key-readings"] button')
    expect(buttons.first).to_be_visible()
    for button in buttons.all():
        box = place(button)
        assert min(box["width"], box["height"]) >= 40
    context.close()
