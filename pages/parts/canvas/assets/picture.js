/** The picture: curve, point, second point, secants, tangent, rise over run, and what was pinned. */
import { OFFSETS } from "./slope.js"
import { crossing, footText, spread, widthOf } from "./geometry.js"
import { focusOf, nodes, SCHEMES } from "./model.js"
import { rounded } from "./numbers.js"
import { sample, thin, toPath } from "./sampling.js"
import { create, marker, patch, set, stroke, words } from "./svg.js"
import { axisTicks } from "./ticks.js"

/** @typedef {{width: number, height: number, narrow: boolean, left: number, right: number, top: number, bottom: number}} Box */

/** The room around the plot: names stand on its right, short ones where the screen is narrow. */
export function boxOf(width, height, scale, title = 0) {
  const narrow = width < 460 * scale
  const margin = { left: (narrow ? 40 : 54) * scale, right: (narrow ? 62 : 96) * scale, top: 10 + title, bottom: 26 * scale }
  const inner = [width - margin.left - margin.right, height - margin.top - margin.bottom]
  return { ...margin, narrow, width: Math.max(inner[0], 10), height: Math.max(inner[1], 10) }
}

/** The map from numbers to pixels of the plot and back. */
export function mapping(frame, box) {
  return {
    px: (x) => ((x - frame.x) / frame.w + 1) * 0.5 * box.width,
    py: (y) => (1 - (y - frame.y) / frame.h) * 0.5 * box.height,
    x: (px) => frame.x + ((2 * px) / box.width - 1) * frame.w,
    y: (py) => frame.y + (1 - (2 * py) / box.height) * frame.h,
    slope: (slope) => (-slope * frame.w * box.height) / (frame.h * box.width),
    grain: (2 * frame.w) / box.width,
  }
}

/** Where the curve is, and whether it is as straight as its tangent, over the whole frame. */
function curveOf(f, frame, box, coarse) {
  const map = mapping(frame, box)
  return sample((px) => map.py(f(map.x(px))), box.width, box.height, coarse)
}

/** True if no point of the curve in sight is farther than a pixel from the line. */
function isStraight(curve, point, slope, height) {
  let seen = 0
  for (let k = 0; k < curve.xs.length; k++) {
    const y = curve.ys[k]
    if (Number.isNaN(y)) return false
    if (y < 0 || y > height) continue
    seen += 1
    if (Math.abs(y - point.y - slope * (curve.xs[k] - point.x)) > 0.8) return false
  }
  return seen > 2
}

export class Picture {
  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.svg = svg
    this.id = "clip" + Math.random().toString(36).slice(2)
    this.clip = create("rect")
    const clip = create("clipPath", { id: this.id })
    clip.append(this.clip)
    this.root = create("g")
    this.layers = {}
    for (const name of ["axes", "ghosts", "curve", "lines", "marks", "names"]) {
      const layer = create("g", name === "axes" || name === "names" ? {} : { "clip-path": `url(#${this.id})` })
      this.layers[name] = layer
      this.root.append(layer)
    }
    this.handles = Object.fromEntries(["second", "point"].map((name) => [name, this.handle(name)]))
    svg.replaceChildren(clip, this.root)
    this.root.append(this.handles.second, this.handles.point)
    this.drawn = {}
    this.straight = false
  }

  handle(name) {
    const group = create("g", { class: `handle ${name}`, role: "slider", tabindex: 0, "data-handle": name })
    group.append(create("circle", { r: 22, class: "reach" }), create("path"))
    return group
  }

  /** Draws a state. @param {ReturnType<import("./model.js").facts>} seen */
  draw(state, seen, look) {
    const { box, palette } = look
    this.box = box
    this.map = mapping(state.frame, box)
    set(this.root, { transform: `translate(${box.left} ${box.top})` })
    set(this.clip, { x: 0, y: 0, width: box.width, height: box.height })
    this.drawAxes(state, look)
    this.drawCurves(state, seen, look)
    const point = { x: this.map.px(state.x), y: this.map.py(seen.height) }
    this.straight = isStraight(this.curve, point, this.map.slope(seen.tangent.value), box.height)
    const ends = [this.curveEnd(palette)]
    patch(this.layers.ghosts, this.ghosts(state, look, ends))
    patch(this.layers.lines, this.lines(state, seen, point, look, ends))
    set(this.layers.lines, { opacity: seen.coarse ? 0.45 : 1, "clip-path": `url(#${this.id})` })
    patch(this.layers.names, [...this.feet(state, seen, look), ...this.names(ends.filter(Boolean), look, this.occupied(state, seen))])
    patch(this.layers.marks, this.marks(state, seen, look))
    this.placeHandles(state, seen, point, look)
  }

  drawAxes(state, { box, palette, scale }) {
    const key = [state.frame.x, state.frame.y, state.frame.w, state.frame.h, box.width, box.height, palette.paper, scale].join()
    if (this.drawn.axes === key) return
    this.drawn.axes = key
    const size = 13 * scale
    const shapes = [["rect", { x: 0, y: 0, width: box.width, height: box.height, fill: "none", stroke: palette.grid }]]
    const small = (extra) => words(palette, size, { fill: palette.muted, ...extra })
    const across = axisTicks(state.frame.x, state.frame.w, box.width / (90 * scale))
    for (const tick of across.ticks) {
      const x = this.map.px(across.base + tick.offset)
      const isAxis = across.base + tick.offset === 0
      shapes.push(["line", { x1: x, x2: x, y1: 0, y2: box.height, stroke: isAxis ? palette.muted : palette.grid }])
      shapes.push(["text", small({ x, y: box.height + size + 4, "text-anchor": "middle" }), tick.text])
    }
    const up = axisTicks(state.frame.y, state.frame.h, box.height / (52 * scale))
    // numbers too long for the room beside the plot stand inside, above their lines
    const isBeside = Math.max(0, ...up.ticks.map((tick) => widthOf(tick.text, size))) <= box.left - 8
    for (const tick of up.ticks) {
      const y = this.map.py(up.base + tick.offset)
      const isAxis = up.base + tick.offset === 0
      shapes.push(["line", { x1: 0, x2: box.width, y1: y, y2: y, stroke: isAxis ? palette.muted : palette.grid }])
      const place = isBeside ? { x: -6, y: y + size / 3, "text-anchor": "end" } : { x: 4, y: y - 4 }
      shapes.push(["text", small(place), tick.text])
    }
    if (across.baseText)
      shapes.push(["text", small({ x: box.width, y: box.height - 6, "text-anchor": "end" }), `${state.name} = ${across.baseText} …`])
    if (up.baseText) shapes.push(["text", small({ x: 6, y: size + 2 }), `${state.name === "y" ? "f" : "y"} = ${up.baseText} …`])
    patch(this.layers.axes, shapes)
  }

  drawCurves(state, seen, { box, palette, scale }) {
    const { frame } = state
    const others = [...new Map(state.ghosts.filter((ghost) => ghost.code !== state.code).map((g) => [g.code, g])).values()]
    const codes = others.map((ghost) => ghost.code).join("\n")
    const key = [frame.x, frame.y, frame.w, frame.h, box.width, box.height, state.code, codes, palette.ink, scale].join()
    if (this.drawn.curve === key) return
    this.drawn.curve = key
    this.curve = curveOf(state.f, frame, box, seen.coarse)
    const shapes = others.map((ghost) => {
      const path = toPath(thin(curveOf(ghost.f, frame, box, seen.coarse)))
      return ["path", { d: path, ...stroke({ color: palette.muted, width: 1.5, dash: "solid" }, scale) }]
    })
    shapes.push(["path", { d: toPath(thin(this.curve)), ...stroke(palette.roles.curve, scale), "stroke-linejoin": "round", class: "curve" }])
    patch(this.layers.curve, shapes)
  }

  /** Where the curve is last seen, for its name. */
  curveEnd(palette) {
    const { xs, ys } = this.curve
    for (let k = xs.length - 1; k >= 0; k--) {
      if (ys[k] >= 0 && ys[k] <= this.box.height) return { x: xs[k], y: ys[k], text: "f", color: palette.roles.curve.color }
    }
    return null
  }

  line(at, slope, look, attributes, ends, name) {
    const { box } = look
    const ends4 = crossing(at, this.map.slope(slope), box.width, box.height)
    if (!ends4) return []
    const [x1, y1, x2, y2] = ends4
    const isCramped = x2 - at.x < 0.15 * box.width && at.x - x1 > x2 - at.x
    const [x, y] = isCramped ? [x1, y1] : [x2, y2]
    ends.push({ x, y, ...name })
    return [["line", { x1, y1, x2, y2, ...attributes }]]
  }

  ghosts(state, look, ends) {
    const { palette, scale } = look
    return state.ghosts.flatMap((ghost) => {
      const at = { x: this.map.px(ghost.x), y: this.map.py(ghost.y) }
      const role = palette.roles[ghost.role]
      const attributes = { ...stroke(role, scale, role.width * 0.7), opacity: 0.55 }
      return this.line(at, ghost.slope, look, attributes, ends, { text: rounded(ghost.slope, 4), color: palette.muted })
    })
  }

  lines(state, seen, point, look, ends) {
    const { palette, scale, text } = look
    const shapes = this.triangle(state, seen, look)
    for (const scheme of state.schemes) {
      const slope = this.secantSlope(state, seen, scheme)
      const anchor = state.x + OFFSETS[scheme][0] * state.dx
      const at = { x: this.map.px(anchor), y: this.map.py(seen.f(anchor)) }
      const name = { text: text(`${look.box.narrow ? "short" : "line"}.${scheme}`), color: palette.roles[scheme].color }
      shapes.push(...this.line(at, slope, look, { ...stroke(palette.roles[scheme], scale, 2.5), class: `secant ${scheme}` }, ends, name))
    }
    const name = { text: text("line.tangent"), color: palette.roles.tangent.color }
    shapes.push(...this.line(point, seen.tangent.value, look, { ...stroke(palette.roles.tangent, scale), class: "tangent" }, ends, name))
    return shapes
  }

  /** The line through the two points as drawn; where they are one, the quotient's slope. */
  secantSlope(state, seen, scheme) {
    const [left, right] = OFFSETS[scheme].map((sign) => state.x + sign * state.dx)
    const wide = Math.abs(this.map.px(right) - this.map.px(left)) > 4
    return wide ? (seen.f(right) - seen.f(left)) / (right - left) : seen.quotients[scheme]
  }

  triangle(state, seen, { box, palette, scale }) {
    if (!state.schemes.length) return []
    const focus = focusOf(state)
    const ends = OFFSETS[focus].map((sign) => state.x + sign * state.dx)
    const [x1, x2] = ends.map(this.map.px)
    const [y1, y2] = ends.map((end) => this.map.py(seen.f(end)))
    const isSeen = [y1, y2].every((y) => y > -1 && y < box.height + 1) && x1 > -1 && x2 < box.width + 1
    if (!isSeen || x2 - x1 < 18) return []
    const size = 14 * scale
    const look = stroke({ color: palette.muted, width: 1.5, dash: "dot" }, scale)
    const hasRoom = y2 <= y1 && y1 < box.height - 2.6 * size
    const below = hasRoom ? size + 2 : -6
    const shapes = [["path", { d: `M${x1} ${y1}H${x2}V${y2}`, ...look, class: "triangle" }]]
    const label = (extra, text) => ["text", words(palette, size, { fill: palette.muted, ...extra }), text]
    if (x2 - x1 < 64 * scale) return shapes
    shapes.push(label({ x: x1 + (focus === "central" ? 0.72 : 0.5) * (x2 - x1), y: y1 + below, "text-anchor": "middle" }, (focus === "central" ? "2Δ" : "Δ") + state.name))
    if (Math.abs(y2 - y1) > 1.4 * size) shapes.push(label({ x: x2 + 5, y: (y1 + y2) / 2 + size / 3 }, "Δf"))
    return shapes
  }

  feet(state, seen, { box, palette, scale }) {
    const own = this.map.px(state.x)
    const { name } = state
    const size = 14 * scale
    const beside = (node) => footText(name, node > state.x ? "+" : "−", Math.abs(this.map.px(node) - own), size)
    const feet = [[state.x, name], ...nodes(state).map((node) => [node, beside(node)])]
    return feet.flatMap(([x, text], index) => {
      const px = this.map.px(x)
      const py = this.map.py(seen.f(x))
      const isSeen = px >= 0 && px <= box.width && py >= 0 && py <= box.height
      if (!isSeen || (index > 0 && Math.abs(px - own) < 34 * scale)) return []
      return [
        ["line", { x1: px, x2: px, y1: py, y2: box.height, ...stroke({ color: palette.muted, width: 1, dash: "dot" }, scale) }],
        ["text", words(palette, size, { x: px, y: box.height - 6, "text-anchor": "middle" }), text],
      ]
    })
  }

  /** Where the points are, which names keep clear of. */
  occupied(state, seen) {
    return [state.x, ...nodes(state)].map((x) => [this.map.px(x), this.map.py(seen.f(x))])
  }

  /** Names at the lines' ends: beside the plot on its right, inside it above and below. */
  names(ends, { box, palette, scale }, taken) {
    const size = 14 * scale
    const gap = 19 * scale
    const isBeside = (end) => end.x > 0.995 * box.width
    const beside = ends.filter(isBeside)
    const heights = spread(beside.map((end) => end.y), gap, 8, box.height - 4)
    const shapes = beside.map((end, index) => [
      "text",
      words(palette, size, { x: box.width + 6, y: heights[index] + size / 3, fill: end.color }),
      end.text,
    ])
    for (const end of ends.filter((one) => !isBeside(one))) {
      const onLeft = end.x < 0.2 * box.width
      let y = Math.min(Math.max(end.y + (end.y < box.height / 2 ? size : -size / 2), size), box.height - size)
      const isTaken = () => taken.some(([x, other]) => Math.abs(x - end.x) < 110 * scale && Math.abs(other - y) < gap)
      const direction = end.y < box.height / 2 ? gap : -gap
      for (let tries = 0; tries < 6 && isTaken(); tries++) y += direction
      taken.push([end.x, y])
      const anchor = onLeft ? "start" : "end"
      shapes.push(["text", words(palette, size, { x: end.x + (onLeft ? 9 : -9), y, "text-anchor": anchor, fill: end.color }), end.text])
    }
    return shapes
  }

  /** The second points in their scheme's colour. */
  marks(state, seen, { palette, scale }) {
    const signs = new Map()
    for (const scheme of SCHEMES.filter((name) => state.schemes.includes(name))) {
      for (const sign of OFFSETS[scheme]) if (sign !== 0) signs.set(sign, scheme)
    }
    return [...signs].map(([sign, scheme]) => {
      const x = state.x + sign * state.dx
      const place = `translate(${this.map.px(x)} ${this.map.py(seen.f(x))})`
      const role = palette.roles[scheme]
      const attributes = { d: marker(role.symbol, 5.5 * scale), fill: role.color, stroke: palette.paper, "stroke-width": 1.5 }
      return Number.isFinite(seen.f(x)) ? ["path", { ...attributes, transform: place }] : ["path", { d: "" }]
    })
  }

  /** The sign of the second point that can be dragged. */
  static secondSign(state) {
    return state.schemes.length === 1 && state.schemes[0] === "backward" ? -1 : 1
  }

  placeHandles(state, seen, point, { palette, scale, box }) {
    const sign = Picture.secondSign(state)
    const x = state.x + sign * state.dx
    const inside = (value, most) => Math.min(Math.max(Number.isFinite(value) ? value : most, 0), most)
    const second = { x: inside(this.map.px(x), box.width), y: inside(this.map.py(seen.f(x)), box.height) }
    const own = { x: inside(point.x, box.width), y: inside(point.y, box.height) }
    // close to the point the grip steps aside, so that a finger can still take it
    const apart = Math.max(0, 40 - Math.abs(second.x - own.x)) * sign
    const focus = focusOf(state)
    const ring = `M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0ZM-14 0L-10 -4M-14 0L-10 4M14 0L10 -4M14 0L10 4`
    const [reach, mark] = this.handles.second.children
    set(this.handles.second, { transform: `translate(${second.x + apart} ${second.y})` })
    set(reach, { r: 22 * Math.max(1, scale * 0.8) })
    set(mark, { d: ring, fill: palette.paper, stroke: palette.roles[focus].color, "stroke-width": 2.5, transform: `scale(${scale})`, class: "grip" })
    const [ownReach, ownMark] = this.handles.point.children
    set(this.handles.point, { transform: `translate(${own.x} ${own.y})` })
    set(ownReach, { r: 22 * Math.max(1, scale * 0.8) })
    const isThere = Number.isFinite(seen.height)
    const symbol = isThere ? marker("circle", 7.5) : "M-6 -6L6 6M-6 6L6 -6"
    set(ownMark, { d: symbol, fill: palette.roles.learner.color, stroke: isThere ? palette.paper : palette.roles.trouble.color, "stroke-width": 2, transform: `scale(${scale})`, class: "dot" })
  }
}
