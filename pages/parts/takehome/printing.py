"""The page on paper: words, formulas, numbers and pictures; nothing that only a hand on the screen needs.

On the screen the page scrolls inside a fixed frame, and pictures are as wide as their place; on paper the frame opens,
what stands side by side is put below each other, and a picture that is too wide is scaled as a whole. That needs a few
lines of script: a picture drawn in pixels says nowhere how large its drawing is, and one drawn in space is no longer
there when the page is printed.
"""

from __future__ import annotations

import streamlit as st

STYLE = """<style>
.st-key-printing { position: absolute; height: 0; overflow: hidden; }
@media print {
  @page { margin: 12mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html, body, #root, #root > div, .stApp, .stAppViewContainer, .stMain, .stMainBlockContainer {
    position: static !important; height: auto !important; min-height: 0 !important; overflow: visible !important; }
  .stMainBlockContainer { padding: 0 !important; max-width: none !important; }
  .stMainBlockContainer .stVerticalBlock { gap: 0.35rem; }
  .stAppHeader, .stAppToolbar, .stSidebar, .stStatusWidget, .stToast, [data-baseweb="popover"], .modebar-container,
  .stTextInput, .stTextArea, .stNumberInput, .stSelectbox, .stSlider, .stButton, .stDownloadButton, .stPopover,
  .stButtonGroup, .stCheckbox, .stFileUploader, .stPageLink, .stExpander details:not([open]),
  [data-testid="stElementToolbar"], .nd-copy, .st-key-address, .st-key-printing, .st-key-choices, .st-key-lesson_bar,
  .st-key-gradcheck_top, .st-key-chain_inner_row, .st-key-chain_files, .st-key-practice_sheet, .st-key-practice_home,
  .st-key-practice_go, .st-key-practice_keep { display: none !important; }
  .stColumn:has(.st-key-choices), .stElementContainer:has(> .stButton, > .stPopover, > .stTextInput, > .stSlider),
  .stColumn > .stVerticalBlock > :has(> .st-key-function_row) { display: none !important; }
  :has(> .st-key-echo) { height: auto !important; flex: none !important; }
  .stHorizontalBlock { flex-wrap: wrap !important; min-height: 0 !important; row-gap: 0.5rem !important; }
  .stHorizontalBlock > .stColumn { flex: 1 1 100% !important; min-width: 100% !important; }
  .stMain :has(> .st-key-lesson_bar) { position: static !important; }
  .stPlotlyChart, .stLatex, .stMarkdown tr, .nd-panel tr, .nd-panel p, .nd-code, .nd-console, .nd-space,
  [class*="st-key-practice_solved_"] { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
  .stMain .katex-display { overflow: visible !important; }
  .st-key-gradcheck_formula .katex { font-size: 0.85em !important; }
  .js-plotly-plot, .js-plotly-plot .plot-container { height: auto !important; }
  .js-plotly-plot .svg-container { width: 100% !important; height: auto !important;
    max-width: var(--nd-width, 100%) !important; aspect-ratio: var(--nd-ratio, auto) !important; }
  .js-plotly-plot .main-svg { width: 100% !important; height: 100% !important; }
  .js-plotly-plot .nd-paper { position: absolute; inset: 0; width: 100%; height: 100%; }
}
</style>"""
"""In every page, by way of the shell."""

_SCRIPT = """
const everything = function* (root) {
  for (const element of root.querySelectorAll("*")) {
    yield element
    if (element.shadowRoot) yield* everything(element.shadowRoot)
  }
}
/** Say of a picture how large its drawing is, so that it can be scaled as a whole. */
const sizedForPaper = (svg) => {
  const chart = svg.closest(".svg-container")
  const { width, height } = svg.getBoundingClientRect()
  const size = chart ? [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))] : [width, height]
  if (svg.hasAttribute("viewBox") || !(size[0] > 0 && size[1] > 0)) return
  svg.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`)
  svg.dataset.paper = ""
  chart?.style.setProperty("--nd-ratio", `${size[0]} / ${size[1]}`)
  chart?.style.setProperty("--nd-width", `${size[0]}px`)
}
/** A drawing in space is kept as a picture: what the graphics card has drawn is gone by then. */
const keptForPaper = (chart) => {
  const space = chart._fullLayout?.scene?._scene
  const place = chart.querySelector(".gl-container")
  if (!space?.toImage || !place) return
  const picture = document.createElement("img")
  picture.className = "nd-paper"
  picture.alt = ""
  picture.src = space.toImage("png")
  place.append(picture)
}
const readyForPaper = () => {
  for (const element of [...everything(document)]) {
    if (element.localName === "svg" && !element.closest(".katex")) sizedForPaper(element)
    if (element.classList.contains("js-plotly-plot")) keptForPaper(element)
  }
}
const backOnScreen = () => {
  for (const element of [...everything(document)]) {
    if (element.classList.contains("nd-paper")) element.remove()
    if (element.localName === "svg" && "paper" in element.dataset) {
      element.removeAttribute("viewBox")
      delete element.dataset.paper
    }
  }
}
export default function () {
  window.addEventListener("beforeprint", readyForPaper)
  window.addEventListener("afterprint", backOnScreen)
  return () => {
    window.removeEventListener("beforeprint", readyForPaper)
    window.removeEventListener("afterprint", backOnScreen)
  }
}
"""

_printing = st.components.v2.component("numdiff_printing", js=_SCRIPT)


def prepare() -> None:
    """Let the page get ready when it is printed; once in each run of a page, not of its fragments."""
    _printing(key="printing", height=1)
