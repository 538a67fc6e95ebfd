const closeFalseAlarm = (page) => {
  if (!page || !location.pathname.replace(/\/$/, "").endsWith("/" + page)) return
  const dialog = document.querySelector('[data-testid="stDialog"]')
  const alarm = dialog && /page that you have requested does not seem to exist/.test(dialog.textContent)
  if (alarm) dialog.querySelector('button[aria-label="Close"]')?.click()
}
export default function ({ data }) {
  document.documentElement.lang = data.language
  closeFalseAlarm(data.page)
  const wanted = new URLSearchParams(data.query)
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("embed")) wanted.append(name, value)
  }
  const address = location.pathname + "?" + wanted + location.hash
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, "", address)
  }
}
