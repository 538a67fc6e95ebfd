/** The picture: made once for a graph's shape, then only its texts and classes change. */

import { svg, writeSvg } from "./rich.js"

const LABEL = 17
const EDGE = 14

/** A small arrow head that points right (or left) at (x, y). */
const head = (x, y, direction) => `M${x} ${y}l${-8 * direction} -4.5v9Z`

export class Drawing {
  /** @param {SVGSVGElement} place */
  constructor(place) {
    this.place = place
    this.nodes = new Map()
    this.edges = new Map()
  }

  /** Makes the picture anew. @param {any} data the scene */
  make(data) {
    const [width, height] = data.size
    this.place.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.nodes.clear()
    this.edges.clear()
    const edges = data.edges.map((edge) => this.edge(edge))
    const nodes = data.nodes.map((node) => this.node(node, data.output))
    const labels = data.edges.map((edge) => this.edges.get(edge.key).label)
    this.place.replaceChildren(...edges, ...labels, ...nodes)
  }

  edge(edge) {
    const group = svg("g", { class: "edge" })
    const [x, y] = edge.path.match(/^M([\d.-]+) ([\d.-]+)/).slice(1).map(Number)
    const [endX, endY] = edge.path.match(/([\d.-]+) ([\d.-]+)$/).slice(1).map(Number)
    group.append(
      svg("path", { class: "line", d: edge.path }),
      svg("path", { class: "head", d: head(endX, endY, 1) }),
      svg("path", { class: "tail", d: head(x, y, -1) }),
    )
    const label = svg("g", { class: "label" })
    const local = svg("text", { class: "local" })
    const slope = svg("text", { class: "slope" })
    label.append(local, slope)
    this.edges.set(edge.key, { group, label, local, slope })
    return group
  }

  node(node, output) {
    const [x, y, width, height] = node.box
    const group = svg("g", { class: `node ${node.kind}${node.id === output ? " output" : ""}`, "data-id": node.id })
    const left = x - width / 2
    const top = y - height / 2
    const name = svg("text", { class: "name", x, y: top + 14 }, node.name)
    const label = svg("text", { class: "label", x, y: top + 35 })
    const value = svg("text", { class: "value", x, y: top - 7 })
    const below = svg("text", { class: "below", x, y: top + height + 18 })
    group.append(
      svg("rect", { class: "reach", x: left, y: top - 22, width, height: height + 44 }),
      svg("rect", { class: "box", x: left, y: top, width, height, rx: node.kind === "input" ? height / 2 : 7 }),
      name,
      writeSvg(label, node.label, LABEL),
      value,
      below,
    )
    this.nodes.set(node.id, { group, value, below })
    return group
  }

  /** Writes what has been seen so far. @param {any} data @param {{values: Set<string>, below: Set<string>}} seen @param {number} mode */
  write(data, seen, mode) {
    for (const node of data.nodes) {
      const { value, below } = this.nodes.get(node.id)
      value.textContent = seen.values.has(node.id) ? node.value : ""
      below.textContent = seen.below.has(node.id) ? node.below[mode] : ""
    }
    for (const edge of data.edges) {
      const { local, slope } = this.edges.get(edge.key)
      const [x, y] = edge.label
      const isKnown = !data.numbers || seen.values.has(edge.target)
      const both = edge.local.length > 0 && edge.slope !== ""
      local.setAttribute("x", x)
      slope.setAttribute("x", x)
      local.setAttribute("y", both ? y - 4 : y + 5)
      slope.setAttribute("y", both ? y + 14 : y + 5)
      writeSvg(local, edge.local, EDGE)
      slope.textContent = isKnown ? edge.slope : ""
    }
  }

  /** Sets classes: the current step, the node looked at, its paths. */
  mark({ step, flow, chosen, paths, broken }) {
    this.place.classList.toggle("looking", paths.size > 0)
    for (const [id, { group }] of this.nodes) {
      group.classList.toggle("current", step?.node === id)
      group.classList.toggle("backward", step?.node === id && step.phase === "backward")
      group.classList.toggle("chosen", chosen === id)
    }
    for (const [key, { group, label }] of this.edges) {
      for (const part of [group, label]) {
        part.classList.toggle("flow", flow.has(key))
        part.classList.toggle("back", flow.has(key) && step?.phase === "backward")
        part.classList.toggle("path", paths.has(key))
        part.classList.toggle("broken", broken.has(key))
      }
    }
  }
}
