/** The graph on the page: steps forward and back, looks at a node, and tells Python which one. */

import { Drawing } from "./drawing.js"
import { flowing, moved, pathsThrough, scaleFor, seenAfter, stepsOf } from "./player.js"
import { html, writeHtml } from "./rich.js"
import { Table } from "./table.js"

const PAUSE = 1000
const KEYS = { ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last" }

/** True if a CSS colour (#rrggbb, rgb()) is dark. @param {string} color */
export function isDark(color) {
  const text = color.trim()
  const channels = text.startsWith("#")
    ? [1, 3, 5].map((start) => parseInt(text.length === 4 ? text[(start + 1) / 2].repeat(2) : text.slice(start, start + 2), 16))
    : (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  return channels.length === 3 && 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2] < 128
}

class View {
  constructor(parent) {
    this.root = parent.querySelector(".graph")
    this.parts = Object.fromEntries([...this.root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]))
    this.drawing = new Drawing(this.parts.picture)
    this.table = new Table(this.parts.table)
    this.mode = 0
    this.done = Infinity
    this.chosen = null
    this.hovered = null
    this.isStepping = false
    this.revision = null
    this.ending = new AbortController()
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(this.parts.stage)
    this.listen()
  }

  receive({ data, setStateValue }) {
    const isNew = data.scene.shape !== this.data?.shape
    this.send = (node) => setStateValue("chosen", { node, revision: data.revision })
    this.data = data.scene
    if (isNew) {
      this.halt()
      this.mode = 0
      this.done = Infinity
      this.drawing.make(this.data)
    }
    if (data.revision !== this.revision) {
      this.revision = data.revision
      this.chosen = data.chosen
      this.isStepping = false
    }
    this.broken = new Set(this.data.edges.filter((edge) => edge.broken).map((edge) => edge.key))
    this.dress()
    this.begin()
    this.fit()
  }

  /** Words and what does not change with a step. */
  dress() {
    const { words, modes, numbers } = this.data
    this.root.dataset.theme = isDark(getComputedStyle(this.root).getPropertyValue("--st-background-color")) ? "dark" : "light"
    for (const name of ["first", "back", "next", "last"]) this.name(this.parts[name], words[name])
    this.parts.picture.setAttribute("aria-label", words.picture)
    this.parts.stage.setAttribute("aria-label", words.keys)
    this.parts.bar.hidden = !numbers
    this.parts.spoken.replaceChildren(...this.data.spoken.map((text) => html("li", "", text)))
    this.parts.caption.textContent = words.table
    const buttons = modes.map((mode, number) => {
      const button = html("button", "", mode.label)
      button.type = "button"
      button.dataset.mode = String(number)
      return button
    })
    this.parts.modes.replaceChildren(...buttons)
    this.parts.modes.hidden = modes.length < 2
  }

  name(button, text) {
    button.setAttribute("aria-label", text)
    button.title = text
  }

  /** The steps of the mode chosen. */
  begin() {
    const mode = this.data.modes[this.mode]
    this.goesBack = mode.phase === 1
    this.steps = stepsOf(this.data.nodes.map((node) => node.id), this.goesBack)
    this.done = Math.min(this.done, this.steps.length)
    this.table.make(this.data, this.mode)
    this.root.dataset.mode = this.goesBack ? "adjoint" : "tangent"
    for (const button of this.parts.modes.children) button.setAttribute("aria-pressed", String(Number(button.dataset.mode) === this.mode))
    const { words } = this.data
    const numbers = [["value", words["legend.value"]], ["below", mode.legend]]
    const legend = [...(this.data.numbers ? numbers : []), ["slope", words["legend.slope"]]]
    this.parts.legend.replaceChildren(...legend.map(([name, text]) => html("li", name, text)))
    this.draw()
  }

  draw() {
    const { data, steps, done } = this
    const seen = seenAfter(steps, done, this.goesBack)
    const looked = this.hovered ?? (seen.current && this.isStepping ? null : this.chosen)
    this.drawing.write(data, seen, this.mode)
    this.drawing.mark({
      step: seen.current,
      flow: flowing(data.edges, seen.current),
      chosen: looked ?? this.chosen,
      paths: looked ? pathsThrough(data.edges, looked) : new Set(),
      broken: this.broken,
    })
    this.table.mark(seen, looked ?? this.chosen, data.numbers)
    this.say(seen.current, looked)
    for (const name of ["first", "back"]) this.parts[name].setAttribute("aria-disabled", String(done === 0))
    for (const name of ["next", "last"]) this.parts[name].setAttribute("aria-disabled", String(done === steps.length))
    this.parts.count.textContent = `${done} / ${steps.length}`
    this.parts.play.classList.toggle("running", Boolean(this.timer))
    this.name(this.parts.play, data.words[this.timer ? "pause" : "play"])
  }

  /** One line: the step, or the node looked at. */
  say(step, looked) {
    const { data, parts } = this
    const node = data.nodes.find((other) => other.id === looked)
    if (node) return void writeHtml(parts.now, node.says)
    if (!step) return void (parts.now.textContent = this.done === 0 && data.numbers ? data.words.forward : data.words.all)
    const row = data.rows.find((other) => other.node === step.node)
    const sum = step.phase === "backward" ? row.below[0] : null
    const [symbol, formula, value] = sum ? [sum.symbol, sum.formula, sum.value] : [row.symbol, row.formula, row.value]
    const word = data.words[step.phase]
    const { relation } = sum ?? row
    parts.now.replaceChildren(html("b", step.phase, word), "  ", symbol, formula.length ? " = " : "", writeHtml(html("span"), formula), ` ${relation} ${value}`)
    if (sum?.paths > 1) parts.now.append(html("small", "", data.words.sum))
    if (sum?.note) parts.now.append(html("small", "", sum.note))
  }

  /** Enlarges the picture to its place. */
  fit() {
    if (!this.data) return
    const [width, height] = this.data.size
    const scale = scaleFor(this.data.size, this.parts.stage.clientWidth, window.innerHeight)
    this.parts.picture.style.width = `${width * scale}px`
    this.parts.picture.style.height = `${height * scale}px`
    this.scale = scale
  }

  go(action) {
    this.done = moved(this.done, action, this.steps.length)
    this.isStepping = true // the step is told, and the node chosen waits
    this.hovered = null
    this.draw()
    this.follow()
  }

  /** Brings the current node into sight, inside the picture's own box only. */
  follow() {
    const step = this.steps[this.done - 1]
    const node = step && this.data.nodes.find((other) => other.id === step.node)
    if (!node) return
    const { stage } = this.parts
    const x = node.box[0] * this.scale
    const margin = Math.min(120, stage.clientWidth / 3)
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
    if (x < stage.scrollLeft + margin || x > stage.scrollLeft + stage.clientWidth - margin)
      stage.scrollTo({ left: x - stage.clientWidth / 2, behavior: isCalm ? "instant" : "smooth" })
  }

  play() {
    if (this.timer) return this.stop()
    if (this.done >= this.steps.length) this.done = 0
    const turn = () => {
      this.go("next")
      if (this.done >= this.steps.length) this.stop()
    }
    this.timer = setInterval(turn, PAUSE)
    turn()
  }

  halt() {
    clearInterval(this.timer)
    this.timer = null
  }

  stop() {
    this.halt()
    this.draw()
  }

  /** A node is looked at until another one is, or the same one again. */
  choose(id) {
    this.chosen = this.chosen === id ? null : id
    this.isStepping = false
    this.hovered = null
    this.draw()
    this.send(this.chosen)
  }

  hover(id) {
    if (this.hovered === id) return
    this.hovered = id
    this.draw()
  }

  /** The next node up or down the list, by the keyboard. */
  walk(direction) {
    const ids = this.data.nodes.map((node) => node.id)
    const now = ids.indexOf(this.hovered ?? this.chosen)
    this.hover(ids[now < 0 ? (direction > 0 ? 0 : ids.length - 1) : (now + direction + ids.length) % ids.length])
  }

  listen() {
    const { signal } = this.ending
    const on = (part, type, action) => part.addEventListener(type, action, { signal })
    const idAt = (event) => event.target.closest?.("[data-id]")?.dataset.id ?? null
    for (const name of ["first", "back", "next", "last"]) {
      on(this.parts[name], "click", () => {
        this.stop()
        this.go(name)
      })
    }
    on(this.parts.play, "click", () => this.play())
    on(this.parts.modes, "click", (event) => {
      const mode = event.target.closest("button")?.dataset.mode
      if (mode === undefined) return
      this.stop()
      const isWhole = this.done >= this.steps.length
      this.mode = Number(mode)
      if (isWhole) this.done = Infinity
      this.begin()
    })
    for (const part of [this.parts.picture, this.parts.table]) {
      on(part, "click", (event) => idAt(event) && this.choose(idAt(event)))
      on(part, "pointerover", (event) => event.pointerType === "mouse" && this.hover(idAt(event)))
      on(part, "pointerleave", () => this.hover(null))
    }
    on(this.parts.stage, "keydown", (event) => this.key(event))
    on(this.parts.stage, "blur", () => this.hover(null))
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (!this.data.numbers && (event.key in KEYS || event.key === " ")) return
    const looked = this.hovered ?? this.chosen
    if (event.key in KEYS) {
      this.stop()
      this.go(KEYS[event.key])
    } else if (event.key === " ") this.play()
    else if (event.key === "ArrowDown") this.walk(1)
    else if (event.key === "ArrowUp") this.walk(-1)
    else if (event.key === "Enter" && looked) this.choose(looked)
    else if (event.key === "Escape" && looked) this.chosen ? this.choose(this.chosen) : this.hover(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  end() {
    this.halt()
    this.resize.disconnect()
    this.ending.abort()
  }
}

const views = new WeakMap()

/** Streamlit calls this for every change of data or theme; the clean-up runs when the place is gone. */
export function mount(component) {
  const { parentElement } = component
  let view = views.get(parentElement)
  if (!view) {
    view = new View(parentElement)
    views.set(parentElement, view)
  }
  view.receive(component)
  return () => {
    view.end()
    views.delete(parentElement)
  }
}
