/** The trace table: one row for each node, values to the left, what flows along to the right. */

import { html, writeHtml } from "./rich.js"

/** A cell with a symbol, an equals sign and a formula. */
function equation(name, symbol, formula) {
  const cell = html("td", name)
  const inner = html("span")
  if (formula.length) inner.append(`${symbol} = `, writeHtml(html("span"), formula))
  else inner.append(symbol)
  cell.append(inner)
  return cell
}

function number(name, text, relation) {
  const cell = html("td", `number ${name}`)
  if (text) cell.append(html("span", "relation", relation), ` ${text}`)
  return cell
}

export class Table {
  /** @param {HTMLTableElement} place */
  constructor(place) {
    this.place = place
    this.rows = new Map()
  }

  /** @param {any} data the scene @param {number} mode which numbers flow along */
  make(data, mode) {
    const { words } = data
    const head = html("thead")
    const groups = html("tr")
    const columns = html("tr")
    const parts = [
      ["value", `${words.forward} ↓`],
      ["below", `${data.modes[mode].label} ${data.modes[mode].phase ? "↑" : "↓"}`],
    ]
    for (const [name, text] of parts) {
      const cell = html("th", name, text)
      cell.colSpan = data.numbers ? 3 : 1
      cell.scope = "colgroup"
      groups.append(cell)
      for (const word of data.numbers ? ["formula", "put_in", "value"] : ["formula"]) {
        const column = html("th", `${name} ${word}`, words[word])
        column.scope = "col"
        columns.append(column)
      }
    }
    head.append(groups, columns)
    const body = html("tbody")
    this.rows.clear()
    for (const row of data.rows) body.append(this.row(row, row.below[mode], data.numbers))
    this.place.dataset.mode = mode ? "tangent" : "adjoint"
    this.place.replaceChildren(head, body)
  }

  row(row, sum, hasNumbers) {
    const line = html("tr")
    line.dataset.id = row.node
    const left = [equation("value", row.symbol, row.formula)]
    const right = [equation("below", sum.symbol, sum.formula)]
    if (hasNumbers) {
      left.push(writeHtml(html("td", "put value"), row.put), number("value", row.value, row.relation))
      right.push(writeHtml(html("td", "put below"), sum.put), number("below", sum.value, sum.relation))
      if (sum.note) right[2].append(html("span", "note", sum.note))
    }
    line.append(...left, ...right)
    this.rows.set(row.node, { line, left: left.slice(hasNumbers ? 1 : 0), right: right.slice(hasNumbers ? 1 : 0) })
    return line
  }

  /** Shows what has been seen so far, and marks the row of the current step and of the node looked at. */
  mark(seen, chosen, hasNumbers) {
    const { current } = seen
    for (const [id, { line, left, right }] of this.rows) {
      if (hasNumbers) {
        for (const cell of left) cell.classList.toggle("unseen", !seen.values.has(id))
        for (const cell of right) cell.classList.toggle("unseen", !seen.below.has(id))
      }
      line.classList.toggle("chosen", chosen === id)
      line.classList.toggle("current", current?.node === id)
      line.classList.toggle("backward", current?.node === id && current.phase === "backward")
    }
  }
}
