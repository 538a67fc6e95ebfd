"""A figure in space that stays where it was turned to.

Streamlit mounts a chart anew whenever its data change: the picture blinks, and whoever has turned a surface finds it
turned back. Here Plotly, which Streamlit brings along and loads for any chart of its own, is told what has changed
and keeps the rest. Where a browser cannot draw in space a sentence says so.
"""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from pages.parts import theme
from pages.parts.i18n import Translator

_STYLE = """
.nd-space { width: 100%; position: relative; }
.nd-space p { position: absolute; inset: 30% 8% auto; text-align: center; margin: 0; }
"""

_SCRIPT = """
const LOADING = 20000
const STEP = 40
const plotly = async () => {
  for (let waited = 0; !window.Plotly && waited < LOADING; waited += STEP) {
    await new Promise((done) => setTimeout(done, STEP))
  }
  return window.Plotly
}
const canDraw = () => {
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("webgl") ?? canvas.getContext("webgl2")
  context?.getExtension("WEBGL_lose_context")?.loseContext()
  return context !== null
}
const last = new WeakMap()
const say = (host, words) => {
  const note = document.createElement("p")
  note.textContent = words
  host.replaceChildren(note)
}
export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".nd-space")
  host.style.height = `${data.height}px`
  host.setAttribute("aria-label", data.alt)
  const known = last.get(host) ?? { figure: null, able: canDraw() }
  last.set(host, known)
  if (known.figure === data.figure) return
  known.figure = data.figure
  if (!known.able) {
    say(host, data.missing)
    return
  }
  plotly().then((library) => {
    if (!library) return say(host, data.missing)
    if (last.get(host)?.figure !== data.figure) return
    const { data: traces, layout } = JSON.parse(data.figure)
    return library.react(host, traces, layout, data.config)
  })
  return () => window.Plotly?.purge(host)
}
"""

_space = st.components.v2.component(
    "numdiff_space", html='<div class="nd-space" role="img"></div>', css=_STYLE, js=_SCRIPT, isolate_styles=False
)


def draw_space(figure: go.Figure, _: Translator, *, height: int, key: str, alt: str) -> None:
    """Draw a figure in space; its camera is kept as long as the layout's ``uirevision`` stays.

    Parameters
    ----------
    figure : go.Figure
    _ : Translator
    height : int
        In px.
    key : str
        The figure's place on the page.
    alt : str
        What it shows.
    """
    with st.container(key="partial_loader"):
        st.plotly_chart(go.Figure(layout={"height": 10}), key=f"{key}_loader", theme=None)
    config = {**theme.CONFIG, "displayModeBar": False, "responsive": True}
    data = {"figure": figure.to_json(), "config": config, "height": height, "alt": alt}
    _space(data=data | {"missing": _("partial.surface.no_webgl")}, key=key)
