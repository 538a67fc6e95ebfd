import assert from "node:assert/strict"
import { test } from "node:test"
import { sample, thin, toPath } from "../../pages/parts/canvas/assets/sampling.js"
import { fitted } from "../../pages/parts/canvas/assets/frame.js"
import { derivatives } from "../../pages/parts/canvas/assets/slope.js"

const WIDTH = 600
const HEIGHT = 320

/** The sampled curve of f over its own first frame, or over a given one. */
function drawn(f, x, dx = 0.5, frame = fitted(f, x, dx, derivatives(f, x))) {
  let calls = 0
  const at = (px) => {
    calls += 1
    const y = f(frame.x + ((2 * px) / WIDTH - 1) * frame.w)
    return (1 - (y - frame.y) / frame.h) * 0.5 * HEIGHT
  }
  return { ...sample(at, WIDTH, HEIGHT), at, frame, calls }
}

/** Pairs of joined neighbours. */
const joined = ({ xs, ys }) => xs.slice(1).map((x, k) => [xs[k], ys[k], x, ys[k + 1]]).filter((p) => !p.some(Number.isNaN))
const gaps = ({ ys }) => ys.filter((y, k) => Number.isNaN(y) && k > 0 && !Number.isNaN(ys[k - 1])).length
/** Height of the longest nearly upright piece. */
const wall = (curve) => Math.max(...joined(curve).map(([x0, y0, x1, y1]) => (x1 - x0 < 0.3 ? Math.abs(y1 - y0) : 0)))

test("smooth curves stay within half a pixel of the truth", () => {
  for (const [f, x] of [[Math.sin, 1], [(t) => 3 * t * Math.exp(t), 2], [(t) => t ** 3 - 3 * t, 0]]) {
    const curve = drawn(f, x)
    for (const [x0, y0, x1, y1] of joined(curve)) {
      const truth = curve.at((x0 + x1) / 2)
      if (truth > 0 && truth < HEIGHT) assert.ok(Math.abs(truth - (y0 + y1) / 2) < 0.5)
    }
    assert.equal(gaps(curve), 0)
  }
})

test("x never runs backwards", () => {
  for (const f of [Math.tan, (t) => 1 / t, Math.floor, (t) => Math.sin(1 / t), (t) => t ** t, Math.sqrt]) {
    const { xs } = drawn(f, 0.5)
    for (let k = 1; k < xs.length; k++) assert.ok(xs[k] >= xs[k - 1] - 1e-9)
  }
})

test("poles are not joined", () => {
  const frame = { x: 0, y: 0, w: 5, h: 5 }
  const tangent = drawn(Math.tan, 0, 0.5, frame)
  assert.equal(gaps(tangent), 4)
  const hyperbola = drawn((t) => 1 / t, 0, 0.5, { ...frame, x: 0.013 })
  assert.equal(gaps(hyperbola), 1)
  for (const curve of [tangent, hyperbola]) assert.ok(joined(curve).every(([, y0, , y1]) => Math.abs(y1 - y0) < HEIGHT))
})

test("jumps are not joined, and both sides reach them", () => {
  const curve = drawn(Math.floor, 0.3, 0.5, { x: 0.3, y: 0.5, w: 3, h: 4 })
  assert.equal(gaps(curve), 6)
  assert.ok(wall(curve) < 1)
  const edge = ((1 - 0.3) / 3 + 1) * 0.5 * WIDTH
  assert.ok(curve.xs.some((x, k) => Math.abs(x - edge) < 1e-6 && !Number.isNaN(curve.ys[k])))
})

test("a steep wall is no jump", () => {
  const curve = drawn((t) => Math.exp(1000 * t), 0, 0.5, { x: 0, y: 20, w: 3, h: 25 })
  assert.equal(gaps({ ys: curve.ys.filter((y, k) => curve.xs[k] < WIDTH * 0.55) }), 0)
  assert.equal(gaps(drawn((t) => Math.atan(1e6 * t), 0.01, 0.5, { x: 0, y: 0, w: 3, h: 2 })), 0)
})

test("a kink is sharp", () => {
  const curve = drawn(Math.abs, 0.013, 0.5, { x: 0.013, y: 1, w: 3, h: 2 })
  const lowest = Math.max(...curve.ys)
  assert.ok(Math.abs(lowest - curve.at(((0 - 0.013) / 3 + 1) * 0.5 * WIDTH)) < 0.2)
})

test("a curve begins where its domain does", () => {
  const curve = drawn(Math.sqrt, 1, 0.5, { x: 1, y: 1, w: 3, h: 2 })
  const first = curve.ys.findIndex((y) => !Number.isNaN(y))
  assert.ok(Math.abs(curve.xs[first] - ((0 - 1) / 3 + 1) * 0.5 * WIDTH) < 1e-6)
})

test("oscillation faster than the screen fills a band and is not an accidental wave", () => {
  for (const f of [(t) => Math.sin(1 / t), (t) => Math.sin(3000 * t)]) {
    const curve = drawn(f, 0, 0.5, { x: 0, y: 0, w: 0.1, h: 1.25 })
    const kept = thin(curve)
    for (let column = WIDTH / 2 - 20; column < WIDTH / 2 + 20; column += 4) {
      const inside = kept.ys.filter((y, k) => kept.xs[k] >= column - 2 && kept.xs[k] < column + 6 && !Number.isNaN(y))
      assert.ok(Math.max(...inside) - Math.min(...inside) > 0.7 * HEIGHT * 0.8, `column ${column}`)
    }
  }
})

test("a picture costs a bounded number of values", () => {
  for (const f of [Math.sin, Math.tan, (t) => Math.sin(1 / t), (t) => Math.sin(1e7 * t), Math.random, () => NaN]) {
    assert.ok(drawn(f, 0.3, 0.5, { x: 0.3, y: 0, w: 3, h: 2 }).calls < 20000)
  }
})

test("constants, huge and undefined functions draw", () => {
  assert.equal(gaps(drawn(() => 7, 1)), 0)
  assert.equal(gaps(drawn((t) => 1e299 * t, 1)), 0)
  assert.equal(toPath(thin(drawn(() => NaN, 0, 0.5, { x: 0, y: 0, w: 1, h: 1 }))), "")
})

test("thinning keeps the extremes, paths are joined only where the curve is", () => {
  const xs = Array.from({ length: 100 }, (_, k) => k * 0.004)
  const ys = xs.map((_, k) => (k === 40 ? 9 : k === 60 ? -9 : 0))
  const kept = thin({ xs, ys })
  assert.ok(kept.ys.includes(9) && kept.ys.includes(-9) && kept.xs.length <= 5)
  assert.equal(toPath({ xs: [0, 1, 2, 3], ys: [1, NaN, 3, 4] }), "M0 1L0 1M2 3L2 3L3 4")
})
