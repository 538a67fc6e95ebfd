/** The component: one instance for each place on a page, one loop that draws what has changed. */
import { compile } from "./compile.js"
import { ErrorChart } from "./errorchart.js"
import { download } from "./exporting.js"
import { listenToPointers } from "./input.js"
import { actionOf, isTyping, sliderActionOf } from "./keys.js"
import * as model from "./model.js"
import { full, rounded, stepText, toDigits, toGrain } from "./numbers.js"
import { paletteOf } from "./palette.js"
import { boxOf, Picture } from "./picture.js"
import { Play } from "./play.js"
import { Readout, say, tangentText } from "./readout.js"
import { speaker, typeset } from "./words.js"

const SCREENS = ["picture", "both", "errors"]
const SPEEDS = [1, 2, 4, 0.5]
const SETTLE = 450
/** Milliseconds without a change after which the numbers are said and a key's change is sent. */

export class Canvas {
  /**
   * @param {HTMLElement | ShadowRoot} parent
   * @param {{helpers: object, words: object, themes: object, font: string}} fixed what the script brings with it
   */
  constructor(parent, fixed) {
    this.fixed = fixed
    this.root = parent.querySelector(".canvas")
    const find = (selector) => this.root.querySelector(selector)
    this.parts = Object.fromEntries(
      ["band", "formula", "now", "views", "table", "rows", "caption", "remark", "keys", "live", "play", "clear", "speed"].map((name) => [name, find("." + name)]),
    )
    this.picture = new Picture(find(".picture svg"))
    this.errors = new ErrorChart(find(".errors svg"))
    this.readout = new Readout(find(".readout"), (name) => this.do("toggle", name), (name) => this.do("pin", name))
    this.slider = find("input[type=range]")
    this.output = find("output")
    this.state = null
    this.revision = null
    this.sent = ""
    this.isHeld = false
    this.isDirty = false
    this.ending = new AbortController()
    const still = window.matchMedia("(prefers-reduced-motion: reduce)")
    const hooks = {
      get: () => this.state.dx,
      move: (dx) => this.moveStep(dx),
      arrive: (dx) => this.addRow(dx),
      end: () => this.settle(),
    }
    this.play = new Play(hooks, () => still.matches)
    this.listen()
    this.loop = (now) => {
      this.request = null
      this.play.tick(now)
      if (this.isDirty) this.draw()
      if (this.play.running) this.wake()
    }
  }

  listen() {
    const options = { signal: this.ending.signal }
    listenToPointers(this, options.signal)
    this.slider.addEventListener("input", () => {
      this.hold(true)
      this.moveStep(stepFrom(Number(this.slider.value)))
    }, options)
    this.slider.addEventListener("change", () => this.hold(false), options)
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]")
      if (button) this.do(button.dataset.do)
    }, options)
    this.root.addEventListener("keydown", (event) => this.key(event), options)
    document.addEventListener("keydown", (event) => {
      if (!event.composedPath().includes(this.root) && this.isConnected()) this.key(event, true)
    }, { ...options, capture: true })
    this.resize = new ResizeObserver(() => this.touch())
    for (const view of [this.picture, this.errors]) this.resize.observe(view.svg)
  }

  isConnected() {
    return this.root.isConnected && this.state !== null
  }

  /** Takes what the server sends: its x and Δx only with a new revision, so that it never pulls at the hand. */
  receive({ data, setStateValue }) {
    this.send = (value) => setStateValue("moved", value)
    const isNewLanguage = this.language !== data.language
    this.language = data.language
    this.text = speaker(this.fixed.words[data.language])
    this.keyed = Boolean(data.keyed)
    this.root.classList.toggle("plain", Boolean(data.plain))
    this.root.classList.toggle("still", Boolean(data.plain) && data.schemes.length === 0)
    const isFirst = this.state === null
    if (this.revision !== data.revision) {
      this.revision = data.revision
      this.play.stop()
      this.state = model.adopted(this.state, data, (code) => compile(code, this.fixed.helpers))
      this.root.hidden = false
      if (isFirst && data.present) this.present(true)
      this.sent = this.signature()
      this.drawRows()
    } else {
      this.state = model.informed(this.state, data)
    }
    this.root.hidden = false
    if (isNewLanguage) this.label()
    this.dressed = null
    this.touch()
  }

  /** The words that do not change while the language stays. */
  label() {
    this.root.lang = this.language
    for (const node of this.root.querySelectorAll("[data-word]")) {
      const word = this.text(node.dataset.word)
      node.setAttribute("aria-label", word)
      node.title = word
    }
    for (const node of this.root.querySelectorAll("[data-text]")) say(node, this.text(node.dataset.text))
    this.slider.setAttribute("aria-label", this.text("step_slider"))
    this.picture.handles.point.setAttribute("aria-label", this.text("handle.point"))
    this.picture.handles.second.setAttribute("aria-label", this.text("handle.second"))
    this.errors.handle.setAttribute("aria-label", this.text("handle.error"))
    this.parts.keys.setAttribute("aria-label", this.text("keys"))
    const rows = this.text("keys.list").split("\n").filter(Boolean).map((line) => line.split(" | "))
    this.parts.keys.querySelector("dl").replaceChildren(
      ...rows.flatMap(([key, meaning]) => [Object.assign(document.createElement("dt"), { textContent: key }), Object.assign(document.createElement("dd"), { textContent: meaning })]),
    )
  }

  /** Something changed: draw at the next frame, and speak when it has settled. */
  touch() {
    this.isDirty = true
    this.wake()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.isHeld || this.play.running || this.settle(), SETTLE)
  }

  wake() {
    this.request ??= requestAnimationFrame(this.loop)
  }

  change(next) {
    if (next === this.state) return
    this.state = next
    this.touch()
  }

  moveX(x) {
    this.change(model.moveX(this.state, x))
  }

  moveStep(dx) {
    this.change(model.moveStep(this.state, dx))
  }

  setFrame(frame) {
    this.change(model.setFrame(this.state, frame))
  }

  zoom(factor) {
    this.change(model.zoomBy(this.state, factor))
  }

  /** A hand takes hold or lets go; the server hears of it once, on letting go. */
  hold(on) {
    if (on) {
      this.play.stop()
      this.isHeld = true
      return
    }
    this.isHeld = false
    this.settle()
  }

  /** What the server and a link know of. */
  signature() {
    const { x, dx, schemes, present, auto, frame } = this.state
    const zoom = auto ? null : [frame.x, frame.y, frame.w, frame.h]
    return JSON.stringify({ x, dx, schemes, present, zoom })
  }

  settle() {
    if (!this.state) return
    clearTimeout(this.timer)
    if (this.isDirty) this.draw()
    this.announce()
    const now = this.signature()
    if (now === this.sent) return
    this.sent = now
    this.send({ ...JSON.parse(now), revision: this.revision })
  }

  /** Says the numbers, and what the picture shows, once they have settled. */
  announce() {
    const { state, seen, text } = this
    const focus = model.focusOf(state)
    const values = {
      title: state.title,
      x: full(state.x, false),
      dx: stepText(toDigits(state.dx, 3)),
      scheme: text(`term.${focus}`),
      quotient: full(seen.quotients[focus]),
      tangent: tangentText(state, seen).replace(/^[=≈] /, "") || text("no_tangent"),
    }
    say(this.parts.live, `${text("says", values)} ${this.parts.remark.textContent}`)
    this.picture.svg.setAttribute("aria-label", text("alt", values))
    this.errors.svg.setAttribute("aria-label", text("alt.error", values))
  }

  key(event, isOutside = false) {
    const { present } = this.state
    if (event.defaultPrevented || isTyping(event.composedPath()[0])) return
    if (isOutside && !present && !(this.keyed && event.key.toLowerCase() === "p")) return
    const handle = event.composedPath()[0]?.dataset?.handle
    const isButton = event.composedPath()[0]?.localName === "button"
    if (isButton && (event.key === " " || event.key === "Enter")) return
    const onSlider = event.composedPath()[0] === this.slider ? "second" : handle
    const action = (onSlider && !present && sliderActionOf(onSlider, event)) || (onSlider && /^(Page|End)/.test(event.key) && sliderActionOf(onSlider, event)) || actionOf(event)
    if (present && event.key === "Tab") return this.keepFocus(event)
    if (!action || (action[0] === "leave" && !present && this.parts.keys.hidden)) return
    event.preventDefault()
    event.stopPropagation()
    this.do(...action)
  }

  /** While presenting, Tab stays among the controls that are seen. */
  keepFocus(event) {
    const stops = [...this.root.querySelectorAll("button, input, [tabindex='0']")].filter((node) => node.getClientRects().length)
    const now = this.root.getRootNode().activeElement
    const end = event.shiftKey ? stops[0] : stops[stops.length - 1]
    if (this.root.contains(now) && now !== end) return
    event.preventDefault()
    stops[event.shiftKey ? stops.length - 1 : 0]?.focus()
  }

  /** Everything that a button or a key can do, by name. */
  do(name, ...given) {
    const { state } = this
    const actions = {
      nudge: (direction, many) => this.moveX(toGrain(state.x + direction * this.pace() * (many ? 10 : 1), this.pace() / 10)),
      toEdge: (side) => this.moveX(toGrain(state.frame.x + side * 0.9 * state.frame.w, this.pace())),
      scaleStep: (factor) => this.moveStep(toDigits(state.dx * factor, 15)),
      roundStep: (direction, many) => this.moveStep(many ? toDigits(state.dx * 10 ** direction, 3) : model.nextRound(state.dx, direction)),
      toStep: (which) => this.moveStep(model.STEP_LIMITS[which]),
      togglePlay: () => (this.play.running ? this.play.stop() : this.startPlay()),
      stepDown: () => (this.play.stop(), this.play.step()),
      speed: () => {
        this.play.speed = SPEEDS[(SPEEDS.indexOf(this.play.speed) + 1) % SPEEDS.length]
        say(this.parts.speed, `${this.play.speed}×`)
      },
      zoom: (factor) => this.zoom(factor),
      zoomIn: () => this.zoom(2),
      zoomOut: () => this.zoom(0.5),
      fit: () => this.change(model.fit(state)),
      reset: () => (this.play.stop(), this.change(model.reset(state)), this.drawRows()),
      toggle: (scheme) => this.change(model.toggleScheme(state, scheme)),
      pin: (which) => this.pin(which === "focus" ? model.focusOf(state) : which),
      clear: () => this.change({ ...state, ghosts: [] }),
      closeTable: () => (this.change({ ...state, rows: [] }), this.drawRows()),
      present: () => this.present(!state.present),
      leave: () => (this.parts.keys.hidden ? this.present(false) : this.help(false)),
      nextScreen: () => this.change({ ...state, screen: SCREENS[(SCREENS.indexOf(state.screen) + 1) % SCREENS.length] }),
      help: () => this.help(this.parts.keys.hidden),
      svg: () => this.save("svg"),
      png: () => this.save("png"),
    }
    actions[name](...given)
    this.dressed = null
    this.touch()
  }

  /** One press of an arrow moves x by a fiftieth of what is seen, a round number. */
  pace() {
    return 10 ** Math.floor(Math.log10((this.state.frame.w / 25) * 1.0001)) * (this.state.frame.w / 25 >= 5 * 10 ** Math.floor(Math.log10(this.state.frame.w / 25)) ? 5 : 1)
  }

  startPlay() {
    this.state = { ...this.state, rows: [] }
    this.drawRows()
    this.play.start(performance.now())
    this.wake()
  }

  pin(role) {
    this.change(model.pin(this.state, role, this.text(`term.${role}`)))
  }

  save(format) {
    const views = [this.picture, this.errors].map((view) => view.svg).filter((svg) => svg.getClientRects().length)
    return download(format, views, this.palette, this.fixed.font, "numdiff")
  }

  help(on) {
    this.parts.keys.hidden = !on
    if (on) this.parts.keys.focus()
  }

  /** Into the projection mode or out of it: the top layer covers all of Streamlit's own surroundings. */
  present(on) {
    if (this.state.present === on && this.root.classList.contains("present") === on) return
    this.state = { ...this.state, present: on }
    this.root.classList.toggle("present", on)
    if (on) {
      this.root.setAttribute("popover", "manual")
      this.root.showPopover()
      this.picture.handles.point.focus({ preventScroll: true })
    } else {
      this.root.hidePopover()
      this.root.removeAttribute("popover")
      this.help(false)
    }
  }

  /** A quotient that the animation has met goes into the table, unless it stands there already. */
  addRow(dx) {
    const { state } = this
    const role = model.focusOf(state)
    const value = model.facts(state, 100).quotients[role]
    if (state.rows.some((row) => row.dx === dx && row.role === role)) return
    this.state = { ...state, rows: [...state.rows, { dx, role, value }] }
    this.drawRows()
  }

  drawRows() {
    const { rows } = this.state
    this.parts.table.hidden = rows.length === 0
    const list = this.parts.rows
    while (list.children.length > rows.length) list.lastChild.remove()
    rows.forEach(({ dx, role, value }, index) => {
      const item = list.children[index] ?? list.appendChild(document.createElement("li"))
      item.className = role
      const cells = [stepText(toDigits(dx, 3)), full(value)].map((words) => Object.assign(document.createElement("span"), { textContent: words }))
      item.replaceChildren(...cells)
    })
    list.lastElementChild?.scrollIntoView({ block: "nearest" })
    this.touch()
  }

  look(view, scale, title = 0) {
    const rect = view.svg.getBoundingClientRect()
    const box = boxOf(rect.width, rect.height, scale, title)
    return { box, palette: this.palette, scale, text: this.text }
  }

  dress() {
    const { present, screen } = this.state
    this.palette = paletteOf(this.root, this.fixed.themes, present)
    this.root.dataset.screen = present ? screen : "both"
    this.root.dataset.theme = this.palette.name
    this.scale = present ? Math.max(1.25, Math.min(window.innerHeight, window.innerWidth * 0.7) / 480) : typeScale()
    for (const [name, role] of Object.entries(this.palette.roles)) this.root.style.setProperty(`--role-${name}`, role.color)
    this.readout.dress(this.palette, this.text)
    say(this.parts.formula, `f(${this.state.name}) = ${this.state.title}`)
    this.dressed = true
  }

  draw() {
    this.isDirty = false
    if (!this.dressed) this.dress()
    const { state, text, scale } = this
    const isSeen = (view) => view.svg.getClientRects().length > 0
    const look = this.look(this.picture, scale)
    this.seen = model.facts(state, look.box.width)
    if (isSeen(this.picture)) this.picture.draw(state, this.seen, look)
    if (isSeen(this.errors)) this.errors.draw(state, this.seen, this.look(this.errors, scale, 14 * scale))
    this.readout.draw(state, this.seen, text)
    this.drawWords()
  }

  drawWords() {
    const { state, seen, text, parts } = this
    const x = full(state.x, false)
    const dx = stepText(toDigits(state.dx, 3))
    say(parts.now, `${state.name} = ${x}   Δ${state.name} = ${dx}`)
    say(this.slider.previousElementSibling, `Δ${state.name}`)
    const [id, values] = model.remark(state, seen, this.picture.straight)
    say(parts.remark, id ? text(`remark.${id}`, values) : "")
    const depth = seen.magnification
    const isNear = depth > 0.999 && depth < 1.001
    say(parts.caption, isNear ? "" : text("scale", { times: rounded(depth, 3), width: rounded(2 * state.frame.w, 2) }))
    parts.clear.hidden = state.ghosts.length === 0
    parts.play.classList.toggle("running", this.play.running)
    const exponent = Math.min(Math.max(Math.log10(state.dx), -16), 1)
    if (!this.isHeld || this.root.getRootNode().activeElement !== this.slider) this.slider.value = String(exponent)
    say(this.output, dx)
    this.drawValues(x, dx, exponent)
  }

  /** The values of the sliders for those who do not see them. */
  drawValues(x, dx, exponent) {
    const { state, picture } = this
    const set = (node, low, high, now, words) => {
      const values = { min: low, max: high, now, text: words }
      for (const name in values) {
        if (node[`value_${name}`] === values[name]) continue
        node[`value_${name}`] = values[name]
        node.setAttribute(`aria-value${name}`, String(values[name]))
      }
    }
    set(picture.handles.point, state.frame.x - state.frame.w, state.frame.x + state.frame.w, state.x, `${state.name} = ${x}`)
    for (const node of [picture.handles.second, this.errors.handle]) set(node, -16, 1, exponent, `Δ${state.name} = ${dx}`)
    if (this.slider.valueWords !== dx) this.slider.setAttribute("aria-valuetext", (this.slider.valueWords = dx))
  }

  /** Ends everything that this instance started. */
  end() {
    clearTimeout(this.timer)
    if (this.request) cancelAnimationFrame(this.request)
    this.resize.disconnect()
    this.ending.abort()
  }
}

/** How much larger than usual the page's type is, as for a projector. */
const typeScale = () => Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16)

/** Δx from the slider's exponent: two digits, and the power of ten itself close to one. */
export function stepFrom(exponent) {
  const whole = Math.round(exponent)
  return Math.abs(exponent - whole) < 0.03 ? Number(`1e${whole}`) : toDigits(10 ** exponent, 2)
}

const instances = new WeakMap()

/** Streamlit calls this for every change of data or theme; the clean-up runs when the place is gone. */
export function mount(component, fixed) {
  const { parentElement } = component
  let canvas = instances.get(parentElement)
  if (!canvas) {
    canvas = new Canvas(parentElement, fixed)
    instances.set(parentElement, canvas)
  }
  canvas.receive(component)
  return () => {
    canvas.end()
    instances.delete(parentElement)
  }
}
