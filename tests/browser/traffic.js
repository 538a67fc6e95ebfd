// Put into every page before its scripts: notes whether the server has answered all that the page has asked.
//
// Streamlit says "not running" until the first word of a new run arrives, so just after a click its word for it is
// worth nothing. Here a request for a run counts as answered once a run has begun and ended after it; a run that was
// ended early, to be begun again, does not count. Only the number of a message's field is read (BackMsg.proto and
// ForwardMsg.proto of Streamlit).
(() => {
  const RERUN = 11
  const BEGUN = 4
  const ENDED = 6
  const ENDED_EARLY = 2
  const traffic = { sent: 0, awaits: "begun", calm: 0 }
  window.traffic = traffic

  const number = (bytes, at) => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return [value, at]
    }
  }

  /** The fields of a message on its outermost level: number, and value where it is a number. */
  const fields = (bytes) => {
    const found = []
    for (let at = 0; at < bytes.length; ) {
      let tag, value
      ;[tag, at] = number(bytes, at)
      if ((tag & 7) === 0) [value, at] = number(bytes, at)
      else if ((tag & 7) === 2) {
        const [length, start] = number(bytes, at)
        at = start + length
      } else return found // Streamlit has no others here
      found.push([Math.floor(tag / 8), value])
    }
    return found
  }

  const sends = (data) => {
    if (!(data instanceof Uint8Array)) return
    traffic.sent += 1
    traffic.calm = 0
    if (fields(data).some(([field]) => field === RERUN)) traffic.awaits = "begun"
  }

  const hears = (data) => {
    if (!(data instanceof ArrayBuffer)) return
    traffic.calm = 0
    for (const [field, value] of fields(new Uint8Array(data))) {
      if (field === BEGUN && traffic.awaits === "begun") traffic.awaits = "ended"
      if (field === ENDED && traffic.awaits === "ended") traffic.awaits = value === ENDED_EARLY ? "begun" : null
    }
  }

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", ({ data }) => hears(data))
    }

    send(data) {
      sends(data)
      super.send(data)
    }
  }
})()
