"""What a hand, a finger and a keyboard do on the live canvas, in the app."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import field, numbers, settled

OTHER = {"ko": "en", "en": "ko"}
NAMES = {
    "point": {"ko": "곡선 위의 점 x", "en": "Point x on the curve"},
    "second": {"ko": "둘째 점: Δx", "en": "Second point: Δx"},
    "error": {"ko": "오차 그래프 위의 Δx", "en": "Δx on the chart of errors"},
}
SQUARE = "/secant?f=x%5E2&x=3.0&dx=10%5E-4"


def handle(page: Page, name: str):
    return page.locator(f".canvas .handle[data-handle={name}]")


def centre(page: Page, name: str) -> tuple[float, float]:
    box = handle(page, name).locator(".reach").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def value(page: Page, name: str) -> str:
    return handle(page, name).get_attribute("aria-valuetext")


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def opened(visit, path: str, lang: str = "en", **screen: int) -> Page:
    page = visit(f"{path}{'&' if '?' in path else '?'}lang={lang}", lang, **screen)
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", re.compile("x ="))
    settled(page)
    return page


def drag(page: Page, name: str, right: float, down: float = 0.0, steps: int = 12) -> None:
    x, y = centre(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=steps)
    page.mouse.up()


def watch_frames(page: Page) -> None:
    """Note what the page sends; a socket is open already, so it is asked itself."""
    page.evaluate(
        """() => {
            window.frames_sent = 0
            const send = WebSocket.prototype.send
            WebSocket.prototype.send = function (...given) { window.frames_sent += 1; return send.apply(this, given) }
        }"""
    )


def frames(page: Page) -> int:
    return page.evaluate("window.frames_sent")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_lectures_digits_stand_on_the_canvas(visit, lang):
    page = opened(visit, SQUARE, lang)
    expect(page.locator(".canvas .cell.central .value")).to_have_text("→ 6.000000000012662")
    expect(page.locator(".canvas .cell.tangent .value")).to_have_text("= 6")
    expect(numbers(page)).to_contain_text("6.000000000012662")


@pytest.mark.parametrize(("name", "right"), [("point", 60), ("second", 50), ("error", -120)])
def test_a_drag_sends_nothing_until_the_hand_lets_go_and_then_once(visit, name, right):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    watch_frames(page)
    before = page.locator(".canvas .cell.central .value").inner_text()
    x, y = centre(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 25):
        page.mouse.move(x + right * k / 24, y)
    page.wait_for_timeout(700)  # longer than the canvas waits before it speaks
    assert page.locator(".canvas .cell.central .value").inner_text() != before
    assert frames(page) == 0
    url = page.url
    page.mouse.up()
    expect(page).not_to_have_url(url)
    settled(page)
    page.wait_for_timeout(600)
    assert frames(page) == 1


def test_the_page_follows_when_the_hand_lets_go(visit):
    page = opened(visit, "/secant?f=x%5E2&x=1&dx=0.5")
    drag(page, "point", 80)
    shown = value(page, "point").removeprefix("x = ")
    expect(field(page, "en", "x")).to_have_value(re.compile(re.escape(shown.replace("−", "-"))))
    assert float(parameters(page)["x"][0]) == float(shown)
    settled(page)
    # the exact slope at the new x has come from the server
    expect(page.locator(".canvas .cell.tangent .value")).to_have_text(re.compile("^= "))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_link_reopens_what_a_hand_has_left(visit, lang):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", lang)
    drag(page, "point", 40)
    drag(page, "second", -30)
    page.locator(".canvas .cell.backward .head").click()
    page.locator(".canvas [data-do=zoomIn]").click()
    expect(page).to_have_url(re.compile("zoom=[^a]"))
    settled(page)
    again = opened(visit, page.url, OTHER[lang])
    for name in ("point", "second"):
        assert value(again, name) == value(page, name)
    for part in (".cell.forward", ".cell.backward", ".cell.central", ".cell.tangent"):
        shown = page.locator(f".canvas {part} .value").inner_text()
        expect(again.locator(f".canvas {part} .value")).to_have_text(shown)
    assert again.locator("path.curve").get_attribute("d") == page.locator("path.curve").get_attribute("d")


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
    page.locator(".canvas .cell.tangent .pin").click()
    expect(page.locator(".canvas [data-do=clear]")).to_be_visible()
    field(page, "en", "f").fill("sin x/2")
    expect(page.locator(".st-key-stale")).to_be_visible()
    expect(page.locator(".canvas [data-do=clear]")).to_be_visible()
    field(page, "en", "f").fill("cos x")
    expect(page.locator(".st-key-stale")).to_have_count(0)
    # the old tangent and the old curve stay for comparison
    expect(page.locator(".canvas .picture svg path.curve")).to_have_count(1)
    expect(page.locator(".canvas [data-do=clear]")).to_be_visible()
    page.locator(".canvas [data-do=clear]").click()
    expect(page.locator(".canvas [data-do=clear]")).to_be_hidden()


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
    moved = centre(page, "point")
    assert moved == pytest.approx((x - 60, y - 30), abs=1.5)
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", "x = 1")


def test_the_limit_plays_pauses_and_runs_to_the_end(visit):
    page = opened(visit, "/secant?f=3x+e%5Ex&x=2&dx=1")
    play = page.locator(".canvas .play")
    speed = page.locator(".canvas .speed")
    speed.click()
    speed.click()
    play.click()
    expect(page.locator(".canvas .rows li")).to_have_count(4, timeout=8000)
    play.click()
    count = page.locator(".canvas .rows li").count()
    page.wait_for_timeout(900)
    assert page.locator(".canvas .rows li").count() == count
    expect(page.locator(".canvas .rows li").nth(1)).to_contain_text("66.68636")
    page.locator(".canvas [data-do=stepDown]").click()
    expect(page.locator(".canvas .rows li")).to_have_count(count + 1)


def test_without_motion_the_limit_jumps_from_decade_to_decade(visit):
    page = opened(visit, "/secant?f=3x+e%5Ex&x=2&dx=1")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(
        """() => {
            window.seen = new Set()
            const inside = (node) => node.shadowRoot?.querySelector(".handle[data-handle=second]")
            const handle = [...document.querySelectorAll("*")].map(inside).find(Boolean)
            const note = () => window.seen.add(handle.getAttribute("aria-valuetext"))
            new MutationObserver(note).observe(handle, { attributes: true })
        }"""
    )
    page.locator(".canvas .play").click()
    expect(page.locator(".canvas .rows li")).to_have_count(3, timeout=8000)
    page.locator(".canvas .play").click()
    assert set(page.evaluate("[...window.seen]")) <= {"Δx = 1", "Δx = 0.1", "Δx = 10⁻²", "Δx = 10⁻³"}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_whole_lesson_by_keyboard_in_projection_mode(visit, lang):
    page = opened(visit, "/secant?f=3x+e%5Ex&x=2&dx=1", lang)
    page.keyboard.press("p")
    canvas = page.locator(".canvas.present")
    expect(canvas).to_be_visible()
    assert canvas.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    remark = page.locator(".canvas .remark")
    worse = {"ko": "반올림오차가 큽니다", "en": "Round-off rules here"}
    helps = {"ko": "절단오차가 큽니다", "en": "Truncation rules here"}
    expect(remark).to_contain_text(helps[lang])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".canvas .now")).to_contain_text("x = 2")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".canvas .now")).to_contain_text("Δx = 0.5")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".canvas .now")).to_contain_text("Δx = 0.05")
    page.keyboard.press("v")
    expect(page.locator(".canvas .errors svg")).to_be_visible()
    for _ in range(9):
        page.keyboard.press("Shift+ArrowDown")
    expect(remark).to_contain_text(worse[lang])
    page.keyboard.press("Space")
    expect(page.locator(".canvas .rows li")).to_have_count(3, timeout=8000)
    page.keyboard.press("Space")
    page.keyboard.press("z")
    expect(page.locator(".canvas .caption")).not_to_have_text("")
    page.keyboard.press("Home")
    expect(page.locator(".canvas .caption")).to_have_text("")
    page.keyboard.press("?")
    expect(page.locator(".canvas .keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".canvas .keys")).to_be_hidden()
    expect(page).to_have_url(re.compile("present=1"))
    page.keyboard.press("Escape")
    expect(page.locator(".canvas.present")).to_have_count(0)
    expect(page).to_have_url(re.compile("present=0"))


def test_a_link_opens_in_projection_mode(visit):
    page = opened(visit, "/secant?f=sin+x&present=1")
    expect(page.locator(".canvas.present")).to_be_visible()
    expect(page.locator(".canvas .formula")).to_have_text("f(x) = sin(x)")
    for key in ("Tab", "Tab", "Tab", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)  # stays among what is seen
    inside = page.evaluate("document.activeElement.shadowRoot?.activeElement?.closest('.canvas') !== null")
    assert inside


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_handles_are_sliders_with_names_values_and_keys(visit, lang):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", lang)
    for name, words in NAMES.items():
        slider = page.get_by_role("slider", name=words[lang], exact=True)
        expect(slider).to_have_count(1)
        assert slider.get_attribute("data-handle") == name
        for attribute in ("aria-valuemin", "aria-valuemax", "aria-valuenow"):
            float(slider.get_attribute(attribute))
    point = handle(page, "point")
    point.focus()
    point.press("ArrowRight")
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", "x = 1.1")
    point.press("PageDown")
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", "x = 0.1")
    second = handle(page, "second")
    second.focus()
    second.press("ArrowLeft")
    expect(handle(page, "second")).to_have_attribute("aria-valuetext", "Δx = 0.2")
    second.press("Home")
    expect(handle(page, "second")).to_have_attribute("aria-valuetext", "Δx = 10⁻¹⁶")
    live = page.locator(".canvas .live")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_contain_text("Δx = 10⁻¹⁶")
    expect(page.locator(".canvas .picture svg")).to_have_attribute("aria-label", re.compile("f\\(x\\) = sin\\(x\\)"))


def test_everything_that_can_be_touched_is_large_enough(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", "ko", width=390, height=844)
    page.locator(".canvas .cell.tangent .pin").click()
    boxes = page.locator(".canvas :is(button, input, .reach)").evaluate_all(
        """nodes => nodes.filter((n) => n.getClientRects().length).map((n) => {
            const { width, height } = n.getBoundingClientRect()
            return [n.className.baseVal ?? n.className, width, height]
        })"""
    )
    assert len(boxes) > 10
    for name, width, height in boxes:
        assert width >= 43.9, name
        assert height >= 43.9, name
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth") <= 390


def touch(session, kind: str, points: list[tuple[float, float]]) -> None:
    places = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})


def test_a_finger_drags_and_two_fingers_zoom(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", "ko", width=390, height=844)
    session = page.context.new_cdp_session(page)
    handle(page, "point").scroll_into_view_if_needed()
    x, y = centre(page, "point")
    touch(session, "touchStart", [(x, y)])
    for k in range(1, 9):
        touch(session, "touchMove", [(x + 4 * k, y)])
    touch(session, "touchEnd", [])
    expect(handle(page, "point")).not_to_have_attribute("aria-valuetext", "x = 1")
    expect(page).to_have_url(re.compile(r"x=1\.\d"))
    box = page.locator(".canvas .picture svg").bounding_box()
    left, middle = box["x"] + 120, box["y"] + 60
    touch(session, "touchStart", [(left, middle), (left + 40, middle)])
    for k in range(1, 9):
        touch(session, "touchMove", [(left - 6 * k, middle), (left + 40 + 6 * k, middle)])
    touch(session, "touchEnd", [])
    expect(page.locator(".canvas .caption")).to_contain_text("배 확대")


@pytest.mark.parametrize("format", ["svg", "png"])
def test_the_picture_is_taken_home_as_seen(visit, format, tmp_path):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    with page.expect_download() as waiting:
        page.locator(f".canvas [data-do={format}]").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    data = path.read_bytes()
    if format == "png":
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20], "big") > 2000
    else:
        text = data.decode()
        assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "tangent" in text
        assert "role=" not in text
        page.set_content(text)
        assert page.locator("svg path").count() > 5


NASTY = ["tan x", "1/x", "|x|", "floor x", "sin(1/x)", "x^x", "√x", "e^(1000x)", "7", "10^299 x"]


@pytest.mark.parametrize("text", NASTY)
def test_no_function_breaks_the_canvas(visit, text):
    page = opened(visit, "/secant?x=1&dx=0.5")
    field(page, "en", "f").fill(text)
    for x in ("0", "1", "-2"):
        field(page, "en", "x").fill(x)
        expect(handle(page, "point")).to_have_attribute("aria-valuetext", f"x = {x.replace('-', '−')}")
    drag(page, "point", 60)
    drag(page, "error", -100)
    settled(page)
    # the fixture checks that no script failed


def heap(session) -> float:
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"]


def test_two_hundred_drags_zooms_and_functions_leave_nothing_behind(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5")
    session = page.context.new_cdp_session(page)
    functions = ["sin x", "tan x", "x^2", "e^x", "1/x"]

    def round_of(count: int) -> None:
        for k in range(count):
            if k % 10 == 0:
                field(page, "en", "f").fill(functions[k // 10 % len(functions)])
                settled(page)
            if k % 3 == 0:
                page.locator(".canvas [data-do=zoomIn]").click()
            elif k % 3 == 1:
                page.locator(".canvas [data-do=fit]").click()
            else:
                drag(page, "point", 15 if k % 2 else -15, steps=3)

    round_of(50)  # everything that is made once has been made
    before = heap(session)
    round_of(200)
    settled(page)
    assert heap(session) <= 1.2 * before, json.dumps([before, heap(session)])
