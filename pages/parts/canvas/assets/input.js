/** Pointers on the pictures: dragging the handles, panning, pinching, the wheel. */
import { panned, zoomed } from "./frame.js"
import { toGrain } from "./numbers.js"
import { Picture } from "./picture.js"

/** x under the pointer, with as few digits as the picture can tell apart. */
export const dragX = (map, px) => toGrain(map.x(px), map.grain)

/** Δx for the second point under the pointer, never below what x can tell apart on the screen. */
export function dragStep(map, px, x, sign) {
  const dx = toGrain((map.x(px) - x) * sign, map.grain)
  return dx > 0 ? dx : map.grain / 10
}

/**
 * The frame after two fingers have moved from one pair of places to another (px of the plot).
 * @param {import("./frame.js").Frame} frame
 */
export function pinched(frame, box, [a0, b0], [a1, b1]) {
  const width = (p, q) => Math.hypot(p.x - q.x, p.y - q.y)
  const factor = width(a1, b1) / Math.max(width(a0, b0), 1)
  const middle0 = { x: (a0.x + b0.x) / 2, y: (a0.y + b0.y) / 2 }
  const middle1 = { x: (a1.x + b1.x) / 2, y: (a1.y + b1.y) / 2 }
  const moved = panned(frame, (-2 * (middle1.x - middle0.x)) / box.width, (2 * (middle1.y - middle0.y)) / box.height)
  const about = {
    x: moved.x + ((2 * middle1.x) / box.width - 1) * moved.w,
    y: moved.y + (1 - (2 * middle1.y) / box.height) * moved.h,
  }
  return zoomed(moved, factor, about)
}

/**
 * @param {import("./main.js").Canvas} canvas
 * @param {AbortSignal} signal ends all listening
 */
export function listenToPointers(canvas, signal) {
  const options = { signal }
  const { picture, errors } = canvas
  /** Pointers that are down on the picture, in px of the plot. @type {Map<number, {x: number, y: number}>} */
  const down = new Map()
  let drag = null

  const place = (view, event) => {
    const rect = view.svg.getBoundingClientRect()
    return { x: event.clientX - rect.left - view.box.left, y: event.clientY - rect.top - view.box.top }
  }

  const grab = (event, at) => {
    const handle = event.target.closest?.("[data-handle]")?.dataset.handle
    const { state } = canvas
    const { map } = picture
    const sign = Picture.secondSign(state)
    if (handle === "point") return { kind: "point", offset: map.px(state.x) - at.x }
    if (handle === "second") return { kind: "second", sign, offset: map.px(state.x + sign * state.dx) - at.x }
    return { kind: "pan", frame: state.frame, from: at }
  }

  const move = (at) => {
    const { state } = canvas
    const { map, box } = picture
    if (drag.kind === "point") canvas.moveX(dragX(map, Math.min(Math.max(at.x + drag.offset, 0), box.width)))
    else if (drag.kind === "second") canvas.moveStep(dragStep(map, Math.min(at.x + drag.offset, box.width), state.x, drag.sign))
    else {
      const [across, up] = [(-2 * (at.x - drag.from.x)) / box.width, (2 * (at.y - drag.from.y)) / box.height]
      canvas.setFrame(panned(drag.frame, across, up))
    }
  }

  picture.svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    const at = place(picture, event)
    picture.svg.setPointerCapture(event.pointerId)
    down.set(event.pointerId, at)
    canvas.hold(true)
    if (down.size === 2) drag = { kind: "pinch", frame: canvas.state.frame, from: [...down.values()] }
    else if (down.size === 1) drag = grab(event, at)
    event.target.closest?.("[data-handle]")?.focus({ preventScroll: true })
    event.preventDefault()
  }, options)

  picture.svg.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId) || !drag) return
    const at = place(picture, event)
    down.set(event.pointerId, at)
    if (drag.kind === "pinch") {
      if (down.size === 2) canvas.setFrame(pinched(drag.frame, picture.box, drag.from, [...down.values()]))
    } else move(at)
  }, options)

  const release = (event) => {
    if (!down.delete(event.pointerId)) return
    if (down.size === 1) drag = { kind: "pan", frame: canvas.state.frame, from: [...down.values()][0] }
    if (down.size > 0) return
    drag = null
    canvas.hold(false)
  }
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) picture.svg.addEventListener(name, release, options)

  picture.svg.addEventListener("wheel", (event) => {
    event.preventDefault()
    const size = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 300 : 1
    canvas.zoom(Math.exp((-event.deltaY * size) / (event.ctrlKey ? 80 : 320)))
  }, { signal, passive: false })

  picture.svg.addEventListener("dblclick", () => canvas.do("fit"), options)

  let isSliding = false
  errors.svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    isSliding = true
    errors.svg.setPointerCapture(event.pointerId)
    canvas.hold(true)
    canvas.moveStep(errors.stepAt(place(errors, event).x))
    errors.handle.focus({ preventScroll: true })
    event.preventDefault()
  }, options)
  errors.svg.addEventListener("pointermove", (event) => {
    if (isSliding) canvas.moveStep(errors.stepAt(place(errors, event).x))
  }, options)
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    errors.svg.addEventListener(name, () => {
      if (!isSliding) return
      isSliding = false
      canvas.hold(false)
    }, options)
}
