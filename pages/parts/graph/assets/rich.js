/** Text with raised parts, as HTML or SVG. It is only ever set as text, never as markup. */

/** @typedef {[string, number][]} Rich pieces of text, each with how often it is raised */

const SVG = "http://www.w3.org/2000/svg"
const SMALLER = 0.72
const RISE = 0.38

/** @param {string} tag @param {Record<string, string | number>} [attributes] @param {string} [text] */
export function svg(tag, attributes = {}, text = undefined) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  if (text !== undefined) element.textContent = text
  return element
}

/** @param {string} tag @param {string} [name] class @param {string} [text] */
export function html(tag, name = "", text = undefined) {
  const element = document.createElement(tag)
  if (name) element.className = name
  if (text !== undefined) element.textContent = text
  return element
}

/** @param {HTMLElement} element @param {Rich} pieces */
export function writeHtml(element, pieces) {
  element.replaceChildren(
    ...pieces.map(([text, level]) => {
      if (!level) return document.createTextNode(text)
      let piece = html("sup", "", text)
      for (let again = 1; again < level; again += 1) {
        const outer = html("sup")
        outer.append(piece)
        piece = outer
      }
      return piece
    }),
  )
  return element
}

/** @param {SVGTextElement} element @param {Rich} pieces @param {number} size of its letters in px */
export function writeSvg(element, pieces, size) {
  let height = 0
  element.replaceChildren(
    ...pieces.map(([text, level]) => {
      const wanted = [...Array(level).keys()].reduce((sum, deep) => sum + RISE * size * SMALLER ** deep, 0)
      const attributes = { dy: (height - wanted).toFixed(2), ...(level ? { "font-size": (size * SMALLER ** level).toFixed(2) } : {}) }
      height = wanted
      return svg("tspan", attributes, text)
    }),
  )
  return element
}

/** @param {Rich} pieces */
export const plain = (pieces) => pieces.map(([text]) => text).join("")
