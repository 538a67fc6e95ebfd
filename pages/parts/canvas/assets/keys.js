/** What each key does. Streamlit owns R and C. */

/**
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @returns {[string, ...any[]] | null} the name of an action and its arguments
 */
export function actionOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const many = event.shiftKey
  switch (event.key) {
    case "ArrowLeft":
      return ["nudge", -1, many]
    case "ArrowRight":
      return ["nudge", 1, many]
    case "ArrowUp":
      return ["scaleStep", many ? 10 : 2]
    case "ArrowDown":
      return ["scaleStep", many ? 0.1 : 0.5]
    case " ":
      return ["togglePlay"]
    case "Home":
      return ["reset"]
    case "Escape":
      return ["leave"]
    case "?":
      return ["help"]
    case "+":
    case "=":
      return ["zoom", 2]
    case "-":
    case "_":
      return ["zoom", 0.5]
    case "0":
      return ["fit"]
    case "1":
      return ["toggle", "forward"]
    case "2":
      return ["toggle", "backward"]
    case "3":
      return ["toggle", "central"]
  }
  switch (event.key.toLowerCase()) {
    case "z":
      return ["zoom", many ? 1 / 4 : 4]
    case "p":
      return ["present"]
    case "n":
      return ["stepDown"]
    case "v":
      return ["nextScreen"]
    case "g":
      return ["pin", many ? "tangent" : "focus"]
    case "x":
      return ["clear"]
  }
  return null
}

/**
 * What a key does on a slider, by WAI-ARIA's pattern. Anything else is left to {@link actionOf}.
 * @param {string} handle "point", "second", "error" @param {{key: string, shiftKey: boolean}} event
 * @returns {[string, ...any[]] | null}
 */
export function sliderActionOf(handle, { key, shiftKey }) {
  const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key]
  const isPoint = handle === "point"
  if (direction) return isPoint ? ["nudge", direction, shiftKey] : ["roundStep", direction, shiftKey]
  if (key === "PageUp" || key === "PageDown") {
    const page = key === "PageUp" ? 1 : -1
    return isPoint ? ["nudge", page, true] : ["roundStep", page, true]
  }
  if (key === "Home") return isPoint ? ["toEdge", -1] : ["toStep", 0]
  if (key === "End") return isPoint ? ["toEdge", 1] : ["toStep", 1]
  return null
}

/** True where letters are typed, so that keys are not commands. */
export function isTyping(target) {
  return Boolean(target?.closest?.("input:not([type=range]), textarea, select, [contenteditable=true], [role=textbox]"))
}
