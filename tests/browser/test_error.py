"""What a person does on the Error page, in a real browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import TITLES, field, fits, go_to, numbers, settled, title


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_was_typed_beside_an_open_fold_outlives_another_page_and_back(visit, lang):
    page = visit("/error", lang)
    expect(page.locator(".st-key-view_focus input")).to_have_value({"ko": "중앙차분", "en": "central difference"}[lang])
    page.locator(".st-key-error_fold_right summary").click()
    expect(page.locator(".st-key-error_fold_right .katex").first).to_be_visible()
    field(page, lang, "f").fill("sin x")
    field(page, lang, "x").fill("π/3")
    field(page, lang, "dx").fill("2*10^-5")
    expect(page).to_have_url(re.compile(r"dx=2\*10%5E-5"))
    expect(page.locator(".st-key-error_fold_right .katex").first).to_be_visible()
    go_to(page, "secant", lang)
    typed = {"f": "sin x", "x": "π/3", "dx": "2*10^-5"}
    for name, text in typed.items():
        expect(field(page, lang, name)).to_have_value(text)
    page.go_back()
    expect(title(page)).to_have_text(TITLES["error"][lang])
    for name, text in typed.items():
        expect(field(page, lang, name)).to_have_value(text)
    expect(numbers(page)).to_contain_text("2·10⁻⁵")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_table_can_be_taken_home_as_csv(visit, lang):
    page = visit("/error?f=x%5E2&x=3.0&dx=10%5E-4&curves=forward.central&focus=central&dtypes=float32.float64", lang)
    page.locator(".st-key-error_fold_table summary").click()
    with page.expect_download() as started:
        page.locator(".st-key-error_csv button").click()
    assert started.value.suggested_filename == "numdiff-error.csv"
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"))))
    assert {row["dtype"] for row in rows} == {"float32", "float64"}
    (row,) = (row for row in rows if row["dtype"] == "float64" and row["dx"] == "0.0001")
    assert row["estimates"] == "6.000000000012662"
    assert float(row["truncation"]) == 0


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_sentence_says_what_is_seen_at_the_learners_step(visit, lang):
    page = visit("/error?f=3x+e%5Ex&x=2.0&dx=10%5E-4&focus=central", lang)
    expect(numbers(page)).to_contain_text(
        {"ko": "Δx를 줄이면 오차도 줄어듭니다", "en": "A smaller Δx still helps"}[lang]
    )
    field(page, lang, "dx").fill("10^-9")
    worse = {"ko": "Δx를 더 줄이면 오차가 커지고", "en": "A smaller Δx makes it worse"}[lang]
    expect(numbers(page)).to_contain_text(worse)


def test_fast_typing_is_not_undone_by_the_sliders(visit):
    page = visit("/error?f=sin+x&x=1&dx=10%5E-4", "en")
    field(page, "en", "x").fill("")
    field(page, "en", "x").press_sequentially("1.2345", delay=30)
    field(page, "en", "dx").fill("3*10^-7")
    expect(page).to_have_url(re.compile(r"x=1\.2345&dx=3\*10"))
    settled(page)
    expect(field(page, "en", "x")).to_have_value("1.2345")


def test_a_slider_types_into_its_field(visit):
    page = visit("/error?f=sin+x&x=1&dx=10%5E-4", "en")
    slider = page.get_by_role("slider", name="Δx by slider")
    slider.focus()
    slider.press("ArrowLeft")
    expect(field(page, "en", "dx")).to_have_value("5*10^-5")
    slider.press("ArrowLeft")
    expect(field(page, "en", "dx")).to_have_value("2*10^-5")
    field(page, "en", "dx").fill("1")
    expect(slider).to_have_attribute("aria-valuetext", "1")


def test_labels_on_a_phone_are_numbers_without_boxes(visit):
    page = visit("/error?f=3x+e%5Ex&x=2.0&dx=10%5E-4", "en", 390, 844)
    word = page.locator('.st-key-errors tspan[style*="font-stretch"]').first
    expect(word).to_have_css("display", "none")
    fits(page)
