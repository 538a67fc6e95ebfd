import assert from "node:assert/strict"
import { test } from "node:test"
import { fitted, floatsAcross, heights, isCoarse, panned, showing, zoomed } from "../../pages/parts/canvas/assets/frame.js"
import * as model from "../../pages/parts/canvas/assets/model.js"
import { decadeSteps, quotient, sweepSteps } from "../../pages/parts/canvas/assets/slope.js"
import { axisTicks, decadeTicks, niceStep } from "../../pages/parts/canvas/assets/ticks.js"
import { crossing, footText, spread, widthOf } from "../../pages/parts/canvas/assets/geometry.js"

const data = { code: "(x) => x*x", title: "x^2", x: 1, dx: 0.5, schemes: ["forward", "central"], exact: null }
const compile = () => (x) => x * x
const start = (more = {}) => model.adopted(null, { ...data, ...more }, compile)

test("the first sight shows the points", () => {
  const { frame } = start()
  for (const x of [0.5, 1, 1.5]) {
    assert.ok(Math.abs(x - frame.x) < frame.w)
    assert.ok(Math.abs(x * x - frame.y) < frame.h)
  }
})

test("a new x from the server keeps the zoom, a new function does not", () => {
  const near = model.zoomBy(start(), 16)
  const { x, y, w, h } = near.frame
  assert.equal(model.adopted(near, { ...data, x: 1.0, zoom: [x, y, w, h] }, compile).frame.w, w)
  assert.equal(model.adopted(near, { ...data, code: "(x) => x*x*x" }, () => (x) => x ** 3).auto, true)
})

test("a zoom in the link is adopted", () => {
  const state = start({ zoom: [1, 1, 0.01, 0.02] })
  assert.deepEqual(state.frame, { x: 1, y: 1, w: 0.01, h: 0.02 })
  assert.equal(state.auto, false)
})

test("zooming keeps the point where it is and ends at eight floats", () => {
  let state = start()
  const place = (s) => (1 - s.frame.x) / s.frame.w
  const before = place(state)
  for (let k = 0; k < 100; k++) state = model.zoomBy(state, 4)
  assert.ok(floatsAcross(state.frame) >= 8 && floatsAcross(state.frame) < 64)
  assert.ok(isCoarse(state.frame, 600))
  assert.ok(Math.abs(place(state) - before) < 0.3) // the grid of floats is coarse here
  for (let k = 0; k < 200; k++) state = model.zoomBy(state, 0.25)
  assert.ok(Number.isFinite(state.frame.w) && state.frame.w > 1e9)
})

test("x moved out of the frame takes the frame along", () => {
  const { frame, x } = model.moveX(start(), 40)
  assert.ok(Math.abs(x - frame.x) < frame.w && Math.abs(x * x - frame.y) <= frame.h)
})

test("a great step widens a frame that nobody chose", () => {
  const wide = model.moveStep(start(), 10)
  assert.ok(wide.frame.w > 10)
  assert.equal(model.moveStep(start(), 1e9).dx, 10)
  assert.equal(model.moveStep(start(), 0).dx, 1e-16)
})

test("round steps", () => {
  const down = [1]
  for (let k = 0; k < 4; k++) down.push(model.nextRound(down.at(-1), -1))
  assert.deepEqual(down, [1, 0.5, 0.2, 0.1, 0.05])
  assert.equal(model.nextRound(0.3, 1), 0.5)
  assert.equal(model.nextRound(1e-16, 1), 2e-16)
})

test("schemes are switched in their order", () => {
  const all = model.toggleScheme(start(), "backward")
  assert.deepEqual(all.schemes, ["forward", "backward", "central"])
  assert.equal(model.focusOf(model.toggleScheme(all, "central")), "backward")
})

test("pinned lines outlive the function", () => {
  const pinned = model.pin(start(), "tangent", "t")
  assert.ok(Math.abs(pinned.ghosts[0].slope - 2) < 1e-9)
  const other = model.adopted(pinned, { ...data, code: "(x) => x" }, () => (x) => x)
  assert.equal(other.ghosts.length, 1)
  assert.equal(model.pin(start({ x: NaN }), "tangent", "t").ghosts.length, 0)
})

test("the best step is where the errors around are least, not an accidental dip", () => {
  const steps = sweepSteps()
  const errors = steps.map((h, k) => (1e-16 / h + h * h) * (k === 20 ? 1e-12 : 1))
  const place = model.bestPlace(errors)
  assert.ok(steps[place] > 1e-6 && steps[place] < 1e-4)
  assert.ok(model.hasTwoArms(errors, place))
  const falling = steps.map((h) => 1e-16 / h)
  assert.ok(!model.hasTwoArms(falling, model.bestPlace(falling)))
})

test("what is said", () => {
  const said = (state) => model.remark(state, model.facts(state, 600), true)[0]
  assert.equal(said(start({ dx: 1e-17 })), "lost")
  assert.equal(said(model.zoomBy(start(), 1e4)), "straight")
  assert.equal(said(model.zoomBy(start(), 1e15)), "stairs")
  const corner = model.adopted(null, { ...data, x: 0 }, () => Math.abs)
  assert.equal(said(corner), "corner")
  assert.equal(said(model.adopted(null, { ...data, x: -1 }, () => Math.log)), "outside")
})

test("heights show the middle of the values and whatever is marked", () => {
  const ys = Array.from({ length: 101 }, (_, k) => (k === 50 ? 1e9 : k))
  const [low, high] = heights(ys, [500])
  assert.ok(low < 0 && high > 500 && high < 1e4)
  assert.deepEqual(heights([7, 7], [7]), [3.5, 10.5])
  const [bottom, top] = heights([-1e299, 1e299], [])
  assert.ok(bottom < -1e299 && top > 1e299 && Number.isFinite(top - bottom))
})

test("frames", () => {
  const frame = { x: 0, y: 0, w: 1, h: 1 }
  assert.deepEqual(panned(frame, 0.5, -0.5), { x: 0.5, y: -0.5, w: 1, h: 1 })
  assert.equal(showing(frame, [0.5]), frame)
  assert.ok(showing(frame, [3]).h > 1.5)
  assert.deepEqual(zoomed(frame, 2, { x: 0, y: 0 }), { x: 0, y: 0, w: 0.5, h: 0.5 })
  assert.ok(fitted((x) => Math.exp(1000 * x), 0, 1e-3, [1e3, 1e6, 1e9]).w < 0.01)
})

test("ticks are round and can be told apart", () => {
  assert.equal(niceStep(0.3), 0.5)
  for (const half of [3, 1e-3, 1e-9, 1e-13, 1e6]) {
    const { ticks } = axisTicks(2, half, 6)
    const texts = ticks.map((tick) => tick.text)
    assert.ok(ticks.length >= 2 && new Set(texts).size === texts.length, texts.join())
  }
  assert.match(axisTicks(2, 1e-12, 6).baseText, /^2/)
  assert.deepEqual(decadeTicks(-16, 1, 6).map((tick) => tick.exponent), [-15, -12, -9, -6, -3, 0])
})

test("lines in a box, and names kept apart", () => {
  assert.deepEqual(crossing({ x: 50, y: 50 }, 0, 100, 100), [0, 50, 100, 50])
  assert.equal(crossing({ x: 50, y: 500 }, 0, 100, 100), null)
  assert.equal(crossing({ x: 50, y: 50 }, NaN, 100, 100), null)
  assert.deepEqual(spread([50, 50, 50], 20, 0, 100), [50, 70, 90])
  assert.deepEqual(spread([99, 98], 20, 0, 100), [100, 80])
})

test("a value too large is not one that does not exist", () => {
  const exact = { x: 1, value: null, low: null, text: "6.97…·10⁷⁰⁶", relation: "=", errors: {} }
  const of = (y, known) => {
    const state = model.adopted(null, { ...data, exact: known }, () => () => y)
    return model.remark(state, model.facts(state, 600), false)[0]
  }
  assert.equal(of(Infinity, exact), "overflow")
  assert.equal(of(1e300, exact), "overflow")
  assert.equal(of(Infinity, { ...exact, text: "" }), "outside") // a pole
  assert.equal(of(Infinity, { ...exact, text: "", overflows: true }), "overflow")
  assert.equal(of(NaN, null), "outside")
  assert.equal(of(Infinity, null), "") // the browser alone cannot tell
})

test("what stands below the second point keeps clear of the point's name", () => {
  assert.equal(footText("x", "+", 60, 14), "x+Δx")
  assert.equal(footText("야식", "−", 120, 14), "야식−Δ야식")
  assert.equal(footText("야식", "−", 50, 14), "−Δ야식")
  assert.equal(footText("야식", "−", 30, 14), "")
  assert.ok(widthOf("23.9995", 13) > 34 && widthOf("15.0", 13) < 34)
})

// a server whose f is another one altogether, so that a mixture of the two would be seen
const served = (x) => 10 + x ** 3
const sentFor = (x, dx, f = served) => {
  const steps = [0, dx, ...decadeSteps()]
  return [1, -1].map((sign) => steps.map((step) => f(x + sign * step)))
}
const asked = (x, dx) => start({ x, dx, heights: sentFor(x, dx) })

test("at rest every number is the server's", () => {
  const state = asked(1.3, 0.37)
  const seen = model.facts(state, 600)
  assert.equal(seen.height, served(1.3))
  for (const name of model.SCHEMES) assert.equal(seen.quotients[name], quotient(served, 1.3, 0.37, name))
  const { ghosts } = model.pin(state, "central", "c")
  assert.equal(ghosts[0].slope, quotient(served, 1.3, 0.37, "central"))
  assert.equal(ghosts[0].y, served(1.3 - 0.37))
})

test("the steps at which the animation rests have the server's numbers, too", () => {
  const state = asked(1.3, 0.37)
  for (const dx of decadeSteps()) {
    const { quotients } = model.facts({ ...state, dx }, 600)
    for (const name of model.SCHEMES) assert.equal(quotients[name], quotient(served, 1.3, dx, name), `${dx}`)
  }
  assert.deepEqual([decadeSteps().length, decadeSteps()[12]], [18, 1e-4])
})

test("under the hand every number is the browser's, and no difference mixes the two", () => {
  for (const state of [model.moveStep(asked(1.3, 0.37), 0.2), model.moveX(asked(1.3, 0.37), 1.31)]) {
    const { height, quotients } = model.facts(state, 600)
    assert.equal(height, state.x * state.x)
    for (const name of model.SCHEMES) assert.equal(quotients[name], quotient(state.f, state.x, state.dx, name))
  }
})

test("what the server says later about the same function is taken, about another it is not", () => {
  const moved = model.moveStep(asked(1.3, 0.37), 0.2)
  const later = { ...data, x: 1.3, dx: 0.2, heights: sentFor(1.3, 0.2) }
  assert.equal(model.facts(model.informed(moved, later), 600).quotients.forward, quotient(served, 1.3, 0.2, "forward"))
  assert.equal(model.informed(moved, { ...later, code: "(x) => x" }), moved)
})

test("values that are no finite numbers come as they are", () => {
  const heights = sentFor(1, 0.5).map((side) => side.map(() => "NaN"))
  heights[0][0] = heights[1][0] = "-Infinity"
  const { height, quotients } = model.facts(start({ heights }), 600)
  assert.equal(height, -Infinity)
  assert.ok(Number.isNaN(quotients.central))
})
