let last = null
const letGo = (event) => {
  const group = event.detail > 0 && event.target.closest?.('.stMain [data-testid="stButtonGroup"]')
  if (group) setTimeout(() => group.contains(document.activeElement) && document.activeElement.blur(), 0)
}
export default function ({ data }) {
  if (last !== null && last !== data.section) document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 })
  last = data.section
  document.addEventListener("click", letGo, true)  // the same function is listened to only once
  return () => document.removeEventListener("click", letGo, true)
}
