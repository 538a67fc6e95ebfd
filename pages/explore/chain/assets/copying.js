const SOURCE = 'annotation[encoding="application/x-tex"]'
const watchers = new WeakMap()

// the clipboard is closed to pages that come over plain http from another machine, as in a classroom
const copyByHand = (text) => {
  const field = document.createElement("textarea")
  field.value = text
  field.style.cssText = "position: fixed; opacity: 0"
  document.body.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
}
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    copyByHand(text)
  }
}
const button = (formula, words) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "nd-copy"
  made.textContent = "LaTeX"
  made.title = words.copy
  made.setAttribute("aria-label", words.copy)
  made.addEventListener("click", async () => {
    await copy(formula.querySelector(SOURCE)?.textContent ?? "")
    made.textContent = words.copied
    setTimeout(() => (made.textContent = "LaTeX"), 1200)
  })
  return made
}
const equip = (scope, words) => {
  for (const formula of scope.querySelectorAll(".katex-display")) {
    const place = formula.parentElement
    if (!place || [...place.children].some((child) => child.classList.contains("nd-copy"))) continue
    place.classList.add("nd-formula")
    place.append(button(formula, words))
  }
}
export default function ({ data, parentElement }) {
  const scope = document.querySelector(data.scope)
  if (!scope) return
  const old = watchers.get(parentElement)
  if (old) old.disconnect()
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      equip(scope, data)
    })
  }
  const watcher = new MutationObserver(soon)
  watcher.observe(scope, { childList: true, subtree: true })
  watchers.set(parentElement, watcher)
  soon()
  return () => watcher.disconnect()
}
