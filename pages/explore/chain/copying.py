"""A button beside every formula that copies its LaTeX.

Streamlit typesets formulas with KaTeX, which keeps the LaTeX beside the picture; one small script for the whole page
reads it there, so that hundreds of formulas cost the server nothing.
"""

from __future__ import annotations

import streamlit as st

from pages.parts.i18n import Translator

SCOPE = "chain_formulas"
"""The key of the container in which formulas get a button."""

_SCRIPT = """
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
"""

_copying = st.components.v2.component("numdiff_copying", js=_SCRIPT)


def copy_buttons(_: Translator) -> None:
    """Give every displayed formula in the container :data:`SCOPE` its button; draw it last on the page."""
    words = {"copy": _("chain.copy"), "copied": _("chain.copied")}
    _copying(data={"scope": f".st-key-{SCOPE}", **words}, key="chain_copying", height=1)
