/** Numbers as a reader sees them, with the digits that Python's repr gives. */

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

/** `-4` → `10⁻⁴`. @param {number} exponent @returns {string} */
export function powerOfTen(exponent) {
  return "10" + [...String(exponent)].map((sign) => SUPERSCRIPTS[sign]).join("")
}

/**
 * Mantissa digits and decimal exponent of a finite number's shortest form: JavaScript and Python agree on the digits.
 * @param {string} text from String(), toExponential()
 * @returns {{digits: string, exponent: number}}
 */
function decimal(text) {
  const [mantissa, power] = text.split("e")
  const [whole, part = ""] = mantissa.split(".")
  const all = whole + part
  const lead = all.search(/[1-9]/)
  if (lead < 0) return { digits: "0", exponent: 0 }
  return { digits: all.slice(lead).replace(/0+$/, ""), exponent: whole.length - 1 - lead + Number(power || 0) }
}

/** Digits with a point after the first. */
const pointed = (digits) => (digits.length > 1 ? digits[0] + "." + digits.slice(1) : digits)

/** Digits without a power of ten. */
function positional(digits, exponent) {
  if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + digits
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")
  return digits.length > exponent + 1 ? whole + "." + digits.slice(exponent + 1) : whole
}

function withPower(sign, mantissa, exponent) {
  if (exponent === 0) return sign + mantissa
  return sign + (mantissa === "1" ? "" : mantissa + "·") + powerOfTen(exponent)
}

/** What stands for NaN and the infinities. */
const special = (value) => (Number.isNaN(value) ? "NaN" : value < 0 ? "−∞" : "∞")

/**
 * All digits of a double, as Python's repr has them (`6.000000000012662`), a power of ten where repr has one.
 * @param {number} value @param {boolean} [keepPoint] `6.0` and not `6`
 */
export function full(value, keepPoint = true) {
  if (!Number.isFinite(value)) return special(value)
  const sign = value < 0 || Object.is(value, -0) ? "−" : ""
  const { digits, exponent } = decimal(String(Math.abs(value)))
  if (exponent < -4 || exponent >= 16) return withPower(sign, pointed(digits), exponent)
  const text = positional(digits, exponent)
  return sign + text + (keepPoint && !text.includes(".") ? ".0" : "")
}

/** Rounded to `count` digits, always with a power of ten: `1.8·10⁻⁷`. */
export function scientific(value, count = 2) {
  if (!Number.isFinite(value)) return special(value)
  if (value === 0) return "0"
  const [mantissa, power] = Math.abs(value).toExponential(count - 1).split("e")
  return withPower(value < 0 ? "−" : "", mantissa, Number(power))
}

/** Rounded to `count` digits, a power of ten only where it is needed: `0.018`, `1.8·10⁻⁷`. */
export function rounded(value, count = 3) {
  if (!Number.isFinite(value)) return special(value)
  if (value === 0) return "0"
  const { digits, exponent } = decimal(Math.abs(value).toExponential(count - 1))
  const sign = value < 0 ? "−" : ""
  const plain = exponent >= -3 && exponent < Math.max(count, 4)
  return plain ? sign + positional(digits, exponent) : scientific(value, count)
}

/** A step as a person writes it: `10⁻⁴`, `2·10⁻⁵`, `0.5`, as pages/parts/numbers.py does. @param {number} value */
export function stepText(value) {
  if (!Number.isFinite(value) || value === 0) return full(value, false)
  const { digits, exponent } = decimal(String(Math.abs(value)))
  const isBarePower = digits === "1" && (exponent <= -2 || exponent >= 4)
  if (!isBarePower && exponent >= -4 && exponent <= 6) return positional(digits, exponent)
  return withPower("", pointed(digits), exponent)
}

/** Rounded to a number of significant digits, as a number. */
export const toDigits = (value, count) => Number(value.toPrecision(count))

/**
 * Rounded to a multiple of a power of ten not greater than `grain`, so that a dragged point has a number worth reading.
 * @param {number} value @param {number} grain
 */
export function toGrain(value, grain) {
  const power = Math.floor(Math.log10(grain))
  if (power >= 0) return Math.round(value / 10 ** power) * 10 ** power
  if (power < -15) return value
  return Number(value.toFixed(Math.min(100, -power)))
}

/** Distance from a double to the next greater one. @param {number} value */
export function spacing(value) {
  const size = Math.abs(value)
  if (!Number.isFinite(size)) return NaN
  if (size < 2 ** -1021) return Number.MIN_VALUE
  let power = Math.floor(Math.log2(size))
  if (2 ** power > size) power -= 1
  else if (2 ** (power + 1) <= size) power += 1
  return 2 ** Math.max(power - 52, -1074)
}

/** How long the common beginning of two texts is, if it has a digit in it. */
export function agreement(text, exact) {
  let length = 0
  while (length < text.length && length < exact.length && text[length] === exact[length]) length += 1
  return /\d/.test(text.slice(0, length)) && !text.slice(0, length).includes("·") ? length : 0
}
