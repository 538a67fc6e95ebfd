"""The live canvas in a lesson: the limit plays, the keyboard does it all, a projector and a phone show it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import eventually, fits, place, settled
from tests.browser.hand import centre, handle, idle, opened, rows

NAMES = {
    "point": {"ko": "곡선 위의 점 x", "en": "Point x on the curve"},
    "second": {"ko": "둘째 점: Δx", "en": "Second point: Δx"},
    "error": {"ko": "오차 그래프 위의 Δx", "en": "Δx on the chart of errors"},
}


def test_the_limit_plays_pauses_and_goes_on_by_hand(visit):
    page = opened(visit, "/secant?f=3x+e%5Ex&x=2&dx=1")
    play = page.locator(".canvas .play")
    page.locator(".canvas .speed").click()
    play.click()
    expect(play).to_have_class(re.compile("running"))
    expect(rows(page).nth(2)).to_be_visible()  # of seventeen, so that there is time to pause
    play.click()
    expect(play).not_to_have_class(re.compile("running"))
    count = rows(page).count()
    idle(page, 900)  # nearly two decades
    assert rows(page).count() == count
    expect(rows(page).nth(1)).to_contain_text("66.68636")
    page.locator(".canvas [data-do=stepDown]").click()
    expect(rows(page)).to_have_count(count + 1)


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
    expect(rows(page).nth(2)).to_be_visible()
    page.locator(".canvas .play").click()
    seen = page.evaluate("[...window.seen]")
    assert "Δx = 10⁻²" in seen
    assert [step for step in seen if not re.fullmatch(r"Δx = (1|0\.1|10⁻[¹²³⁴⁵⁶⁷⁸⁹⁰]+)", step)] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_whole_lesson_by_keyboard_in_projection_mode(visit, lang):
    page = opened(visit, "/secant?f=3x+e%5Ex&x=2&dx=1", lang)
    page.keyboard.press("p")
    canvas = page.locator(".canvas.present")
    expect(canvas).to_be_visible()
    assert place(canvas) == {"x": 0, "y": 0, "width": 1280, "height": 720}
    remark = page.locator(".canvas .remark")
    worse = {"ko": "반올림오차가 큽니다", "en": "Round-off dominates here"}
    helps = {"ko": "절단오차가 큽니다", "en": "Truncation dominates here"}
    expect(remark).to_contain_text(helps[lang])
    now = page.locator(".canvas .now")
    page.keyboard.press("ArrowRight")
    expect(now).not_to_have_text(re.compile(r"x = 2\s"))
    page.keyboard.press("ArrowLeft")
    expect(now).to_have_text(re.compile(r"x = 2\s"))
    page.keyboard.press("ArrowDown")
    expect(now).to_contain_text("Δx = 0.5")
    page.keyboard.press("Shift+ArrowDown")
    expect(now).to_contain_text("Δx = 0.05")
    page.keyboard.press("v")
    expect(page.locator(".canvas .errors svg")).to_be_visible()
    for _ in range(9):
        page.keyboard.press("Shift+ArrowDown")
    expect(remark).to_contain_text(worse[lang])
    page.keyboard.press("Space")
    expect(rows(page).nth(1)).to_be_attached()
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
    for _ in range(6):
        page.keyboard.press("Tab")  # stays among what is seen
    inside = "document.activeElement.shadowRoot?.activeElement?.closest('.canvas') !== null"
    eventually(page, lambda: page.evaluate(inside))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_handles_are_sliders_with_names_values_and_keys(visit, lang):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", lang)
    for name, words in NAMES.items():
        slider = page.get_by_role("slider", name=words[lang], exact=True)
        expect(slider).to_have_count(1)
        expect(slider).to_have_attribute("data-handle", name)
        for attribute in ("aria-valuemin", "aria-valuemax", "aria-valuenow"):
            expect(slider).to_have_attribute(attribute, re.compile(r"^-?\d+(\.\d+)?(e[-+]?\d+)?$"))
    point = handle(page, "point")
    point.focus()
    point.press("ArrowRight")
    expect(point).to_have_attribute("aria-valuetext", "x = 1.1")
    point.press("PageDown")
    expect(point).to_have_attribute("aria-valuetext", "x = 0.1")
    second = handle(page, "second")
    second.focus()
    second.press("ArrowLeft")
    expect(second).to_have_attribute("aria-valuetext", "Δx = 0.2")
    second.press("Home")
    expect(second).to_have_attribute("aria-valuetext", "Δx = 10⁻¹⁶")
    live = page.locator(".canvas .live")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_contain_text("Δx = 10⁻¹⁶")
    expect(page.locator(".canvas .picture svg")).to_have_attribute("aria-label", re.compile("f\\(x\\) = sin\\(x\\)"))


def test_everything_that_can_be_touched_is_large_enough(visit):
    page = opened(visit, "/secant?f=sin+x&x=1&dx=0.5", "ko", width=390, height=844)
    page.locator(".canvas .cell.tangent .pin").click()
    expect(page.locator(".canvas [data-do=clear]")).to_be_visible()
    touchable = page.locator(".canvas :is(button, input, .reach)")
    sizes = """nodes => nodes.filter((n) => n.getClientRects().length).map((n) => {
        const { width, height } = n.getBoundingClientRect()
        return [n.className.baseVal ?? n.className, width, height]
    })"""
    assert len(touchable.evaluate_all(sizes)) > 10
    small = lambda: [box for box in touchable.evaluate_all(sizes) if min(box[1:]) < 43.9]  # noqa: E731
    eventually(page, small, lambda boxes: boxes == [])
    fits(page)


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
    settled(page)
    box = place(page.locator(".canvas .picture svg"))
    left, middle = box["x"] + 120, box["y"] + 60
    touch(session, "touchStart", [(left, middle), (left + 40, middle)])
    for k in range(1, 9):
        touch(session, "touchMove", [(left - 6 * k, middle), (left + 40 + 6 * k, middle)])
    touch(session, "touchEnd", [])
    expect(page.locator(".canvas .caption")).to_contain_text("배 확대")
    session.detach()


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
        expect(page.locator("svg path").nth(5)).to_be_attached()
