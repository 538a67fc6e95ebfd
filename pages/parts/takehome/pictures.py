"""Two buttons that save every picture of the page, as SVG and as PNG; the browser makes the files.

Charts are saved by Plotly, which Streamlit brings along and loads for any chart; drawings of our own are written out as
they stand, with the colours that the style sheet gives them.
"""

from __future__ import annotations

import streamlit as st

from pages.parts.i18n import Translator

_STYLE = """
.row { display: flex; gap: 0.5rem; flex-wrap: wrap; }
button { font: inherit; color: inherit; padding: 0.3rem 0.8rem; border-radius: 8px; cursor: pointer;
  background: transparent; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
output { align-self: center; opacity: 0.8; }
"""

_SCRIPT = """
const COPIED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "fill-opacity", "stroke-opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor",
  "dominant-baseline", "paint-order", "visibility", "display"]
const LEAST = 120  // px: smaller ones are icons

/** Every element below, the insides of components too. */
function* everything(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element
    if (element.shadowRoot) yield* everything(element.shadowRoot)
  }
}
const isSeen = (element) => {
  const { width, height } = element.getBoundingClientRect()
  return width >= LEAST && height >= LEAST && element.checkVisibility()
}
const isCharts = (svg) => svg.closest(".js-plotly-plot, .katex, button, [role=img][data-testid]") !== null

export const found = (main) => {
  const seen = [...everything(main)].filter(isSeen)
  const charts = seen.filter((element) => element.classList.contains("js-plotly-plot"))
  const drawings = seen.filter((element) => element.tagName === "svg" && !isCharts(element)
    && !element.parentElement?.closest("svg"))
  return { charts, drawings }
}

const save = (address, name) => {
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
}

/** A drawing as text: what the style sheet says is written into it, what only a hand needs is left out. */
const written = (svg, paper) => {
  const copy = svg.cloneNode(true)
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]]
  from.forEach((element, place) => {
    const style = getComputedStyle(element)
    for (const name of COPIED) to[place].style.setProperty(name, style.getPropertyValue(name))
    for (const name of ["tabindex", "class"]) to[place].removeAttribute(name)
  })
  copy.querySelectorAll(".reach").forEach((part) => part.remove())
  const { width, height } = svg.getBoundingClientRect()
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("width", width)
  copy.setAttribute("height", height)
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`)
  copy.style.background = paper
  return { text: new XMLSerializer().serializeToString(copy), width, height }
}
const drawn = async ({ text, width, height }, format, paper, name) => {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" }))
  try {
    if (format === "svg") return save(address, `${name}.svg`)
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const sheet = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height })
    const pen = sheet.getContext("2d")
    pen.fillStyle = paper
    pen.fillRect(0, 0, sheet.width, sheet.height)
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height)
    save(sheet.toDataURL("image/png"), `${name}.png`)
  } finally {
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  }
}
const charted = (chart, format, name) => {
  const { width, height } = chart.getBoundingClientRect()
  return window.Plotly.downloadImage(chart, { format, width, height, scale: format === "png" ? 2 : 1, filename: name })
}
const saveAll = async (format, { name, paper, none }, note) => {
  const { charts, drawings } = found(document.querySelector(".stMain"))
  const all = [...drawings.map((svg) => (as) => drawn(written(svg, paper), format, paper, as)),
    ...(window.Plotly ? charts : []).map((chart) => (as) => charted(chart, format, as))]
  note.textContent = all.length ? "" : none
  for (const [place, make] of all.entries()) await make(all.length > 1 ? `${name}-${place + 1}` : name)
}
export default function ({ data, parentElement }) {
  const row = document.createElement("div")
  row.className = "row"
  const note = document.createElement("output")
  for (const format of ["svg", "png"]) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = format.toUpperCase()
    button.setAttribute("aria-label", data.labels[format])
    button.addEventListener("click", () => saveAll(format, data, note))
    row.append(button)
  }
  row.append(note)
  const old = parentElement.querySelector(".row")
  if (old) old.replaceWith(row)
  else parentElement.append(row)
}
"""

_pictures = st.components.v2.component("numdiff_pictures", css=_STYLE, js=_SCRIPT)


def save_buttons(_: Translator, name: str, paper: str) -> None:
    """Draw the two buttons; ``name`` is that of the files, ``paper`` the colour behind the pictures."""
    labels = {kind: _("takehome.picture.save", kind=kind.upper()) for kind in ("svg", "png")}
    data = {"name": name, "paper": paper, "labels": labels, "none": _("takehome.picture.none")}
    _pictures(data=data, key="takehome_pictures", height="content")
