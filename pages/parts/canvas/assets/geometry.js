/** Lines in a box, and names kept apart. All in pixels. */

/**
 * Where a line through a point enters and leaves a box from (0, 0) to (width, height).
 * @param {{x: number, y: number}} point @param {number} slope px down per px right
 * @returns {[number, number, number, number] | null} x1, y1, x2, y2; null if it passes by
 */
export function crossing(point, slope, width, height) {
  if (!Number.isFinite(slope) || !Number.isFinite(point.x) || !Number.isFinite(point.y)) return null
  const ends = []
  const add = (x, y) => {
    if (x >= -0.01 && x <= width + 0.01 && y >= -0.01 && y <= height + 0.01) ends.push([x, y])
  }
  add(0, point.y - slope * point.x)
  add(width, point.y + slope * (width - point.x))
  if (slope !== 0) {
    add(point.x - point.y / slope, 0)
    add(point.x + (height - point.y) / slope, height)
  }
  if (ends.length < 2) return null
  ends.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const [first, last] = [ends[0], ends[ends.length - 1]]
  return first[0] === last[0] && first[1] === last[1] ? null : [...first, ...last]
}

/**
 * Places as near as possible to the wanted ones, at least `gap` apart and between two ends; the order is kept.
 * @param {number[]} wanted @returns {number[]}
 */
export function spread(wanted, gap, low, high) {
  const count = wanted.length
  if (count > 1) gap = Math.min(gap, (high - low) / (count - 1))
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b])
  const placed = new Array(count).fill(0)
  let floor = low
  for (const index of order) {
    placed[index] = Math.max(wanted[index], floor)
    floor = placed[index] + gap
  }
  let ceiling = high
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index], ceiling)
    ceiling = placed[index] - gap
  }
  return placed
}

const SLIM_SIGNS = ".,·"
const SMALL_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"

/** About how wide a text is, in the unit of its size, without asking the page. @param {string} text */
export function widthOf(text, size) {
  const part = (sign) => (sign >= "\u1100" && sign < "\u2000" || sign >= "\u2e80" ? 0.95 : SLIM_SIGNS.includes(sign) ? 0.27 : SMALL_SIGNS.includes(sign) ? 0.35 : 0.53)
  return size * [...text].reduce((sum, sign) => sum + part(sign), 0)
}

/**
 * What stands below a second point: `x+Δx`; where that would run into the name of the point, `+Δx`, or nothing.
 * @param {string} name of the variable @param {string} sign @param {number} distance of the two points
 */
export function footText(name, sign, distance, size) {
  const fits = (text) => (widthOf(text, size) + widthOf(name, size)) / 2 + 0.5 * size <= distance
  return [`${name}${sign}Δ${name}`, `${sign}Δ${name}`].find(fits) ?? ""
}
