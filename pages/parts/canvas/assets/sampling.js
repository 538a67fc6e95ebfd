/**
 * Sampling a curve in pixels: where it bends more points, at poles and jumps a gap, oscillation as a filled band.
 * Everything is worked out in pixels of the picture, so that it serves every scale.
 */

const FIRST = 2
/** Distance of the first points in px. */
const DEEPEST = 5
/** Halvings of a first interval: 1/16 px. */
const BEND = 0.3
/** A curve may miss its chord by this many px. */
const MOST = 14000
/** Values of f at most for one picture. */
const LEAP = 5
/** Neighbours farther apart than this, in px upwards, are looked at for a jump. */

/**
 * @callback PixelFunction
 * @param {number} px from the left edge
 * @returns {number} px from the upper edge; NaN or infinite where there is no value
 */

/** Steps off the even grid by a fixed pattern, so that an oscillation in step with the grid is seen. */
const jitter = (index) => ((index * 0.618033988749895) % 1) * 0.5 - 0.25

/**
 * @param {PixelFunction} at
 * @param {number} width @param {number} height of the picture in px
 * @param {boolean} coarse the grid of floats itself is visible: stairs are drawn as they are
 * @returns {{xs: number[], ys: number[]}} ys with NaN where the line is not joined; far outside it is cut off
 */
export function sample(at, width, height, coarse = false) {
  const low = -height
  const high = 2 * height
  let left = MOST
  const value = (px) => {
    left -= 1
    const y = at(px)
    return Number.isFinite(y) ? Math.min(Math.max(y, low), high) : NaN
  }
  const xs = []
  const ys = []
  const put = (x, y) => {
    xs.push(x)
    ys.push(y)
  }

  /** Adds the points between two neighbours, the second included. */
  const refine = (x0, y0, x1, y1, depth) => {
    const part = depth === 0 ? 0.41 : 0.5
    const x = x0 + part * (x1 - x0)
    const y = value(x)
    const missed = Math.abs(y - (y0 + part * (y1 - y0)))
    const broken = Number.isNaN(y0) + Number.isNaN(y) + Number.isNaN(y1)
    let bends = broken ? broken < 3 : missed > BEND || Math.abs(y1 - y0) > 40
    if (!bends && depth === 0 && !broken) {
      const other = value(x0 + 0.77 * (x1 - x0))
      bends = !(Math.abs(other - (y0 + 0.77 * (y1 - y0))) <= BEND)
    }
    if (bends && depth < DEEPEST && left > 0) {
      refine(x0, y0, x, y, depth + 1)
      refine(x, y, x1, y1, depth + 1)
    } else {
      if (broken || missed > BEND / 4) join(x0, y0, x, y), put(x, y), join(x, y, x1, y1)
      else join(x0, y0, x1, y1)
      put(x1, y1)
    }
  }

  /** Puts the edge of the domain, or a gap at a jump or a pole, between two neighbours. */
  const join = (x0, y0, x1, y1) => {
    const ends = Number.isNaN(y0) !== Number.isNaN(y1)
    if (coarse || left <= 0) return
    if (ends) edge(x0, y0, x1, y1)
    else if (Math.abs(y1 - y0) > LEAP) leap(x0, y0, x1, y1)
  }

  const edge = (x0, y0, x1, y1) => {
    const starts = Number.isNaN(y0)
    let good = starts ? x1 : x0
    let bad = starts ? x0 : x1
    let height = starts ? y1 : y0
    for (let k = 0; k < 40; k++) {
      const middle = (good + bad) / 2
      const y = value(middle)
      if (Number.isNaN(y)) bad = middle
      else [good, height] = [middle, y]
    }
    put(good, height)
  }

  const leap = (x0, y0, x1, y1) => {
    const whole = Math.abs(y1 - y0)
    for (let k = 0; k < 60 && Math.abs(y1 - y0) > LEAP / 2; k++) {
      const x = (x0 + x1) / 2
      if (x <= x0 || x >= x1) break
      const y = value(x)
      if (Number.isNaN(y)) return gap(x0, y0, x1, y1)
      if (Math.abs(y - y0) >= Math.abs(y1 - y)) [x1, y1] = [x, y]
      else [x0, y0] = [x, y]
    }
    if (Math.abs(y1 - y0) > Math.min(LEAP / 2, whole / 2)) gap(x0, y0, x1, y1)
  }

  const gap = (x0, y0, x1, y1) => {
    put(x0, y0)
    put((x0 + x1) / 2, NaN)
    put(x1, y1)
  }

  const count = Math.max(2, Math.round(width / FIRST))
  let x0 = 0
  let y0 = value(0)
  put(x0, y0)
  for (let k = 1; k <= count; k++) {
    const x1 = k === count ? width : ((k + jitter(k)) * width) / count
    const y1 = value(x1)
    refine(x0, y0, x1, y1, coarse ? 1 : 0)
    ;[x0, y0] = [x1, y1]
  }
  return { xs, ys }
}

/** Keeps of each half pixel the first, the lowest, the highest and the last point: what a screen can show. */
export function thin({ xs, ys }) {
  const keptX = []
  const keptY = []
  const keep = (index) => {
    keptX.push(xs[index])
    keptY.push(ys[index])
  }
  for (let start = 0; start < xs.length; ) {
    const column = Math.floor(2 * xs[start])
    const broken = Number.isNaN(ys[start])
    let end = start + 1
    while (end < xs.length && Math.floor(2 * xs[end]) === column && Number.isNaN(ys[end]) === broken) end += 1
    if (broken) keep(start)
    else if (end - start <= 4) for (let k = start; k < end; k++) keep(k)
    else {
      let least = start
      let greatest = start
      for (let k = start; k < end; k++) {
        if (ys[k] < ys[least]) least = k
        if (ys[k] > ys[greatest]) greatest = k
      }
      for (const k of [...new Set([start, least, greatest, end - 1])].sort((a, b) => a - b)) keep(k)
    }
    start = end
  }
  return { xs: keptX, ys: keptY }
}

/** The points as an SVG path; a lone point becomes a dot. @returns {string} */
export function toPath({ xs, ys }) {
  let text = ""
  let drawing = false
  for (let k = 0; k < xs.length; k++) {
    if (Number.isNaN(ys[k])) {
      drawing = false
      continue
    }
    const spot = `${Math.round(xs[k] * 20) / 20} ${Math.round(ys[k] * 20) / 20}`
    text += drawing ? `L${spot}` : `M${spot}L${spot}`
    drawing = true
  }
  return text
}
