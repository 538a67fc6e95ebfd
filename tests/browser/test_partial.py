"""The page of partial derivatives in a real browser: hands on the cut, on the surface and on the direction."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.browsing import echo, eventually, fits, parameters, place, settled
from tests.browser.hand import drag, handle

EYE = """() => {
    const eye = document.querySelector(".nd-space")?._fullLayout?.scene?._scene?.getCamera().eye
    return eye ? [eye.x, eye.y, eye.z].map((part) => Math.round(1000 * part)) : null
}"""
CENTRE = """(host) => {
    const { xaxis, yaxis } = host._fullLayout
    const box = host.getBoundingClientRect()
    return [box.left + xaxis._offset + xaxis.d2p(1), box.top + yaxis._offset + yaxis.d2p(1)]
}"""


def angle(page: Page) -> str:
    return parameters(page).get("angle", [""])[0]


def test_a_surface_stays_as_it_was_turned(visit):
    page = visit("/partial?lang=en", "en", width=900, height=720)  # without a graphics card every pixel takes its time
    surface = page.locator(".nd-space")
    expect(surface.locator("canvas").first).to_be_visible()
    before = eventually(page, lambda: page.evaluate(EYE))
    box = place(surface)
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 230, steps=2)
    page.mouse.up()
    eventually(page, lambda: page.evaluate(EYE), lambda eye: eye != before)
    surface.evaluate("(host) => { host.dataset.mark = 'the same' }")
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", re.compile("y ="))
    turned = page.evaluate(EYE)
    drag(page, "point", 60, steps=3)
    eventually(page, lambda: parameters(page)["x"], lambda x: x != ["1"])
    settled(page)
    page.get_by_label("Function", exact=True).fill("x y^")
    expect(page.get_by_text("The last good picture")).to_be_visible()
    settled(page)
    expect(surface).to_have_attribute("data-mark", "the same")
    eventually(page, lambda: page.evaluate(EYE), lambda eye: eye == turned)


def test_a_hand_turns_the_direction(visit):
    page = visit("/partial?lang=ko&partial=contours&f=x%5E2%2By%5E2&x=1&at=y%3D1&angle=30", "ko")
    picture = page.locator(".nd-space")
    expect(picture.locator(".main-svg").first).to_be_visible()
    settled(page)
    eventually(page, lambda: picture.evaluate("(host) => Boolean(host._fullLayout?.xaxis?._length)"))
    x, y = picture.evaluate(CENTRE)
    page.mouse.move(x + 50, y)
    page.mouse.down()
    page.mouse.move(x, y - 50, steps=6)
    expect(picture.locator("output")).to_contain_text("90°")
    expect(picture.locator("output")).to_contain_text("2.000")
    page.mouse.up()
    eventually(page, lambda: angle(page), lambda shown: shown == "90")
    picture.focus()
    page.keyboard.press("ArrowLeft")
    eventually(page, lambda: angle(page), lambda shown: shown == "95")
    expect(picture).to_have_attribute("aria-valuenow", "95")


def test_it_fits_a_phone_and_leads_to_the_chain_rule(visit):
    page = visit("/partial?lang=ko&f=x%5E2+y&x=1&at=y%3D2&var=x", "ko", width=390, height=844)
    fits(page)
    page.get_by_role("link", name="연쇄법칙 화면에서 보기").last.click()
    expect(echo(page)).to_have_text("f(x, y) = x^{2} y")
    eventually(page, lambda: parameters(page).get("var"), lambda var: var == ["y"])


def test_steps_inside_steps_stay_on_the_screen(visit):
    page = visit("/partial?lang=en&f=y+ln(1+%2B+e%5E(x%5E2))", "en", width=1280, height=720)
    expect(page.locator('[class*="st-key-partial_step_3"]').first).to_be_visible()
    fits(page)
