/** SVG, kept: a list of shapes is laid over what is there already, and only what differs is touched. */

const NAMESPACE = "http://www.w3.org/2000/svg"

/** @typedef {[string, Record<string, string | number>, string?]} Shape tag, attributes, text */

/** @returns {SVGElement} */
export function create(tag, attributes = {}) {
  const element = document.createElementNS(NAMESPACE, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}

/** What each element holds, so that nothing is read back from the page. */
const held = new WeakMap()

function update(element, attributes, text) {
  const before = held.get(element) ?? { attributes: {}, text: undefined }
  for (const name in attributes) {
    const value = attributes[name]
    if (before.attributes[name] !== value) element.setAttribute(name, String(value))
  }
  for (const name in before.attributes) if (!(name in attributes)) element.removeAttribute(name)
  if (before.text !== text) element.textContent = text ?? ""
  held.set(element, { attributes, text })
}

/** Sets attributes of one element, if they differ. */
export function set(element, attributes, text = held.get(element)?.text) {
  update(element, attributes, text)
}

/** Makes the children of a group be these shapes. @param {SVGElement} group @param {Shape[]} shapes */
export function patch(group, shapes) {
  shapes.forEach(([tag, attributes, text], index) => {
    let child = group.children[index]
    if (!child || child.localName !== tag) {
      const made = create(tag)
      if (child) child.replaceWith(made)
      else group.append(made)
      child = made
    }
    update(child, attributes, text)
  })
  while (group.children.length > shapes.length) group.lastElementChild.remove()
}

const DASHES = {
  solid: "none",
  dash: "8 5",
  dot: "2 4",
  dashdot: "8 4 2 4",
}

/** Attributes of a line for a role of the theme. */
export function stroke(look, scale = 1, width = look.width) {
  const size = width * scale
  const dash = DASHES[look.dash] ?? "none"
  return {
    stroke: look.color,
    "stroke-width": size,
    "stroke-dasharray": dash === "none" ? dash : dash.split(" ").map((part) => part * scale).join(" "),
    fill: "none",
  }
}

/** Attributes of words with the page's colour around them, so that lines do not cross them. */
export function words(palette, size, extra = {}) {
  return {
    fill: palette.ink,
    stroke: palette.paper,
    "stroke-width": size / 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    "font-size": size,
    ...extra,
  }
}

/** A marker by the theme's name for it, as a path around (0, 0). */
export function marker(symbol, radius) {
  const r = radius
  if (symbol === "triangle-right") return `M${-r} ${-r}L${1.2 * r} 0L${-r} ${r}Z`
  if (symbol === "triangle-left") return `M${r} ${-r}L${-1.2 * r} 0L${r} ${r}Z`
  return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`
}
