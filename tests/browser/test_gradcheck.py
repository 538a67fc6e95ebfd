"""The page of the gradient check in a browser: a rule is broken by hand, the network is changed, and all of it fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import eventually, field, fits, parameters, settled

SCREENS = pytest.mark.parametrize(("lang", "width", "height"), [("ko", 390, 844), ("en", 1280, 720)])
WORDS = {
    "ko": {"broken": "일부러 틀리게 할 규칙", "wrong": "틀린 곳은 간선 v₂ → v₄입니다"},
    "en": {"broken": "Rule to break on purpose", "wrong": "The mistake is on the edge v₂ → v₄"},
}


def choose(page: Page, label: str, option: str) -> None:
    """Take an option of a list by what is written in it."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    settled(page)


@SCREENS
def test_a_rule_is_broken_and_its_edge_marked(visit, lang, width, height):
    page = visit(f"/gradcheck?lang={lang}", lang, width, height)
    expect(page.locator(".nd-check table").first).to_contain_text("∂f/∂y")
    choose(page, WORDS[lang]["broken"], "∂v₄/∂v₂ = v₁")
    expect(page.locator(".nd-check").first).to_contain_text(WORDS[lang]["wrong"])
    broken = page.locator(".edge.broken")
    expect(broken).to_have_count(1)
    eventually(page, lambda: parameters(page).get("broken") == ["v4.1"])
    fits(page)
    page.reload()
    expect(page.locator(".nd-check").first).to_contain_text(WORDS[lang]["wrong"])


@SCREENS
def test_the_network_is_changed(visit, lang, width, height):
    page = visit(f"/gradcheck?lang={lang}&check=network", lang, width, height)
    rows = page.locator(".nd-tall tbody tr")
    expect(rows).to_have_count(13)
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").last.click()
    expect(rows).to_have_count(17)
    eventually(page, lambda: parameters(page).get("hidden") == ["4"])
    settled(page)
    fits(page)


def test_a_slip_keeps_the_check_and_says_so(visit):
    page = visit("/gradcheck?lang=en", "en")
    table = page.locator(".nd-check table").first
    expect(table).to_contain_text("∂f/∂y")
    field(page, "en", "f").fill("3x^(")
    expect(page.locator(".st-key-problem")).to_be_visible()
    expect(page.locator(".st-key-numbers_stale")).to_be_visible()
    expect(table).to_contain_text("∂f/∂y")
    field(page, "en", "f").fill("x^2 y")
    expect(page.locator(".st-key-numbers_stale")).to_have_count(0)
    expect(table).to_contain_text("∂f/∂x")
