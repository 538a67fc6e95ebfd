const LOADING = 20000
const STEP = 40
const plotly = async () => {
  for (let waited = 0; !window.Plotly && waited < LOADING; waited += STEP) {
    await new Promise((done) => setTimeout(done, STEP))
  }
  return window.Plotly
}
const canDraw = () => {
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("webgl") ?? canvas.getContext("webgl2")
  context?.getExtension("WEBGL_lose_context")?.loseContext()
  return context !== null
}
const last = new WeakMap()
const say = (host, words) => {
  const note = document.createElement("p")
  note.textContent = words
  host.replaceChildren(note)
}
const radians = (angle) => (angle * Math.PI) / 180
const wrapped = (angle) => ((Math.round(angle) % 360) + 360) % 360
/** The direction in its place, and the gradient's share of it, drawn by Plotly without the server. */
const turn = (host, known) => {
  const { point, reach, gradient } = known.turns
  const u = [Math.cos(radians(known.angle)), Math.sin(radians(known.angle))]
  const at = (step, length) => step.map((part, axis) => point[axis] + part * length * reach)
  const annotations = host.layout.annotations.map((note) => {
    if (note.name !== "direction" && note.name !== "direction_name") return note
    const [x, y] = at(u, note.name === "direction" ? 1 : 1.16)
    return { ...note, x, y }
  })
  const update = { annotations }
  if (gradient) {
    const length = Math.hypot(...gradient)
    const tip = gradient.map((part) => part / length)
    const foot = at(u, tip[0] * u[0] + tip[1] * u[1])
    const places = { foot: [at(tip, 1), foot], share: [point, foot] }
    const traces = host.data.flatMap((trace, number) => (places[trace.name] ? [number] : []))
    const along = (axis) => traces.map((number) => places[host.data[number].name].map((place) => place[axis]))
    known.shown.textContent = `${known.angle}°:  ∇f·u ≈ ${(gradient[0] * u[0] + gradient[1] * u[1]).toPrecision(4)}`
    window.Plotly.update(host, { x: along(0), y: along(1) }, update, traces)
  } else {
    known.shown.textContent = `${known.angle}°`
    window.Plotly.relayout(host, update)
  }
}
const listen = (host, known) => {
  known.shown = document.createElement("output")
  known.shown.hidden = true
  host.parentElement.style.position = "relative"
  host.tabIndex = 0
  host.setAttribute("role", "slider")
  host.setAttribute("aria-valuemin", "0")
  host.setAttribute("aria-valuemax", "359")
  host.classList.add("turns")
  let waiting = false
  const to = (angle) => {
    known.angle = wrapped(angle)
    host.setAttribute("aria-valuenow", String(known.angle))
    known.shown.hidden = false
    if (!known.shown.isConnected) host.append(known.shown)
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      turn(host, known)
    })
  }
  const follow = (event) => {
    const { xaxis, yaxis } = host._fullLayout
    const box = host.getBoundingClientRect()
    const dx = xaxis.p2d(event.clientX - box.left - xaxis._offset) - known.turns.point[0]
    const dy = yaxis.p2d(event.clientY - box.top - yaxis._offset) - known.turns.point[1]
    if (dx || dy) to((Math.atan2(dy, dx) * 180) / Math.PI)
  }
  const done = () => {
    known.held = false
    known.shown.hidden = true
    known.send("angle", known.angle)
  }
  host.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !host._fullLayout || event.target.closest(".modebar")) return
    known.held = true
    host.setPointerCapture(event.pointerId)
    follow(event)
  })
  host.addEventListener("pointermove", (event) => known.held && follow(event))
  for (const end of ["pointerup", "pointercancel"]) host.addEventListener(end, () => known.held && done())
  host.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 5, ArrowUp: 5, ArrowRight: -5, ArrowDown: -5 }[event.key]
    if (!step || !host._fullLayout) return
    event.preventDefault()
    event.stopPropagation()
    to(known.angle + step)
  })
  host.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && done())
}
export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".nd-space")
  host.style.height = `${data.height}px`
  host.setAttribute("aria-label", data.alt)
  const known = last.get(host) ?? { figure: null, able: !data.deep || canDraw() }
  if (data.turns && !known.turns) listen(host, known)
  known.send = setStateValue
  known.turns = data.turns
  if (known.held) return // the hand is ahead of the server
  known.angle = data.angle
  if (data.turns) host.setAttribute("aria-valuenow", String(data.angle))
  last.set(host, known)
  if (known.figure === data.figure) return
  known.figure = data.figure
  if (!known.able) {
    say(host, data.missing)
    return
  }
  plotly().then((library) => {
    if (!library) return say(host, data.missing)
    if (last.get(host)?.figure !== data.figure) return
    const { data: traces, layout } = JSON.parse(data.figure)
    const eye = layout.scene?.camera?.eye
    const far = Math.max(1, (1.2 * data.height) / (host.clientWidth || data.height))
    for (const axis in eye) eye[axis] *= far // a phone is narrow: the whole of it is seen from farther away
    return library.react(host, traces, layout, data.config)
  })
  return () => window.Plotly?.purge(host)
}
