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
