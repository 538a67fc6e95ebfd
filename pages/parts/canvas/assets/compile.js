/** From the printed expression to a function: only our own printer's words are let through. */

const HEADER = /^\(([A-Za-z_$][\w$]*)?\) => /
const TOKEN = /\s*(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w$.])|Math\.([A-Za-z0-9]+)|([A-Za-z_$][\w$]*)|(===|!==|<=|>=|&&|\|\||[-+*/(),<>?:]))/y

/** After what a minus may be the sign of an operand. */
const BEFORE_A_SIGN = new Set(["", "(", ",", "?", ":", "<", ">", "<=", ">=", "===", "!==", "&&", "||"])

/** True for a function or constant of Math that gives the same value for the same numbers. */
const isMember = (name) => name !== "random" && Object.prototype.hasOwnProperty.call(Math, name)

/**
 * @callback RealFunction
 * @param {number} x
 * @returns {number} NaN or an infinity where there is no value
 */

/** True if a sign may stand here: an operator between operands, or a minus before one. No comment, regex or ++. */
function isInPlace(sign, afterOperand, before) {
  if (sign === "(") return true
  if (afterOperand) return true
  return (sign === "-" && BEFORE_A_SIGN.has(before)) || (sign === ")" && before === "(")
}

/**
 * Checks that an expression holds numbers, NaN, + - * / ( ) , its own parameter, members of Math and helpers,
 * comparisons and ? : between them, each in its place, and nothing else: no assignment, no text, no property, no
 * statement.
 * @param {string} code
 * @param {Iterable<string>} helpers names that may be called
 * @returns {boolean}
 */
export function isPrinted(code, helpers) {
  const header = HEADER.exec(code)
  if (!header || code.length > 20000) return false
  const known = new Set(helpers).add("NaN")
  let before = ""
  let afterOperand = false
  TOKEN.lastIndex = header[0].length
  while (TOKEN.lastIndex < code.length) {
    const token = TOKEN.exec(code)
    if (!token) return false
    const [, member, name, sign] = token
    if (member !== undefined && !isMember(member)) return false
    if (name !== undefined && name !== header[1] && !known.has(name)) return false
    if (sign === undefined ? afterOperand : !isInPlace(sign, afterOperand, before)) return false
    afterOperand = sign === undefined || sign === ")"
    before = sign ?? "operand"
  }
  return afterOperand
}

/**
 * @param {string} code printed by numdiff from the validated tree
 * @param {Record<string, Function>} [helpers] the printer's helpers
 * @returns {RealFunction}
 */
export function compile(code, helpers = {}) {
  const names = Object.keys(helpers)
  if (!isPrinted(code, names)) throw new Error("this is not a printed function")
  return new Function(...names, `"use strict"; return ${code}`)(...names.map((name) => helpers[name]))
}
