/** The theme's colours for the page as it is: light or dark, and stronger for the projector. */

/** True if a CSS colour (#rgb, #rrggbb, rgb()) is dark. @param {string} color */
export function isDark(color) {
  const text = color.trim()
  let parts = (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  if (text.startsWith("#")) {
    const digits = text.length === 4 ? [...text.slice(1)].map((digit) => digit + digit).join("") : text.slice(1)
    parts = [0, 2, 4].map((start) => parseInt(digits.slice(start, start + 2), 16))
  }
  if (parts.length < 3 || parts.some(Number.isNaN)) return false
  return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 128
}

/** @param {HTMLElement} root @param {{light: object, dark: object}} themes @param {boolean} present */
export function paletteOf(root, themes, present) {
  const name = isDark(getComputedStyle(root).getPropertyValue("--st-background-color")) ? "dark" : "light"
  const theme = themes[name]
  if (!present) return { name, ...theme }
  const strong = name === "dark" ? { ink: "#FFFFFF", paper: "#000000", muted: "#C9CED6" } : { ink: "#000000", paper: "#FFFFFF", muted: "#454B53" }
  return { name, ...theme, ...strong, roles: { ...theme.roles, curve: { ...theme.roles.curve, color: strong.ink } } }
}
