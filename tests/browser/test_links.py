"""Language, links and Back: a view is kept, and reopens as it was sent."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import TITLES, agree, eventually, field, go_to, numbers, parameters, place, settled, title
from tests.browser.conftest import TRAFFIC, running_server


def test_what_was_typed_outlives_the_next_page_and_back(visit):
    lang = "ko"
    page = visit("/secant", lang)
    field(page, lang, "f").fill("sin x")
    field(page, lang, "x").fill("π/2")
    expect(page).to_have_url(re.compile("f=sin"))
    go_to(page, "error", lang)
    expect(field(page, lang, "f")).to_have_value("sin x")
    expect(field(page, lang, "x")).to_have_value("π/2")
    page.go_back()
    expect(title(page)).to_have_text(TITLES["secant"][lang])
    expect(field(page, lang, "f")).to_have_value("sin x")
    expect(field(page, lang, "x")).to_have_value("π/2")
    page.go_forward()
    expect(title(page)).to_have_text(TITLES["error"][lang])
    expect(field(page, lang, "f")).to_have_value("sin x")


def test_text_that_is_not_understood_yet_is_kept_too(visit):
    page = visit("/secant", "en")
    field(page, "en", "f").fill("3x e^")
    expect(page.locator(".st-key-echo mark")).to_be_visible()
    go_to(page, "error", "en")
    expect(field(page, "en", "f")).to_have_value("3x e^")
    expect(page.locator(".st-key-echo mark")).to_be_visible()


def test_typing_leaves_the_history_alone(visit):
    page = visit("/secant", "en", fresh=True)
    length = page.evaluate("history.length")
    for text in ("x", "x^2", "x^3"):
        field(page, "en", "f").fill(text)
        expect(page).to_have_url(re.compile(f"f={re.escape(text.replace('^', '%5E'))}(&|$)"))
    settled(page)
    assert page.evaluate("history.length") == length


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_link_reopens_the_view_in_the_senders_language(visit, lang):
    sender = visit("/secant", lang)
    field(sender, lang, "f").fill("e^-x")
    field(sender, lang, "x").fill("1")
    field(sender, lang, "dx").fill("10^-3")
    expect(sender).to_have_url(re.compile(r"dx=10%5E-3"))
    settled(sender)
    receiver = visit(sender.url, "en" if lang == "ko" else "ko")
    expect(title(receiver)).to_have_text(TITLES["secant"][lang])
    expect(field(receiver, lang, "f")).to_have_value("e^-x")
    expect(field(receiver, lang, "dx")).to_have_value("10^-3")
    agree(receiver, numbers(receiver).inner_text, numbers(sender).inner_text)
    agree(receiver, lambda: parameters(receiver), lambda: parameters(sender))


def test_the_copied_link_is_the_address(visit):
    page = visit("/secant?f=x%5E3&lang=en", "en")
    page.get_by_role("button", name="Take home").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_be_visible()
    agree(page, lambda: parse_qs(urlsplit(code.inner_text().strip()).query), lambda: parameters(page))
    assert urlsplit(code.inner_text().strip())[:3] == urlsplit(page.url)[:3]


def test_a_reload_keeps_the_view(visit):
    page = visit("/secant", "en")
    field(page, "en", "f").fill("cos x")
    expect(page).to_have_url(re.compile("f=cos"))
    page.reload()
    expect(field(page, "en", "f")).to_have_value("cos x")


@pytest.mark.parametrize("lang", ["ko"])
def test_a_hostile_link_opens_a_sane_view_with_a_plain_message(visit, lang):
    query = "x=abc&dx=-1&f=%3Cscript%3Ealert(1)%3C%2Fscript%3E&schemes=a.b&window=9&f=x&slope=%00"
    page = visit(f"/secant?{query}&lang={lang}", lang)
    expect(page.locator(".st-key-top + * .note, .note").first).to_contain_text("Δx")
    expect(field(page, lang, "f")).to_have_value("3x e^x")
    expect(numbers(page)).to_contain_text("66.501504890375852…")


def test_the_language_follows_the_browser_and_the_switch_and_stays(visit):
    page = visit("/secant", "ko")
    expect(title(page)).to_have_text("할선과 접선")
    field(page, "ko", "f").fill("cosh x")
    expect(page).to_have_url(re.compile("f=cosh"))
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(title(page)).to_have_text("Secant and tangent")
    expect(field(page, "en", "f")).to_have_value("cosh x")
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    go_to(page, "error", "en")
    expect(page).to_have_url(re.compile("lang=en"))


def test_the_home_page_leads_into_the_explorers(visit):
    page = visit("/", "en")
    expect(page.locator(".st-key-canvas_home .picture svg")).to_be_visible()
    page.get_by_test_id("stPageLink").filter(has_text="6.000000000012662").locator("a").click()
    expect(title(page)).to_have_text("Secant and tangent")
    expect(field(page, "en", "f")).to_have_value("x^2")
    expect(numbers(page)).to_contain_text("6.000000000012662")
    page.go_back()
    expect(page.get_by_test_id("stPageLink").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_ways_from_the_home_page_can_be_read_to_the_end(visit, lang, width):
    page = visit(f"/?lang={lang}", lang, width=width, height=800)
    ways = page.locator(".st-key-home_ways .stPageLink span")
    expect(ways.filter(has_text="6.000000000012662").first).to_be_visible()
    cut = "(spans) => spans.filter((span) => span.scrollWidth > span.clientWidth + 1).length"
    eventually(page, lambda: ways.evaluate_all(cut), lambda count: count == 0)


@pytest.mark.parametrize(("lang", "width", "height"), [("ko", 390, 844), ("en", 1280, 720)])
def test_three_clicks_lead_a_newcomer_to_the_error_that_grows_again(visit, lang, width, height):
    page = visit(f"/?lang={lang}", lang, width=width, height=height)
    way = page.locator(".st-key-home_answer a")
    box = place(way)
    assert box["y"] + box["height"] <= height  # seen without scrolling
    way.click()
    expect(title(page)).to_have_text(TITLES["error"][lang])
    settled(page)
    slider = page.get_by_role("slider").last
    slider.focus()
    sentence = numbers(page).locator("p").nth(1)
    before = sentence.inner_text()
    for text in ("5*10^-5", "2*10^-5", "10^-5", "5*10^-6", "2*10^-6", "10^-6", "5*10^-7", "2*10^-7"):
        slider.press("ArrowLeft")
        expect(field(page, lang, "dx")).to_have_value(text)
    expect(sentence).not_to_have_text(before)
    expect(sentence).to_contain_text({"ko": "Δx를 더 줄이면 오차가 커지고", "en": "larger"}[lang])


def test_the_first_visitor_after_a_start_may_follow_a_deep_link(browser):
    with running_server() as base:
        page = browser.new_page(locale="en-US")
        page.add_init_script(path=TRAFFIC)
        page.goto(f"{base}/secant?f=cos+x&lang=en")
        expect(field(page, "en", "f")).to_have_value("cos x")
        expect(page).to_have_url(re.compile("dx="))
        settled(page)
        expect(page.get_by_test_id("stDialog")).to_have_count(0)  # Streamlit's false alarm, closed by address.py
        page.close()
