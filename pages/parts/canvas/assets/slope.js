/** Difference quotients, and the slope of the tangent by extrapolating them. */

/** @typedef {"forward" | "backward" | "central"} Scheme */

/** The nodes of a scheme as offsets in units of Δx, left one first. */
export const OFFSETS = { forward: [0, 1], backward: [-1, 0], central: [-1, 1] }

/**
 * The quotient exactly as the lecture's program computes it, operation by operation.
 * @param {import("./compile.js").RealFunction} f @param {number} x @param {number} dx @param {Scheme} scheme
 */
export function quotient(f, x, dx, scheme) {
  if (scheme === "forward") return (f(x + dx) - f(x)) / dx
  if (scheme === "backward") return (f(x) - f(x - dx)) / dx
  return (f(x + dx) - f(x - dx)) / (2 * dx)
}

const SHRINKAGES = 18
const EPSILON = 2 ** -52

/** Central differences with steps that shrink by 4, each extrapolated with the one before; the least error wins. */
function extrapolated(f, x, size) {
  let best = null
  let before = NaN
  let earlier = NaN
  for (let k = 0; k < SHRINKAGES; k++) {
    const wide = size * 4 ** -k
    const right = x + wide
    const left = x - wide
    const h = (right - left) / 2
    if (!(h > 0)) break
    const above = f(right)
    const below = f(left)
    const plain = (above - below) / (2 * h)
    const value = (16 * plain - before) / 15
    const noise = (2 * EPSILON * (Math.abs(above) + Math.abs(below))) / h
    const error = Math.abs(value - earlier) + noise
    if (Number.isFinite(error) && (!best || error < best.error)) best = { value, error, noise, h }
    before = plain
    earlier = value
  }
  return best
}

/** True if the one-sided slopes stay apart however near one looks. */
function isKink(f, x, height, found) {
  const gap = (h) => Math.abs((f(x + h) - height) / h - (height - f(x - h)) / h)
  const near = gap(found.h / 4)
  const noise = 8 * found.noise + 1e-7 * Math.abs(found.value)
  return near > 0.6 * gap(found.h) && near > 4 * noise
}

/**
 * The slope of the tangent, with an estimate of its error; NaN where there seems to be none.
 * @param {import("./compile.js").RealFunction} f @param {number} x
 * @returns {{value: number, error: number}}
 */
export function slopeAt(f, x) {
  const none = { value: NaN, error: Infinity }
  const height = f(x)
  if (!Number.isFinite(height)) return none
  const size = 2 ** Math.round(Math.log2(Math.max(Math.abs(x), 1) / 8))
  const found = extrapolated(f, x, size)
  if (!found) return none
  const around = [f(x - size), f(x + size)].map((y) => Math.abs(y - height) / size).filter(Number.isFinite)
  const scale = Math.max(Math.abs(found.value), (1e-6 * Math.abs(height)) / size, ...around.map((rise) => 1e-6 * rise))
  if (found.error > 1e-3 * scale || isKink(f, x, height, found)) return none
  return { value: found.value, error: found.error }
}

/**
 * f′, f″ and f‴ at x, near enough to choose a window by.
 * @returns {[number, number, number]}
 */
export function derivatives(f, x) {
  const step = 1e-3 * Math.max(1, Math.abs(x))
  const [left, middle, right] = [-step, 0, step].map((offset) => slopeAt(f, x + offset).value)
  return [middle, (right - left) / (2 * step), (right - 2 * middle + left) / step ** 2]
}

/** The exponents of ten of the steps at which errors are drawn: seven to the decade, from 10⁻¹⁶ to 10. */
export const DECADES = { first: -16, last: 1, each: 7 }

/** @returns {number[]} */
export function sweepSteps() {
  const { first, last, each } = DECADES
  return Array.from({ length: (last - first) * each + 1 }, (_, k) => {
    const place = first * each + k
    return place % each === 0 ? Number(`1e${place / each}`) : 10 ** (place / each)
  })
}

/** The steps at which the animation of the limit rests. */
export const decadeSteps = () => sweepSteps().filter((_, k) => k % DECADES.each === 0)

/**
 * Errors against a reference, NaN below what the reference itself is worth.
 * @param {{value: number, error: number}} reference
 */
export function liveErrors(f, x, scheme, reference, steps) {
  return steps.map((dx) => {
    const error = quotient(f, x, dx, scheme) - reference.value
    return Math.abs(error) > 4 * reference.error ? error : NaN
  })
}
