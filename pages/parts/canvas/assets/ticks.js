/** Round numbers for the axes, with enough digits to tell neighbours apart, at any depth of zoom. */
import { full, powerOfTen, scientific } from "./numbers.js"

/** The next number of the series 1, 2, 5, 10 above a distance. */
export function niceStep(distance) {
  const power = 10 ** Math.floor(Math.log10(distance))
  const digit = [1, 2, 5, 10].find((part) => part * power >= distance * (1 - 1e-9)) ?? 10
  return digit * power
}

/**
 * Ticks of an axis. Far in, where the labels would be all digits, they count from a base: `2 +`, `10⁻¹²`.
 * @param {number} centre @param {number} half @param {number} count about how many
 * @returns {{base: number, baseText: string, ticks: {offset: number, text: string}[]}} offsets are from the base
 */
export function axisTicks(centre, half, count) {
  const step = niceStep((2 * half) / count)
  const isDeep = Math.abs(centre) > 1e5 * step
  const base = isDeep ? Number(centre.toPrecision(Math.min(17, Math.max(1, Math.ceil(Math.log10(Math.abs(centre) / half)))))) : 0
  const from = Math.ceil((centre - base - half) / step)
  const to = Math.floor((centre - base + half) / step)
  const ticks = []
  for (let k = from; k <= to && ticks.length < 40; k++) {
    ticks.push({ offset: k * step, text: label(k, step, isDeep) })
  }
  return { base, baseText: isDeep ? `${full(base, false)} +` : "", ticks }
}

function label(k, step, isDeep) {
  const power = Math.floor(Math.log10(step) + 1e-9)
  const value = k * step
  if (k === 0) return "0"
  if (isDeep || power < -4 || Math.abs(value) >= 1e5) {
    const digits = Math.max(1, Math.floor(Math.log10(Math.abs(value)) + 1e-9) - power + 1)
    return scientific(value, digits)
  }
  return value.toFixed(Math.max(0, -power)).replace("-", "−")
}

/** Ticks at powers of ten, at most `count`. @returns {{exponent: number, text: string}[]} */
export function decadeTicks(low, high, count) {
  const every = [1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 100].find((part) => (high - low) / part <= count) ?? 200
  const ticks = []
  for (let k = Math.ceil(low / every) * every; k <= high; k += every) ticks.push({ exponent: k, text: powerOfTen(k) })
  return ticks
}
