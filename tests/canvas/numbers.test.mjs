import assert from "node:assert/strict"
import { test } from "node:test"
import { agreement, full, rounded, scientific, spacing, stepText, toGrain } from "../../pages/parts/canvas/assets/numbers.js"
import { quotient } from "../../pages/parts/canvas/assets/slope.js"

test("the lecture's digits", () => {
  const square = (x) => Math.pow(x, 2)
  assert.equal(full(quotient(square, 3, 1e-4, "central")), "6.000000000012662")
  assert.equal(full(quotient((x) => 3 * x * Math.exp(x), 2, 1e-4, "central")), "66.50150507518049")
})

test("all digits, as Python's repr has them", () => {
  const table = [
    [6, "6.0"], [-0.1, "−0.1"], [1e-5, "10⁻⁵"], [1.5e-5, "1.5·10⁻⁵"], [0.0001, "0.0001"], [1e15, "1000000000000000.0"],
    [1e16, "10¹⁶"], [123456789012345680, "1.2345678901234568·10¹⁷"], [1e22, "10²²"], [0, "0.0"], [-0, "−0.0"],
    [NaN, "NaN"], [-Infinity, "−∞"], [5e-324, "5·10⁻³²⁴"], [1.2661871552154412e-11, "1.2661871552154412·10⁻¹¹"],
  ]
  for (const [value, text] of table) assert.equal(full(value), text)
  assert.equal(full(3, false), "3")
})

test("rounded numbers and steps", () => {
  assert.equal(scientific(1.84e-7, 2), "1.8·10⁻⁷")
  assert.equal(scientific(0), "0")
  assert.equal(rounded(0.01234, 3), "0.0123")
  assert.equal(rounded(-69.93, 3), "−69.9")
  assert.equal(rounded(1.27e-11, 3), "1.27·10⁻¹¹")
  for (const [value, text] of [[1e-4, "10⁻⁴"], [0.1, "0.1"], [0.05, "0.05"], [2e-5, "2·10⁻⁵"], [1, "1"], [10, "10"], [1e-16, "10⁻¹⁶"]])
    assert.equal(stepText(value), text)
})

test("a dragged number has no more digits than the picture can tell apart", () => {
  assert.equal(toGrain(2.123456, 0.013), 2.12)
  assert.equal(toGrain(0.1 + 0.2, 0.001), 0.3)
  assert.equal(toGrain(1234.5, 30), 1230)
  assert.equal(toGrain(2.5, 1e-17), 2.5)
})

test("the distance between neighbours", () => {
  assert.equal(spacing(1), 2 ** -52)
  assert.equal(spacing(3), 2 ** -51)
  assert.equal(spacing(0), Number.MIN_VALUE)
  assert.equal(spacing(1 - 2 ** -53), 2 ** -53)
})

test("how far two numbers agree", () => {
  assert.equal(agreement("66.50150507", "66.50150489"), 8)
  assert.equal(agreement("1.0", "2.0"), 0)
})
