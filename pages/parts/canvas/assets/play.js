/** The animation of the limit: Δx runs down the decades, and a table keeps the quotients it met. */
import { STEP_LIMITS } from "./model.js"

const MOVE = 450
const REST = 550
/** Milliseconds on the way to the next decade, and there, at speed 1. */

/** The next decade below a step. @returns {number | null} null at the end */
export function nextDecade(dx) {
  const exponent = Math.ceil(Math.log10(dx) - 1e-9) - 1
  return 10 ** exponent < STEP_LIMITS[0] * 0.99 ? null : Number(`1e${exponent}`)
}

/** Where the limit starts: from a small Δx or the end it starts again at 1. */
export const firstStep = (dx) => (dx < 0.01 ? 1 : dx)

export class Play {
  /**
   * @param {{get: () => number, move: (dx: number) => void, arrive: (dx: number) => void, end: () => void}} hooks
   * @param {() => boolean} isStill the reader wants no motion
   */
  constructor(hooks, isStill) {
    this.hooks = hooks
    this.isStill = isStill
    this.speed = 1
    this.running = false
    this.leg = null
  }

  start(now) {
    this.running = true
    const from = this.hooks.get()
    const first = firstStep(from)
    if (first !== from) this.hooks.move(first)
    this.hooks.arrive(first)
    this.begin(first, now)
  }

  /** Sets out for the next decade after a rest. */
  begin(from, now) {
    const to = nextDecade(from)
    this.leg = to === null ? null : { from, to, start: now + REST / this.speed }
    if (to === null) this.stop()
  }

  stop() {
    if (!this.running) return
    this.running = false
    this.leg = null
    this.hooks.end()
  }

  /** One decade at a time, by hand. */
  step() {
    const to = nextDecade(this.hooks.get())
    if (to === null) return
    this.hooks.move(to)
    this.hooks.arrive(to)
  }

  /** Called once a frame. @param {number} now */
  tick(now) {
    if (!this.running || !this.leg) return
    const { from, to, start } = this.leg
    if (now < start) return
    const part = this.isStill() ? 1 : Math.min(1, ((now - start) * this.speed) / MOVE)
    if (part < 1) {
      const eased = part * part * (3 - 2 * part)
      this.hooks.move(10 ** (Math.log10(from) + eased * (Math.log10(to) - Math.log10(from))))
      return
    }
    this.hooks.move(to)
    this.hooks.arrive(to)
    this.begin(to, now)
  }
}
