import assert from "node:assert/strict"
import { test } from "node:test"
import * as model from "../../pages/parts/canvas/assets/model.js"
import { boxOf, mapping, Picture } from "../../pages/parts/canvas/assets/picture.js"
import { marker } from "../../pages/parts/canvas/assets/svg.js"

/** As much of an element as the picture needs. */
class Element {
  constructor(name) {
    Object.assign(this, { localName: name, attributes: {}, children: [], textContent: "" })
  }
  setAttribute(name, value) {
    this.attributes[name] = value
  }
  removeAttribute(name) {
    delete this.attributes[name]
  }
  append(...made) {
    for (const child of made) child.parent = this
    this.children.push(...made)
  }
  replaceChildren(...made) {
    this.children = []
    this.append(...made)
  }
  replaceWith(made) {
    const { children } = this.parent
    made.parent = this.parent
    children[children.indexOf(this)] = made
  }
  remove() {
    const { children } = this.parent
    children.splice(children.indexOf(this), 1)
  }
  get lastElementChild() {
    return this.children.at(-1)
  }
  /** This element and all that is in it. */
  get all() {
    return [this, ...this.children.flatMap((child) => child.all)]
  }
}
globalThis.document = { createElementNS: (_, name) => new Element(name) }

const role = (color, symbol) => ({ color, width: 2, dash: "solid", symbol })
const palettes = {
  light: { ink: "#111", muted: "#777", grid: "#ccc", paper: "#fff" },
  dark: { ink: "#eee", muted: "#999", grid: "#333", paper: "#000" },
}
const COLORS = { curve: "black", tangent: "red", forward: "blue", backward: "green", central: "orange", learner: "purple", trouble: "brown" }
const SYMBOLS = { forward: "triangle-right", backward: "triangle-left" }
const roles = Object.fromEntries(Object.entries(COLORS).map(([name, color]) => [name, role(color, SYMBOLS[name] ?? "circle")]))

/** The picture of f at x, drawn into elements that only remember. */
function drawn(f, x, dx, { schemes = ["forward", "central"], slope, palette = "light", frame, name = "x", heights } = {}) {
  const exact = slope === undefined ? null : { x, value: slope, low: 0, text: "…", relation: "=", errors: {} }
  let state = model.adopted(null, { code: "(x) => x", title: "f", name, x, dx, schemes, exact, heights }, () => f)
  if (frame) state = model.setFrame(state, frame)
  const picture = new Picture(new Element("svg"))
  const box = boxOf(800, 480, 1)
  const seen = model.facts(state, box.width)
  picture.draw(state, seen, { box, palette: { ...palettes[palette], roles }, scale: 1, text: (id) => id })
  const all = picture.svg.all
  const within = (group) => picture.layers[group].all
  const lines = (color, group = "lines") => within(group).filter((node) => node.localName === "line" && node.attributes.stroke === color)
  const texts = [...within("names"), ...within("lines")].filter((node) => node.localName === "text").map((node) => node.textContent)
  return { picture, box, state, seen, map: mapping(state.frame, box), all, within, lines, texts }
}

const square = (x) => x * x
const place = (node) => /translate\(([-\d.e]+) ([-\d.e]+)\)/.exec(node.attributes.transform).slice(1).map(Number)
const near = (one, other, gap = 1e-6) => assert.ok(Math.abs(one - other) <= gap, `${one} is not ${other}`)

for (const palette of ["light", "dark"])
  test(`curve, secants, tangent, points and their names: ${palette}`, () => {
    const { picture, texts, lines, within, map } = drawn(square, 1, 0.5, { slope: 2, palette })
    const names = ["f", "line.forward", "line.central", "line.tangent", "2Δx", "Δf", "x", "x+Δx", "x−Δx"]
    assert.deepEqual([...texts].sort(), names.sort())
    for (const color of ["blue", "orange", "red"]) assert.equal(lines(color).length, 1)
    const curve = within("curve").find((node) => node.attributes.class === "curve")
    assert.equal(curve.attributes.stroke, "black")
    const own = picture.handles.point
    const [px, py] = place(own)
    near(px, map.px(1))
    near(py, map.py(1))
    assert.equal(own.children[1].attributes.fill, "purple")
    assert.equal(picture.root.children.at(-1), own, "the learner's point lies on top")
  })

test("the second points are marked on the curve in their scheme's colour and shape", () => {
  const { within, map } = drawn(square, 1, 0.5, { schemes: ["forward", "backward"] })
  const marks = within("marks").filter((node) => node.localName === "path")
  assert.deepEqual(marks.map((node) => node.attributes.fill), ["blue", "green"])
  assert.deepEqual(marks.map((node) => node.attributes.d), [marker("triangle-right", 5.5), marker("triangle-left", 5.5)])
  for (const [k, x] of [1.5, 0.5].entries()) {
    const [px, py] = place(marks[k])
    near(px, map.px(x))
    near(py, map.py(x * x))
  }
})

test("lines end at the frame and have the right slope", () => {
  const { lines, box, map } = drawn(square, 1, 0.5, { slope: 2 })
  for (const [color, slope] of [["red", 2], ["blue", 2.5], ["orange", 2]]) {
    const [{ attributes: line }] = lines(color)
    const [x1, x2, y1, y2] = [line.x1, line.x2, line.y1, line.y2].map(Number)
    near((map.y(y2) - map.y(y1)) / (map.x(x2) - map.x(x1)), slope)
    assert.ok(x1 >= -0.01 && x1 < x2 && x2 <= box.width + 0.01)
    assert.ok(Math.min(y1, y2) >= -0.01 && Math.max(y1, y2) <= box.height + 0.01)
    const isAtEdge = (x, y) => [x, box.width - x, y, box.height - y].some((gap) => Math.abs(gap) < 0.02)
    assert.ok(isAtEdge(x1, y1) && isAtEdge(x2, y2))
  }
})

test("the secants and their points go through the server's values where it has sent them", () => {
  const sent = [[1.25, 2, 1.25], [1.25, 0.5, 1.25]]
  const heightOf = (x) => (x === 1 ? 1.25 : x === 1.5 ? 2 : 0.5)
  for (const scheme of model.SCHEMES) {
    const { lines, map, within, picture } = drawn(square, 1, 0.5, { schemes: [scheme], heights: sent })
    const [{ attributes: line }] = lines(COLORS[scheme])
    const [x1, x2, y1, y2] = [line.x1, line.x2, line.y1, line.y2].map(Number)
    for (const x of scheme === "forward" ? [1, 1.5] : scheme === "backward" ? [0.5, 1] : [0.5, 1.5])
      near(y1 + ((map.px(x) - x1) / (x2 - x1)) * (y2 - y1), map.py(heightOf(x)), 1e-6)
    near(place(picture.handles.point)[1], map.py(1.25))
    for (const mark of within("marks").filter((node) => node.localName === "path")) {
      const [px, py] = place(mark)
      near(py, map.py(heightOf(Math.round(map.x(px) * 1e6) / 1e6)))
    }
  }
})

for (const [name, f] of [["|x|", Math.abs], ["x^(2/3)", (x) => Math.cbrt(x * x)]])
  test(`no tangent is drawn where there is none: ${name}`, () => {
    for (const slope of [undefined, null]) {
      const { lines, texts } = drawn(f, 0, 1, { slope })
      assert.equal(lines("red").length, 0)
      assert.ok(!texts.includes("line.tangent"))
    }
  })

for (const dx of [1e-4, 1e-16, 2])
  test(`a pole and a step of ${dx} give a picture whose curve is not joined across the pole`, () => {
    const { all, within, state } = drawn(Math.tan, 1, dx, { slope: 3.4255 })
    const curve = within("curve").find((node) => node.attributes.class === "curve")
    assert.ok(curve.attributes.d.split("M").length > 2)
    for (const node of all) for (const value of Object.values(node.attributes)) assert.doesNotMatch(value, /NaN|Infinity|undefined/)
    for (const part of Object.values(state.frame)) assert.ok(Number.isFinite(part))
  })

test("nothing is marked where there is no value", () => {
  const { within, lines, picture, texts } = drawn(Math.log, -1, 0.5, { slope: null })
  assert.ok(within("marks").every((node) => !node.attributes.d))
  for (const color of Object.values(COLORS)) assert.equal(lines(color).length, 0)
  assert.ok(!texts.some((text) => text.startsWith("x")))
  const [, cross] = picture.handles.point.children
  assert.equal(cross.attributes.d, "M-6 -6L6 6M-6 6L6 -6")
  assert.equal(cross.attributes.stroke, "brown")
})

test("secants without a value are left out, and so are their feet", () => {
  const { texts, lines } = drawn(Math.log, 0.25, 0.5, { slope: 4 })
  assert.ok(!texts.includes("line.central") && texts.includes("line.forward"))
  assert.equal(lines("orange").length, 0)
  assert.ok(texts.includes("x+Δx") && !texts.includes("x−Δx"))
})

/** So near that the run has room for its name. */
const NEAR = { x: 1, y: 0, w: 1.5, h: 3 }

/** The sides of the triangle of rise over run, in the function's numbers; null if none is drawn. */
function triangleOf({ within, map }) {
  const path = within("lines").find((node) => node.attributes.class === "triangle")
  if (!path) return null
  const [x1, y1, x2, y2] = path.attributes.d.match(/-?[\d.]+(?:e-?\d+)?/g).map(Number)
  return [map.x(x1), map.y(y1), map.x(x2), map.y(y2)]
}

for (const [scheme, left, right, run] of [["forward", 1, 1.5, "Δx"], ["backward", 0.5, 1, "Δx"], ["central", 0.5, 1.5, "2Δx"]])
  test(`rise over run of the ${scheme} quotient stands on its nodes`, () => {
    const shown = drawn(square, 1, 0.5, { schemes: [scheme], frame: NEAR })
    const wanted = [left, left * left, right, right * right]
    triangleOf(shown).forEach((part, k) => near(part, wanted[k]))
    assert.ok(shown.texts.includes(run) && shown.texts.includes("Δf"))
  })

test("the triangle is the last scheme's, and there is none without a scheme", () => {
  const shown = drawn(square, 1, 0.5, { schemes: ["forward", "backward"] })
  triangleOf(shown).forEach((part, k) => near(part, [0.5, 0.25, 1, 1][k]))
  assert.equal(triangleOf(drawn(square, 1, 0.5, { schemes: [] })), null)
})

test("a triangle too small to be seen, or out of sight, is not drawn", () => {
  assert.equal(triangleOf(drawn(square, 1, 1e-3)), null)
  assert.equal(triangleOf(drawn(square, 1, 0.5, { frame: { x: 1, y: 1, w: 0.4, h: 0.4 } })), null)
})

test("a flat triangle has no name for its rise", () => {
  const { texts } = drawn(() => 7, 1, 1, { schemes: ["forward"] })
  assert.ok(texts.includes("Δx") && !texts.includes("Δf"))
})

test("the run's name stands off the curve: below a rising triangle, above a falling one", () => {
  for (const [f, isBelow] of [[square, true], [(x) => -x * x, false]]) {
    const shown = drawn(f, 1, 0.5, { schemes: ["forward"], frame: NEAR })
    const label = shown.within("lines").find((node) => node.textContent === "Δx")
    assert.equal(Number(label.attributes.y) > shown.map.py(f(1)), isBelow)
  }
})

test("the feet are below the points, named after the variable, and one stays away where two would be one", () => {
  const wide = drawn(square, 1, 0.5, { schemes: ["central"], name: "t" })
  const feet = wide.within("names").filter((node) => node.localName === "line")
  assert.deepEqual(feet.map((node) => Math.round(wide.map.x(Number(node.attributes.x1)) * 1e6) / 1e6).sort(), [0.5, 1, 1.5])
  for (const { attributes } of feet) {
    assert.equal(attributes.x1, attributes.x2)
    assert.equal(Number(attributes.y2), wide.box.height)
    near(Number(attributes.y1), wide.map.py(wide.map.x(Number(attributes.x1)) ** 2), 1e-6)
  }
  for (const name of ["t", "t+Δt", "t−Δt"]) assert.ok(wide.texts.includes(name))
  const close = drawn(square, 1, 0.01, { schemes: ["central"] })
  assert.equal(close.within("names").filter((node) => node.localName === "line").length, 1)
  assert.ok(close.texts.includes("x") && !close.texts.includes("x+Δx"))
})

test("names at the lines' ends keep apart", () => {
  const { within, box } = drawn(square, 1, 0.5, { schemes: model.SCHEMES, slope: 2 })
  const beside = within("names").filter((node) => node.localName === "text" && Number(node.attributes.x) > box.width)
  const heights = beside.map((node) => Number(node.attributes.y)).sort((a, b) => a - b)
  heights.slice(1).forEach((height, k) => assert.ok(height - heights[k] > 18.9))
})

test("a picture drawn again holds what is shown now, and nothing of before", () => {
  const { picture, state, box } = drawn(square, 1, 0.5, { slope: 2 })
  const next = model.toggleScheme(model.moveX(state, -1), "central")
  picture.draw(next, model.facts(next, box.width), { box, palette: { ...palettes.light, roles }, scale: 1, text: (id) => id })
  const secants = picture.layers.lines.all.filter((node) => node.attributes.class?.startsWith("secant"))
  assert.deepEqual(secants.map((node) => node.attributes.class), ["secant forward"])
})
