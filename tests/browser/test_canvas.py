"""What a hand does on the live canvas, in the app; what is typed and a link move it as well."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import agree, eventually, field, numbers, parameters, place, settled
from tests.browser.hand import central, centre, drag, handle, idle, opened, sent, value

OTHER = {"ko": "en", "en": "ko"}
SQUARE = "/secant?f=x%5E2&x=3.0&dx=10%5E-4"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_lectures_digits_stand_on_the_canvas(visit, lang):
    page = opened(visit, SQUARE, lang)
    expect(central(page)).to_have_text("→ 6.000000000012662")
    expect(page.locator(".canvas .cell.tangent .value")).to_have_text("= 6")
    expect(numbers(page)).to_contain_text("6.000000000012662")


def test_at_rest_the_digits_are_the_tables_where_two_libraries_part(visit):
    page = opened(visit, "/secant?f=tan(tan(1e16 x))&x=1.5&dx=0.37".replace(" ", "%20"))

    def shown() -> str:
        return central(page).inner_text().replace("\n", "").removeprefix("→ ")

    eventually(page, lambda: numbers(page).inner_text(), lambda table: shown() in table)
    before = shown()
    drag(page, "point", 60)
    expect(central(page)).not_to_have_text(f"→ {before}")
    eventually(page, lambda: numbers(page).inner_text(), lambda table: shown() in table and before not in table)


def test_a_power_of_ten_stays_in_sight_where_the_digits_have_no_room(visit):
    page = opened(visit, "/secant?f=10%5E-5+sin+x&x=1&dx=1", "ko", width=390, height=844)
    cell = page.locator(".canvas .cell.tangent")
    expect(cell.locator(".power")).to_have_text("·10⁻⁶")
    inner, outer = place(cell.locator(".power")), place(cell)
    assert inner["width"] > 0
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


@pytest.mark.parametrize(("name", "right"), [("point", 60), ("second", 50), ("error", -120)])
def test_a_drag_sends_nothing_until_the_hand_lets_go_and_then_once(visit, name, right):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    expect(central(page)).to_have_text(re.compile(r"\d"))
    before, url, messages = central(page).inner_text(), page.url, sent(page)
    x, y = centre(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 25):
        page.mouse.move(x + right * k / 24, y)
    expect(central(page)).not_to_have_text(before)
    idle(page, 700)  # longer than the canvas waits before it speaks
    assert sent(page) == messages
    page.mouse.up()
    expect(page).not_to_have_url(url)
    settled(page)
    idle(page, 700)
    assert sent(page) == messages + 1


def test_the_page_follows_when_the_hand_lets_go(visit):
    page = opened(visit, "/secant?f=x%5E2&x=1&dx=0.5")
    drag(page, "point", 80)
    expect(handle(page, "point")).not_to_have_attribute("aria-valuetext", "x = 1")
    shown = value(page, "point").removeprefix("x = ").replace("−", "-")
    expect(field(page, "en", "x")).to_have_value(re.compile(re.escape(shown)))
    eventually(page, lambda: parameters(page)["x"], lambda given: float(given[0]) == float(shown))
    # the exact slope at the new x has come from the server
    expect(page.locator(".canvas .cell.tangent .value")).to_have_text(re.compile("^= "))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_link_reopens_what_a_hand_has_left(visit, lang):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", lang)
    drag(page, "point", 40)
    drag(page, "second", -30)
    page.locator(".canvas .cell.backward .head").click()
    page.locator(".canvas [data-do=zoomIn]").click()
    expect(page).to_have_url(re.compile("zoom=[^a]"))  # is sent last
    settled(page)
    again = opened(visit, page.url, OTHER[lang])
    for name in ("point", "second"):
        agree(page, lambda name=name: value(again, name), lambda name=name: value(page, name))
    for part in (".cell.forward", ".cell.backward", ".cell.central", ".cell.tangent"):
        one, other = (opening.locator(f".canvas {part} .value") for opening in (page, again))
        agree(page, one.inner_text, other.inner_text)
    one, other = (opening.locator("path.curve") for opening in (page, again))
    agree(page, lambda: one.get_attribute("d"), lambda: other.get_attribute("d"))


def test_what_is_typed_moves_the_canvas(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    field(page, "en", "x").fill("2")
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", "x = 2")
    field(page, "en", "dx").fill("10^-3")
    expect(handle(page, "second")).to_have_attribute("aria-valuetext", "Δx = 10⁻³")
    field(page, "en", "f").fill("x^3")
    expect(page.locator(".canvas .cell.tangent .value")).to_have_text("= 12")


def test_bad_input_keeps_the_canvas_and_what_is_pinned_on_it(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    clear = page.locator(".canvas [data-do=clear]")
    page.locator(".canvas .cell.tangent .pin").click()
    expect(clear).to_be_visible()
    field(page, "en", "f").fill("sin x/2")
    expect(page.locator(".st-key-stale")).to_be_visible()
    settled(page)
    expect(clear).to_be_visible()
    field(page, "en", "f").fill("cos x")
    expect(page.locator(".st-key-stale")).to_have_count(0)
    settled(page)
    # the old tangent and the old curve stay for comparison
    expect(page.locator(".canvas .picture svg path.curve")).to_have_count(1)
    expect(clear).to_be_visible()
    clear.click()
    expect(clear).to_be_hidden()


def test_zooming_in_makes_the_curve_straight_and_then_shows_the_stairs_of_float64(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.001")
    x, y = centre(page, "point")
    page.mouse.move(x + 80, y - 10)
    for _ in range(12):
        page.mouse.wheel(0, -240)
    expect(page.locator(".canvas .remark")).to_contain_text("the curve looks straight")
    expect(page.locator(".canvas .caption")).to_contain_text("magnified")
    for _ in range(50):
        page.mouse.wheel(0, -240)
    expect(page.locator(".canvas .remark")).to_contain_text("stairs are rounding")
    page.locator(".canvas [data-do=fit]").click()
    expect(page.locator(".canvas .caption")).to_have_text("")


def test_the_background_pans(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    x, y = centre(page, "point")
    page.mouse.move(x - 100, y + 90)
    page.mouse.down()
    page.mouse.move(x - 160, y + 60, steps=6)
    page.mouse.up()
    wanted = pytest.approx((x - 60, y - 30), abs=1.5)
    eventually(page, lambda: centre(page, "point"), lambda moved: moved == wanted)
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", "x = 1")


NASTY = ["tan x", "1/x", "|x|", "floor x", "sin(1/x)", "x^x", "√x", "e^(1000x)", "7", "10^299 x"]


def test_no_function_breaks_the_canvas(visit):
    page = opened(visit, "/secant?x=1&dx=0.5")
    for text in NASTY:
        field(page, "en", "f").fill(text)
        for x in ("0", "1", "-2"):
            field(page, "en", "x").fill(x)
            shown = f"x = {x.replace('-', '−')}"
            expect(handle(page, "point"), f"{text} at {x}").to_have_attribute("aria-valuetext", shown)
        drag(page, "point", 60, steps=5)
        expect(handle(page, "point"), f"{text} after a drag").not_to_have_attribute("aria-valuetext", shown)
        drag(page, "error", -100, steps=5)
        settled(page)
    # the fixture checks that no script failed


def heap(session) -> float:
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"]


def test_two_hundred_drags_zooms_and_functions_leave_nothing_behind(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", fresh=True)
    session = page.context.new_cdp_session(page)
    functions = ["sin x", "tan x", "x^2", "e^x", "1/x"]

    def round_of(count: int) -> None:
        for k in range(count):
            if k % 10 == 0:
                field(page, "en", "f").fill(functions[k // 10 % len(functions)])
                settled(page)
            if k % 3 == 2:
                box = handle(page, "point").locator(".reach").bounding_box()
                x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
                page.mouse.move(x, y)
                page.mouse.down()
                page.mouse.move(x + (15 if k % 2 else -15), y)
                page.mouse.up()
            else:
                page.locator(f".canvas [data-do={'fit' if k % 3 else 'zoomIn'}]").dispatch_event("click")
        settled(page)

    round_of(50)  # everything that is made once has been made
    before = heap(session)
    round_of(200)
    eventually(page, lambda: heap(session), lambda now: now <= 1.2 * before)  # what is left behind never goes away
    session.detach()
