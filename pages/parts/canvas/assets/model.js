/** What is shown, as plain data, and what can happen to it: each function returns the next state. */
import { decadeSteps, derivatives, quotient, slopeAt, sweepSteps, OFFSETS } from "./slope.js"
import { fitted, floatsAcross, isCoarse, showing, zoomed } from "./frame.js"
import { rounded, stepText, toDigits } from "./numbers.js"

/**
 * @typedef {object} State
 * @property {import("./compile.js").RealFunction} f
 * @property {string} code the printed expression, which names f
 * @property {string} title f on one line, to be shown as text
 * @property {string} name of the variable that moves, to be shown as text
 * @property {number} x @property {number} dx
 * @property {string[]} schemes those shown, in the order of SCHEMES
 * @property {import("./frame.js").Frame} frame
 * @property {boolean} auto the frame was not chosen by hand
 * @property {import("./frame.js").Frame} home the frame at first sight
 * @property {Ghost[]} ghosts
 * @property {boolean} present @property {string} screen "picture", "both" or "errors", while presenting
 * @property {{dx: number, role: string, value: number}[]} rows quotients that the animation has met
 * @property {Exact | null} exact what the server knows at one x
 * @property {Map<number, number>} values f at nodes, as the server computes it
 *
 * @typedef {{role: string, code: string, f: Function, title: string, x: number, y: number, slope: number, words: string}} Ghost
 * @typedef {{x: number, value: number, low: number, text: string, relation: string, overflows?: boolean,
 *   errors: Record<string, (number | null)[]>}} Exact value + low is f′(x) to twice a double's digits; NaN: there is none
 */

export const SCHEMES = ["forward", "backward", "central"]
export const STEP_LIMITS = [1e-16, 10]
const POINT_LIMIT = 1e9
const MOST_GHOSTS = 4

/** The scheme that is spoken about: the last one shown. */
export const focusOf = (state) => state.schemes[state.schemes.length - 1] ?? "central"

/** A number from the server: infinities and NaN travel as null. */
export const received = (value) => (value === null || value === undefined ? NaN : value)

/** The server's answer, if it is for this function. */
function exactFrom(data) {
  const known = data.exact
  if (!known) return null
  const value = known.value === null ? NaN : known.value
  return { ...known, value, low: received(known.low), errors: known.errors ?? {} }
}

/**
 * f at the server's nodes: x, and on both sides of it Δx and the steps of the animation.
 * @returns {Map<number, number>}
 */
function valuesFrom({ x, dx, heights }) {
  const steps = [0, dx, ...decadeSteps()]
  const side = (sign, list) => list.map((value, k) => [x + sign * steps[k], Number(value)])
  return new Map(heights ? [...side(1, heights[0]), ...side(-1, heights[1])] : [])
}

/**
 * f for some nodes: the server's values where it has sent all of these, else the browser's own. Two mathematical
 * libraries differ in the last places, and nests of functions and large arguments make much of that; so the numbers
 * that stay are the server's, and no difference mixes the two.
 * @param {State} state @param {number[]} places @returns {import("./compile.js").RealFunction}
 */
function heightsAt({ f, values }, places) {
  return places.every((node) => values.has(node)) ? (node) => values.get(node) ?? f(node) : f
}

const ownNodes = ({ x, dx }) => [x, x + dx, x - dx]

/**
 * The state that the server asks for; zoom, ghosts and the rest of what the browser owns are kept.
 * @param {State | null} old @param {object} data @param {(code: string) => Function} compile
 * @returns {State}
 */
export function adopted(old, data, compile) {
  const isNew = !old || old.code !== data.code
  const f = isNew ? compile(data.code) : old.f
  const base = old ?? { ghosts: [], rows: [], present: Boolean(data.present), screen: "picture" }
  const next = { ...base, f, code: data.code, title: data.title, name: data.name ?? "x", x: data.x, dx: data.dx }
  Object.assign(next, learned(data))
  next.schemes = SCHEMES.filter((name) => data.schemes.includes(name))
  if (isNew) next.rows = []
  const shown = isNew || (!data.zoom && !next.auto) ? fit(next) : next
  return inSight(data.zoom ? { ...shown, frame: frameFrom(data.zoom), auto: false } : shown)
}

/** What the server has found out meanwhile, without touching what the hand holds. */
export const informed = (state, data) => (data.code === state.code ? { ...state, ...learned(data) } : state)

const learned = (data) => ({ exact: exactFrom(data), values: valuesFrom(data) })

const frameFrom = ([x, y, w, h]) => ({ x, y, w, h })

/** The frame of the first sight. */
export function fit(state) {
  const frame = fitted(state.f, state.x, state.dx, derivatives(state.f, state.x))
  return { ...state, frame, home: frame, auto: true }
}

/** The frame moved or widened, if need be, so that the point and its neighbours are in it. */
export function inSight(state) {
  const { f, x, dx, frame } = state
  if (state.auto && 1.3 * dx > frame.w) return fit(state)
  if (Math.abs(x - frame.x) > 0.9 * frame.w) {
    const y = f(x)
    const height = Number.isFinite(y) && !state.auto ? y : frame.y
    return inHeight({ ...state, frame: { ...frame, x, y: height } })
  }
  return inHeight(state)
}

/** In a frame that nobody chose, the points stay in sight. */
function inHeight(state) {
  const { x, dx, frame } = state
  const f = heightsAt(state, ownNodes(state))
  const ys = [x, ...nodes(state)].filter((node) => Math.abs(node - frame.x) <= frame.w).map(f)
  return state.auto || dx > frame.w ? { ...state, frame: showing(frame, [f(x), ...ys]) } : state
}

/** The nodes of the schemes shown, without x. */
export function nodes({ schemes, x, dx }) {
  const signs = new Set(schemes.flatMap((name) => OFFSETS[name]).filter((sign) => sign !== 0))
  return [...signs].map((sign) => x + sign * dx)
}

export function moveX(state, x) {
  return inSight({ ...state, x: Math.min(Math.max(x, -POINT_LIMIT), POINT_LIMIT) })
}

export function moveStep(state, dx) {
  const [least, greatest] = STEP_LIMITS
  return inSight({ ...state, dx: Math.min(Math.max(dx, least), greatest) })
}

/** The next step of 1, 2, 5, 10, … upwards or downwards. */
export function nextRound(dx, direction) {
  const power = 10 ** Math.floor(Math.log10(dx * (1 + 1e-9)))
  const stops = [0.5, 1, 2, 5, 10].map((digit) => toDigits(digit * power, 3))
  const found = direction > 0 ? stops.find((stop) => stop > dx * 1.001) : stops.findLast((stop) => stop < dx * 0.999)
  return found ?? dx
}

export function toggleScheme(state, name) {
  const shown = new Set(state.schemes)
  if (!shown.delete(name)) shown.add(name)
  return inSight({ ...state, schemes: SCHEMES.filter((scheme) => shown.has(scheme)) })
}

/** Zoomed about the point, if it is in the frame, else about the middle. */
export function zoomBy(state, factor, about) {
  const { f, x, frame } = state
  const point = { x, y: f(x) }
  const isInside = Math.abs(point.x - frame.x) <= frame.w && Math.abs(point.y - frame.y) <= frame.h
  const centre = about ?? (isInside ? point : frame)
  return { ...state, frame: zoomed(frame, factor, centre), auto: false }
}

export const setFrame = (state, frame) => ({ ...state, frame, auto: false })

/** Back to the first sight of the function, with its own x and Δx kept. */
export const reset = (state) => fit({ ...state, rows: [] })

/** Keeps a line as it is now. @param {string} role a scheme, or "tangent" */
export function pin(state, role, words) {
  const { f, code, title, x, dx } = state
  const height = heightsAt(state, ownNodes(state))
  const slope = role === "tangent" ? tangentOf(state).value : quotient(height, x, dx, role)
  const anchor = role === "backward" || role === "central" ? x - dx : x
  if (!Number.isFinite(slope) || !Number.isFinite(height(anchor))) return state
  const ghost = { role, code, f, title, x: anchor, y: height(anchor), slope, words, at: x, dx }
  return { ...state, ghosts: [...state.ghosts, ghost].slice(-MOST_GHOSTS) }
}

/** True if the server's exact slope is for the x that is shown. */
export const isExact = ({ exact, x }) => exact !== null && exact.x === x

/** The slope of the tangent: the server's where it is known, else extrapolated. */
export function tangentOf(state) {
  if (isExact(state)) return { value: state.exact.value, error: 0 }
  return slopeAt(state.f, state.x)
}

/**
 * Everything about the state that is computed once a frame.
 * @param {State} state @param {number} width of the picture in px
 */
export function facts(state, width) {
  const { x, dx, exact } = state
  const f = heightsAt(state, ownNodes(state))
  const known = isExact(state)
  const tangent = tangentOf(state)
  const quotients = Object.fromEntries(SCHEMES.map((name) => [name, quotient(f, x, dx, name)]))
  const errors = Object.fromEntries(
    SCHEMES.map((name) => {
      const error = known ? quotients[name] - exact.value - (exact.low || 0) : quotients[name] - tangent.value
      return [name, known || Math.abs(error) > 2 * tangent.error ? error : NaN]
    }),
  )
  return {
    f,
    height: f(x),
    known,
    tangent,
    quotients,
    errors,
    coarse: isCoarse(state.frame, width),
    floats: floatsAcross(state.frame),
    magnification: state.home.w / state.frame.w,
  }
}

const NEIGHBOURS = 3
/** Errors on either side that are looked at together: round-off scatters over about a decade. */

/**
 * The place of the least error on a list over the steps of {@link sweepSteps}: where even the greatest of the errors
 * around is small, so that an accidental dip of the round-off does not count.
 * @param {number[]} errors NaN where there is none @returns {number} −1 if there is none
 */
export function bestPlace(errors) {
  let best = -1
  let least = Infinity
  for (let k = NEIGHBOURS; k < errors.length - NEIGHBOURS; k++) {
    const around = errors.slice(k - NEIGHBOURS, k + NEIGHBOURS + 1).map(Math.abs)
    const size = Math.max(...around)
    if (size > 0 && size < least) [least, best] = [size, k]
  }
  return best
}

/** True if the errors rise on both sides of the best place: truncation on the right, round-off on the left. */
export function hasTwoArms(errors, place) {
  const sizes = errors.map((error) => (Number.isFinite(error) ? Math.abs(error) : 0))
  const least = Math.max(...sizes.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1))
  return Math.max(...sizes.slice(0, place)) > 20 * least && Math.max(...sizes.slice(place)) > 20 * least
}

/**
 * What is to be said about the picture: the id of a sentence and what it fills in.
 * @param {State} state @param {ReturnType<typeof facts>} seen @param {boolean} straight
 * @returns {[string, Record<string, string>]}
 */
export function remark(state, seen, straight) {
  const { x, dx } = state
  const focus = focusOf(state)
  const exists = seen.known && (state.exact.text !== "" || state.exact.overflows)
  if (exists && !(Number.isFinite(seen.height) && Number.isFinite(seen.tangent.value))) return ["overflow", {}]
  if (!Number.isFinite(seen.height)) return Number.isNaN(seen.height) || seen.known ? ["outside", {}] : ["", {}]
  if (seen.coarse) return ["stairs", { count: rounded(Math.round(seen.floats), 2) }]
  if (Number.isNaN(seen.tangent.value)) return ["corner", {}]
  const lost = OFFSETS[focus].every((sign) => x + sign * dx === x)
  if (lost) return ["lost", { dx: stepText(dx) }]
  if (straight && !state.auto) return ["straight", {}]
  const errors = seen.known ? state.exact.errors[focus] : null
  if (!errors) return ["", {}]
  const list = errors.map(received)
  const place = bestPlace(list)
  const best = sweepSteps()[place]
  const error = Math.abs(seen.errors[focus])
  if (error === 0) return ["hit", {}]
  if (place < 0 || Number.isNaN(error)) return ["", {}]
  if (!hasTwoArms(list, place)) return Math.max(...list.slice(-7).map(Math.abs)) < 1e-6 * Math.abs(list[0]) ? ["rounding", {}] : ["", {}]
  if (dx > 4 * best) return ["helps", {}]
  return dx < best / 4 ? ["worse", { best: stepText(toDigits(best, 1)) }] : ["best", {}]
}
