/** The catalogue's sentences, filled in. */

/**
 * @param {Record<string, string>} messages by id
 * @returns {(id: string, values?: Record<string, string>) => string}
 */
export function speaker(messages) {
  return (id, values = {}) => {
    const sentence = messages[id]
    if (sentence === undefined) throw new Error(`no message ${id}`)
    return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
  }
}

const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"]

/** A typed formula a little nearer to print: x^2 as x², * as ·, - as −. @param {string} text */
export function typeset(text) {
  const raised = text.replace(/\^(-?)(\d+)(?![\d.])/g, (_, sign, digits) => (sign && "⁻") + [...digits].map((digit) => RAISED[digit]).join(""))
  return raised.replace(/\s*\*\s*/g, "·").replace(/-/g, "−")
}
