/** The numbers under the picture: a cell for each quotient, which is also its switch, and one for the tangent. */
import { agreement, full, rounded } from "./numbers.js"
import { focusOf, SCHEMES } from "./model.js"
import { create, marker, set, stroke } from "./svg.js"

const element = (name, kind, attributes = {}) => {
  const made = document.createElement(name)
  made.className = kind
  for (const key in attributes) made.setAttribute(key, attributes[key])
  return made
}

/** Sets text only where it differs. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** How many digits of an extrapolated slope mean something. */
export const meaningful = ({ value, error }) =>
  value === 0 ? 1 : Math.max(1, Math.min(15, Math.floor(Math.log10(Math.abs(value) / error))))

/** The slope of the tangent with the sign that may stand before it. */
export function tangentText(state, seen) {
  if (seen.known) return state.exact.text && `${state.exact.relation} ${state.exact.text}`
  if (Number.isNaN(seen.tangent.value)) return ""
  return `≈ ${rounded(seen.tangent.value, meaningful(seen.tangent))}`
}

export class Readout {
  /**
   * @param {HTMLElement} place
   * @param {(name: string) => void} onToggle @param {(name: string) => void} onPin
   */
  constructor(place, onToggle, onPin) {
    this.cells = {}
    place.replaceChildren()
    for (const name of [...SCHEMES, "tangent"]) {
      const cell = element("div", `cell ${name}`)
      const isScheme = name !== "tangent"
      const head = element(isScheme ? "button" : "div", "head", isScheme ? { type: "button", "aria-pressed": "false" } : {})
      const swatch = create("svg", { width: 34, height: 12, "aria-hidden": "true" })
      swatch.append(create("line", { x1: 0, x2: 34, y1: 6, y2: 6 }), create("path", { transform: "translate(17 6)" }))
      const title = element("span", "title")
      head.append(swatch, title)
      const pin = element("button", "pin", { type: "button" })
      pin.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 3h6l-1 7 4 4v1H6v-1l4-4zM12 15v6"/></svg>'
      const value = element("div", "value")
      const same = element("b", "same")
      const rest = element("span", "rest")
      const digits = element("span", "digits")
      const power = element("span", "power")
      digits.append(same, rest)
      value.append(digits, power)
      const error = element("div", "error")
      cell.append(head, pin, value, error)
      place.append(cell)
      if (isScheme) head.addEventListener("click", () => onToggle(name))
      pin.addEventListener("click", () => onPin(name))
      this.cells[name] = { cell, head, swatch, title, pin, same, rest, power, error }
    }
  }

  /** Words and colours: on a change of language or theme. */
  dress(palette, text) {
    for (const [name, cell] of Object.entries(this.cells)) {
      say(cell.title, text(`term.${name}`))
      cell.pin.setAttribute("aria-label", `${text("pin")}: ${text(`term.${name}`)}`)
      cell.pin.title = text("pin")
      const [line, dot] = cell.swatch.children
      const role = palette.roles[name]
      set(line, stroke(role, 1, 3))
      set(dot, { d: name === "tangent" ? "" : marker(role.symbol, 4.5), fill: role.color })
    }
  }

  draw(state, seen, text) {
    const exact = seen.known ? state.exact.text : ""
    const focus = focusOf(state)
    for (const name of SCHEMES) {
      const cell = this.cells[name]
      const isOn = state.schemes.includes(name)
      if (cell.isOn !== isOn) {
        cell.isOn = isOn
        cell.head.setAttribute("aria-pressed", String(isOn))
        cell.cell.classList.toggle("off", !isOn)
      }
      cell.cell.classList.toggle("focus", name === focus)
      const shown = isOn ? full(seen.quotients[name]) : ""
      const length = agreement(shown, exact)
      write(cell, isOn ? `→ ${shown}` : "", length + 2)
      say(cell.error, isOn ? errorText(seen.errors[name], text) : "")
      cell.pin.hidden = !isOn
    }
    const { tangent } = this.cells
    const value = tangentText(state, seen)
    write(tangent, value, value.length)
    say(tangent.error, value ? (seen.known ? text("exact") : text("extrapolated")) : text("no_tangent"))
    tangent.pin.hidden = !Number.isFinite(seen.tangent.value)
  }
}

/** Writes a value, the first signs bold; where there is no room its last digits give way, never its power of ten. */
function write(cell, value, bold) {
  const end = value.includes("·10") ? value.indexOf("·10") : value.length
  say(cell.same, value.slice(0, Math.min(bold, end)))
  say(cell.rest, value.slice(bold, end))
  say(cell.power, value.slice(end))
  cell.power.classList.toggle("same", bold > end)
}

function errorText(error, text) {
  if (Number.isNaN(error)) return ""
  return `${text("error")} ${error === 0 ? "= 0" : `≈ ${rounded(error, 3)}`}`
}
