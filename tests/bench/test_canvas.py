"""How fast the canvas follows a hand, against a plain slider and a Plotly chart, in one run; ``pytest -s`` shows it.

An input's latency is the time from the event to the end of the frame that shows its change: after the event a frame is
awaited, and in it a message to itself, which the browser delivers once the frame has been drawn.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import place, settled
from tests.browser.conftest import address, browser, pages, running_server, visit  # noqa: F401 - fixtures

PLAIN = """
import numpy as np
import plotly.graph_objects as go
import streamlit as st
x = st.slider("x", -5.0, 5.0, 2.0, 0.01)
points = np.linspace(x - 3, x + 3, 400)
figure = go.Figure()
figure.add_scatter(x=points, y=3 * points * np.exp(points))
figure.add_scatter(x=[x], y=[3 * x * np.exp(x)], mode="markers", name=f"at {x}")
st.plotly_chart(figure)
"""

RECORD = """(selector) => {
  window.frames = []
  window.waits = []
  const inside = (node) => node.shadowRoot?.querySelector(selector) ?? (node.matches?.(selector) ? node : null)
  const target = [...document.querySelectorAll("*")].map(inside).find(Boolean)
  target.addEventListener("pointermove", (event) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => window.waits.push(performance.now() - event.timeStamp)
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }, true)
  let last = performance.now()
  const beat = (now) => {
    window.frames.push(now - last)
    last = now
    requestAnimationFrame(beat)
  }
  requestAnimationFrame(beat)
}"""


def quantile(values, part):
    return statistics.quantiles(values, n=100)[round(100 * part) - 1]


def drag(page, spot, reach, moves):
    """Drag there and back; the hand is still down at the end."""
    box = place(spot)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(moves):
        page.mouse.move(x + reach * (1 - abs(2 * k / moves - 1)), y)
        page.wait_for_timeout(8)


def measure_canvas(page, spot, reach, moves=110):
    """Return the waits and the lengths of the frames of one drag, in ms."""
    page.evaluate("() => { window.waits.length = 0; window.frames.length = 0 }")
    drag(page, spot, reach, moves)
    found = page.evaluate("() => [[...window.waits], [...window.frames]]")
    page.mouse.up()
    page.wait_for_timeout(600)  # the canvas speaks
    settled(page)
    return found


@pytest.fixture(scope="module")
def slow(pages, tmp_path_factory):  # noqa: F811 - a fixture
    """How long the plain page takes to show each of a row of key presses, in ms: measured once for all handles."""
    script = tmp_path_factory.mktemp("plain") / "plain.py"
    script.write_text(PLAIN, encoding="utf-8")
    with running_server(script) as base:
        page = pages.take("en", 1280, 720, fresh=True)
        page.goto(base)
        waits = measure_plain(page)
        page.close()
    return waits


def measure_plain(page):
    expect(page.locator(".js-plotly-plot .legendtext").last).to_be_visible()
    slider = page.get_by_role("slider")
    slider.focus()
    waits = []
    for _ in range(20):
        waits.append(
            page.evaluate(
                """() => new Promise((resolve) => {
                    const words = () => [...document.querySelectorAll(".legendtext")].map((n) => n.textContent).join()
                    const before = words()
                    const start = performance.now()
                    const key = { key: "ArrowRight", code: "ArrowRight", keyCode: 39, bubbles: true, cancelable: true }
                    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key))
                    document.activeElement.dispatchEvent(new KeyboardEvent("keyup", key))
                    const look = () => {
                      const now = words()
                      const spent = performance.now() - start
                      if ((now && now !== before) || spent > 5000) resolve(spent)
                      else requestAnimationFrame(look)
                    }
                    requestAnimationFrame(look)
                })"""
            )
        )
        page.wait_for_timeout(150)
    return waits


@pytest.mark.parametrize(("handle", "reach"), [("point", 150), ("second", 120), ("error", -250)])
def test_the_canvas_follows_the_hand(visit, slow, handle, reach):  # noqa: F811 - fixtures
    page = visit("/secant?f=3x+e%5Ex&x=2&dx=1&lang=en", "en", 1280, 720)
    spot = page.locator(f".canvas .handle[data-handle={handle}] .reach")
    expect(spot).to_be_visible()
    page.evaluate(RECORD, ".errors svg" if handle == "error" else ".picture svg")
    measure_canvas(page, spot, reach, 40)  # warms up
    # the better of two counts, as other work on the machine only ever adds to a wait
    runs = [measure_canvas(page, spot, reach) for _ in range(2)]
    waits, frames = min(runs, key=lambda run: quantile(run[0], 0.95))
    fast, plain_p50 = statistics.median(waits), statistics.median(slow)
    print(
        f"\n{handle}, {len(waits)} moves: to frame p50 {fast:.1f} ms, p95 {quantile(waits, 0.95):.1f} ms (aim 20), "
        f"longest frame {max(frames):.0f} ms (aim 50)"
    )
    print(f"slider and Plotly: p50 {plain_p50:.0f} ms, p95 {quantile(slow, 0.95):.0f} ms, ratio {plain_p50 / fast:.0f}")
    assert len(waits) > 100
