/** The error against Δx on logarithmic axes, with the same Δx as a marker that can be dragged. */
import { spread } from "./geometry.js"
import { bestPlace, hasTwoArms, focusOf, received, SCHEMES } from "./model.js"
import { stepText, toDigits } from "./numbers.js"
import { DECADES, liveErrors, sweepSteps } from "./slope.js"
import { create, marker, patch, set, stroke, words } from "./svg.js"
import { decadeTicks } from "./ticks.js"

const STEPS = sweepSteps()
const LIVE_STEPS = STEPS.filter((_, k) => k % 2 === 0)

/** The size of the error at the best step, which has a mark of its own. */
function leastOf(errors) {
  const place = bestPlace(errors)
  return place < 0 || errors[place] === 0 || !hasTwoArms(errors, place) ? Infinity : Math.abs(errors[place])
}

/** The part of the sizes worth showing: accidental dips and errors far above f′ itself would flatten the rest. */
export function errorRange(lists, scale) {
  const sizes = lists.flat().map(Math.abs).filter((size) => size > 0 && Number.isFinite(size)).sort((a, b) => a - b)
  if (!sizes.length) return [-17, 1]
  const low = Math.min(sizes[Math.floor(0.02 * sizes.length)], ...lists.map(leastOf))
  let high = sizes[sizes.length - 1]
  if (scale > 0) high = Math.min(high, Math.max(1e4 * scale, 1e3 * low))
  const bottom = Math.floor(Math.log10(low) - 0.3)
  return [bottom, Math.max(Math.log10(high) + 0.4, bottom + 2)]
}

export class ErrorChart {
  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.svg = svg
    this.id = "clip" + Math.random().toString(36).slice(2)
    this.clip = create("rect")
    const clip = create("clipPath", { id: this.id })
    clip.append(this.clip)
    this.root = create("g")
    this.layers = {}
    for (const name of ["axes", "curves", "names", "marks"]) {
      this.layers[name] = create("g", name === "curves" ? { "clip-path": `url(#${this.id})` } : {})
      this.root.append(this.layers[name])
    }
    this.handle = create("g", { class: "handle error", role: "slider", tabindex: 0, "data-handle": "error" })
    this.handle.append(create("circle", { r: 22, class: "reach" }), create("path"))
    this.root.append(this.handle)
    svg.replaceChildren(clip, this.root)
    this.range = [-17, 1]
    this.drawn = ""
  }

  /** Δx at a place, with two digits. */
  stepAt(px) {
    const exponent = DECADES.first + (px / this.box.width) * (DECADES.last - DECADES.first)
    return toDigits(10 ** Math.min(Math.max(exponent, DECADES.first), DECADES.last), 2)
  }

  px(dx) {
    return ((Math.log10(dx) - DECADES.first) / (DECADES.last - DECADES.first)) * this.box.width
  }

  py(error) {
    const [low, high] = this.range
    const size = Math.abs(error)
    const exponent = size > 0 ? Math.log10(size) : low
    return (1 - (Math.min(Math.max(exponent, low - 3), high + 3) - low) / (high - low)) * this.box.height
  }

  /** The lines to draw: the server's where it has spoken about this x, else what the browser can tell. */
  curves(state, seen) {
    const names = state.schemes.length ? state.schemes : [focusOf(state)]
    return names.map((name) => {
      const known = seen.known && state.exact.errors[name]
      if (known) return { name, steps: STEPS, errors: known.map(received), known: true }
      const live = Number.isFinite(seen.tangent.value) ? liveErrors(state.f, state.x, name, seen.tangent, LIVE_STEPS) : []
      return { name, steps: LIVE_STEPS, errors: live, known: false }
    })
  }

  draw(state, seen, look) {
    const { box, palette, scale } = look
    this.box = box
    set(this.root, { transform: `translate(${box.left} ${box.top})` })
    set(this.clip, { x: 0, y: 0, width: box.width, height: box.height })
    const key = [state.x, state.code, state.schemes.join(), seen.known, box.width, box.height, palette.ink, palette.paper, scale, look.text("error.axis")].join()
    if (this.drawn !== key) {
      this.drawn = key
      const lines = this.curves(state, seen)
      if (seen.known) this.range = errorRange(lines.map((line) => line.errors), Math.abs(seen.tangent.value) || 0)
      this.lines = lines
      this.drawAxes(look)
      patch(this.layers.curves, lines.flatMap((line) => this.curve(line, look)))
      const names = this.names(lines, look, state)
      const silent = { x: box.width / 2, y: box.height / 2, "text-anchor": "middle", fill: palette.muted }
      const reason = lines.some((line) => line.errors.includes(0)) ? "all_exact" : "no_errors"
      patch(this.layers.names, names.length ? names : [["text", words(palette, 14 * scale, silent), look.text(reason)]])
    }
    this.drawMarker(state, seen, look)
  }

  drawAxes({ box, palette, scale, text }) {
    const size = 13 * scale
    const small = (extra) => words(palette, size, { fill: palette.muted, ...extra })
    const shapes = [["rect", { x: 0, y: 0, width: box.width, height: box.height, fill: "none", stroke: palette.grid }]]
    for (const tick of decadeTicks(DECADES.first, DECADES.last, box.width / (52 * scale))) {
      const x = this.px(10 ** tick.exponent)
      shapes.push(["line", { x1: x, x2: x, y1: 0, y2: box.height, stroke: palette.grid }])
      shapes.push(["text", small({ x, y: box.height + size + 4, "text-anchor": "middle" }), tick.text])
    }
    for (const tick of decadeTicks(Math.ceil(this.range[0]), this.range[1], box.height / (34 * scale))) {
      const y = this.py(10 ** tick.exponent)
      shapes.push(["line", { x1: 0, x2: box.width, y1: y, y2: y, stroke: palette.grid }])
      shapes.push(["text", small({ x: -6, y: y + size / 3, "text-anchor": "end" }), tick.text])
    }
    shapes.push(["text", words(palette, size, { x: 0, y: -7 }), text("error.axis")])
    shapes.push(["text", words(palette, size, { x: box.width + 14 * scale, y: box.height + size + 4 }), "Δx"])
    patch(this.layers.axes, shapes)
  }

  curve({ name, steps, errors, known }, { palette, scale, box }) {
    let path = ""
    let drawing = false
    const zeros = []
    errors.forEach((error, k) => {
      if (!Number.isFinite(error) || error === 0) {
        drawing = false
        if (error === 0) zeros.push(steps[k])
        return
      }
      const spot = `${this.px(steps[k]).toFixed(1)} ${this.py(error).toFixed(1)}`
      path += drawing ? `L${spot}` : `M${spot}L${spot}`
      drawing = true
    })
    const role = palette.roles[name]
    const shapes = [["path", { d: path, ...stroke(role, scale), opacity: known ? 1 : 0.5, "stroke-linejoin": "round" }]]
    for (const dx of zeros) {
      const x = this.px(dx)
      shapes.push(["path", { d: `M${x - 5} ${box.height - 9}h10l-5 8Z`, fill: role.color }])
    }
    return shapes
  }

  /** Names of the lines on the right, of the two arms beside the line in focus, and of the best step. */
  names(lines, { palette, scale, box, text }, state) {
    const size = 14 * scale
    const ends = lines.map((line) => {
      const last = line.errors.findLastIndex((error) => Number.isFinite(error) && error !== 0)
      return { line, x: last < 0 ? NaN : this.px(line.steps[last]), y: last < 0 ? NaN : this.py(line.errors[last]) }
    })
    const seen = ends.filter((end) => Number.isFinite(end.x))
    const ys = spread(seen.map((end) => Math.min(Math.max(end.y, 8), box.height)), 18 * scale, 8, box.height - 4)
    const shapes = seen.map(({ line, x }, index) => [
      "text",
      words(palette, size, {
        x: Math.min(x, box.width) + 6,
        y: ys[index] + size / 3,
        fill: palette.roles[line.name].color,
      }),
      text(`short.${line.name}`),
    ])
    const focus = lines.find((line) => line.name === focusOf(state))
    return [...shapes, ...(focus ? this.arms(focus, palette, size, text) : [])]
  }

  /** The names of the two arms, outside the V, and the best step at its bottom. */
  arms({ errors, name }, palette, size, text) {
    const best = errors.length === STEPS.length ? bestPlace(errors) : -1
    if (best < 0 || !hasTwoArms(errors, best)) return []
    const small = (extra) => words(palette, size, { fill: palette.muted, ...extra })
    const at = (k) => [this.px(STEPS[k]), this.py(errors[k])]
    const shapes = []
    const left = Math.round(0.5 * best)
    const right = Math.round(0.6 * best + 0.4 * (STEPS.length - 1))
    if (best > 20) {
      const [x, y] = at(left)
      shapes.push(["text", small({ x: x - 10, y: y + size * 1.6, "text-anchor": "end" }), text("arm.rounding")])
    }
    if (best < STEPS.length - 15) {
      const [x, y] = at(right)
      shapes.push(["text", small({ x: x + 12, y: y + size * 1.6 }), text("arm.truncation")])
    }
    const [x, y] = at(best)
    const isLow = y > this.box.height - 2.2 * size
    const label = text("best", { dx: stepText(toDigits(STEPS[best], 1)) })
    const place = isLow ? { x: x + 12, y: y + size / 3 } : { x, y: y + size + 9, "text-anchor": "middle" }
    const color = palette.roles[name].color
    shapes.push(["path", { d: `M${x} ${y - 6}l6 6l-6 6l-6 -6Z`, fill: palette.paper, stroke: color, "stroke-width": 2 }])
    return [...shapes, ["text", small(place), label]]
  }

  drawMarker(state, seen, { palette, scale, box }) {
    const x = Math.min(Math.max(this.px(state.dx), 0), box.width)
    const focus = focusOf(state)
    const error = seen.errors[focus]
    const isThere = Number.isFinite(error)
    const y = Math.min(Math.max(isThere ? this.py(error) : box.height, 0), box.height)
    const role = palette.roles.learner
    const size = 14 * scale
    const onLeft = x > 0.7 * box.width
    const shapes = [["line", { x1: x, x2: x, y1: 0, y2: box.height, ...stroke({ ...role, dash: "dot" }, scale) }]]
    for (const name of SCHEMES.filter((one) => one !== focus && state.schemes.includes(one))) {
      const other = seen.errors[name]
      if (!Number.isFinite(other)) continue
      const look = palette.roles[name]
      const place = `translate(${x} ${this.py(other)})`
      shapes.push(["path", { d: marker(look.symbol, 4.5 * scale), transform: place, fill: look.color, stroke: palette.paper }])
    }
    const label = words(palette, size, { x: x + (onLeft ? -7 : 7), y: size * 2 + 8, "text-anchor": onLeft ? "end" : "start" })
    shapes.push(["text", label, `Δx = ${stepText(toDigits(state.dx, 3))}`])
    patch(this.layers.marks, shapes)
    const [, dot] = this.handle.children
    set(this.handle, { transform: `translate(${x} ${y})` })
    const fill = isThere ? palette.roles[focus].color : palette.paper
    set(dot, { d: marker("circle", 7.5), fill, stroke: isThere ? palette.paper : role.color, "stroke-width": 2, transform: `scale(${scale})`, class: "dot" })
  }
}
