const element = (name, text, kind) => {
  const made = document.createElement(name)
  if (kind) made.className = kind
  made.textContent = text
  return made
}
export default function ({ data, parentElement }) {
  const note = element("div", "", "note")
  note.setAttribute("role", data.marked === null ? "status" : "alert")
  if (data.marked !== null) {
    const typed = element("div", "", "typed")
    typed.append(data.before, element("mark", data.marked), data.after)
    note.append(typed)
  }
  const sentence = element("div", "", "sentence")
  data.parts.forEach((part, place) => sentence.append(place % 2 ? element("code", part) : part))
  note.append(sentence)
  const old = parentElement.querySelector(".note")
  if (old) old.replaceWith(note)
  else parentElement.append(note)
}
