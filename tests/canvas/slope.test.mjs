import assert from "node:assert/strict"
import { test } from "node:test"
import { derivatives, liveErrors, quotient, slopeAt, sweepSteps } from "../../pages/parts/canvas/assets/slope.js"

const smooth = {
  "x^2 at 3": [(x) => x * x, 3, 6],
  "3x e^x at 2": [(x) => 3 * x * Math.exp(x), 2, 9 * Math.exp(2)],
  "sin at 1": [Math.sin, 1, Math.cos(1)],
  "cos at 0": [Math.cos, 0, 0],
  "e^(1000x) at 0": [(x) => Math.exp(1000 * x), 0, 1000],
  "sin(1/x) at 0.01": [(x) => Math.sin(1 / x), 0.01, -Math.cos(100) * 1e4],
  "ln at 1e-3": [Math.log, 1e-3, 1000],
  "1e299x at 1": [(x) => 1e299 * x, 1, 1e299],
  "a constant": [() => 7, 1, 0],
  "|x| beside its corner": [Math.abs, 1e-3, 1],
  "x|x| at 0": [(x) => x * Math.abs(x), 0, 0],
  "x^2 at 1e6": [(x) => x * x, 1e6, 2e6],
}
for (const [name, [f, x, exact]] of Object.entries(smooth))
  test(`the slope of ${name}, within its own estimate`, () => {
    const { value, error } = slopeAt(f, x)
    // the estimate is of the last extrapolation's change and of the rounding: a factor is left for luck
    assert.ok(Math.abs(value - exact) <= 10 * error, `${value} ± ${error}`)
    assert.ok(Math.abs(value - exact) <= 1e-7 * Math.max(Math.abs(exact), 1), `${value}`)
  })

const without = {
  "|x| at 0": [Math.abs, 0],
  "relu at 0": [(x) => Math.max(x, 0), 0],
  "the cube root at 0": [Math.cbrt, 0],
  "√|x| at 0": [(x) => Math.sqrt(Math.abs(x)), 0],
  "floor at 1": [Math.floor, 1],
  "√x at 0": [Math.sqrt, 0],
  "1/x at 0": [(x) => 1 / x, 0],
  "ln at -1": [Math.log, -1],
}
for (const [name, [f, x]] of Object.entries(without))
  test(`no slope: ${name}`, () => assert.ok(Number.isNaN(slopeAt(f, x).value)))

test("quotients are the lecture's, operation by operation", () => {
  const f = Math.exp
  assert.equal(quotient(f, 1, 0.1, "forward"), (f(1.1) - f(1)) / 0.1)
  assert.equal(quotient(f, 1, 0.1, "backward"), (f(1) - f(0.9)) / 0.1)
  assert.equal(quotient(f, 1, 0.1, "central"), (f(1.1) - f(0.9)) / 0.2)
})

test("the steps are numdiff's", () => {
  const steps = sweepSteps()
  assert.equal(steps.length, 120)
  assert.ok(steps.includes(1e-4))
  assert.deepEqual([steps[0], steps[119]], [1e-16, 10])
})

test("errors below what the reference is worth are not shown", () => {
  const errors = liveErrors(Math.sin, 1, "central", { value: Math.cos(1), error: 1e-9 }, [1, 1e-5])
  assert.ok(Math.abs(errors[0]) > 0.08)
  assert.ok(Number.isNaN(errors[1]))
})

test("derivatives for the window", () => {
  const [first, second, third] = derivatives(Math.exp, 1)
  for (const value of [first, second, third]) assert.ok(Math.abs(value - Math.E) < 1e-3)
})
