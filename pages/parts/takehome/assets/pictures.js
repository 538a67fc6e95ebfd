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
