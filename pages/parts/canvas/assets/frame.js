/** The part of the plane that is seen: centre and half-widths, so that nothing is lost at any depth of zoom. */
import { spacing } from "./numbers.js"

/** @typedef {{x: number, y: number, w: number, h: number}} Frame centre, half-width, half-height */

const LARGE = 1e300
const POINTS = 257
const FLOOR = 8
/** Floats across the frame at the deepest zoom. */

/** The stretch of x that shows f near x and the second point (as pages/parts/sampling.py chooses it). */
export function halfWidth(x, dx, slopes, half = 3) {
  const size = slopes.map(Math.abs)
  const lengths = [0, 1]
    .map((k) => size[k] / size[k + 1])
    .filter((length, k) => Number.isFinite(size[k]) && Number.isFinite(size[k + 1]) && size[k + 1] > 0)
  if (lengths.length === 2 && Math.max(...lengths) > 0) half = Math.min(half, 2.5 * Math.max(...lengths))
  return Math.max(half, 1.6 * dx, 1e3 * spacing(x), 1e-12)
}

const isSeen = (value) => Number.isFinite(value) && Math.abs(value) <= LARGE

function quantile(sorted, part) {
  const place = part * (sorted.length - 1)
  const index = Math.floor(place)
  const next = sorted[Math.min(index + 1, sorted.length - 1)]
  return sorted[index] + (place - index) * (next - sorted[index])
}

/** The range of the middle four fifths with room around it; all of them if those are equal. */
function inner(seen) {
  const sorted = Float64Array.from(seen).sort()
  const [low, high] = [quantile(sorted, 0.1), quantile(sorted, 0.9)]
  const [least, greatest] = [sorted[0], sorted[sorted.length - 1]]
  if (low === high) return [least, greatest]
  const room = 0.75 * (high - low)
  return [Math.max(least, low - room), Math.min(greatest, high + room)]
}

/**
 * The stretch of y worth showing: a pole does not flatten the rest, and `include` is always seen.
 * @param {number[]} ys @param {number[]} include @param {[number, number]} [near] a value, and how far f rises from it
 * @returns {[number, number]}
 */
export function heights(ys, include, near) {
  const seen = ys.filter(isSeen)
  const wanted = include.filter(isSeen)
  let low = wanted.length ? Math.min(...wanted) : -1
  let high = wanted.length ? Math.max(...wanted) : 1
  if (seen.length) [low, high] = inner(seen)
  if (near && Number.isFinite(near[0]) && near[1] > 0 && 3 * near[1] < high - low) {
    low = Math.max(low, near[0] - 3 * near[1])
    high = Math.min(high, near[0] + 3 * near[1])
  }
  low = Math.min(low, ...wanted)
  high = Math.max(high, ...wanted)
  if (high - low <= 16 * spacing(Math.max(Math.abs(low), Math.abs(high)))) {
    const room = Math.max(1, Math.abs(low)) / 2
    return [low - room, high + room]
  }
  const room = 0.06 * (high - low)
  return [low - room, high + room]
}

/** @param {[number, number]} range @returns {{y: number, h: number}} */
const middleOf = ([low, high]) => ({ y: low / 2 + high / 2, h: high / 2 - low / 2 })

/**
 * The frame that shows a function at first sight.
 * @param {number[]} slopes f′, f″, f‴ @returns {Frame}
 */
export function fitted(f, x, dx, slopes) {
  const w = halfWidth(x, dx, slopes)
  const ys = Array.from({ length: POINTS }, (_, k) => f(x + ((2 * k) / (POINTS - 1) - 1) * w))
  const terms = slopes.map((slope, k) => (Math.abs(slope) * w ** (k + 1)) / [1, 2, 6][k])
  const near = terms.every(Number.isFinite) ? [f(x), Math.max(...terms)] : undefined
  return { x, w, ...middleOf(heights(ys, [f(x), f(x - dx), f(x + dx)], near)) }
}

/** A frame made taller, never shorter, so that these heights are in it. @returns {Frame} */
export function showing(frame, ys) {
  const wanted = ys.filter(isSeen)
  let low = frame.y - frame.h
  let high = frame.y + frame.h
  const room = 0.08 * 2 * frame.h
  for (const y of wanted) {
    if (y < low) low = y - room
    if (y > high) high = y + room
  }
  return low === frame.y - frame.h && high === frame.y + frame.h ? frame : { ...frame, ...middleOf([low, high]) }
}

/**
 * Zoomed by a factor (above 1: nearer) about a point that stays where it is.
 * @param {Frame} frame @param {number} factor @param {{x: number, y: number}} about @returns {Frame}
 */
export function zoomed(frame, factor, about) {
  const least = FLOOR * spacing(about.x || frame.w)
  const lowest = FLOOR * spacing(about.y || frame.h)
  let scale = 1 / factor
  if (frame.w * scale < least || frame.h * scale < lowest) scale = Math.max(least / frame.w, lowest / frame.h)
  if (frame.w * scale > 1e12 || frame.h * scale > LARGE) scale = 1
  if (factor > 1 && scale > 1) scale = 1
  return {
    x: about.x + (frame.x - about.x) * scale,
    y: about.y + (frame.y - about.y) * scale,
    w: frame.w * scale,
    h: frame.h * scale,
  }
}

/** Moved by parts of its own half-width and half-height. @returns {Frame} */
export const panned = (frame, dx, dy) => ({ ...frame, x: frame.x + dx * frame.w, y: frame.y + dy * frame.h })

/** True if f's own grid of floats is coarser than a fiftieth of a pixel. */
export function isCoarse(frame, width) {
  return spacing(Math.abs(frame.x) + frame.w) > ((2 * frame.w) / width) * 0.02
}

/** How many floats lie across the frame. */
export const floatsAcross = (frame) => (2 * frame.w) / spacing(frame.x === 0 ? frame.w : frame.x)
