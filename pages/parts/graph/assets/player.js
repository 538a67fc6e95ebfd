/** Which step comes when, and what is seen by then. No drawing here: plain data in, plain data out. */

/** @typedef {{phase: "forward" | "backward", node: string}} Step */

/**
 * The steps of one way through the graph: values forward, then in reverse mode adjoints back to the inputs.
 * @param {string[]} nodes ids, each after its operands @param {boolean} goesBack
 * @returns {Step[]}
 */
export function stepsOf(nodes, goesBack) {
  const forward = nodes.map((node) => ({ phase: "forward", node }))
  const backward = goesBack ? [...nodes].reverse().map((node) => ({ phase: "backward", node })) : []
  return [...forward, ...backward]
}

/**
 * What is seen after `done` steps.
 * @param {Step[]} steps @param {number} done @param {boolean} goesBack
 * @returns {{values: Set<string>, below: Set<string>, current: Step | null}} nodes with a value, with a number below it
 */
export function seenAfter(steps, done, goesBack) {
  const past = steps.slice(0, done)
  const values = new Set(past.filter((step) => step.phase === "forward").map((step) => step.node))
  const back = new Set(past.filter((step) => step.phase === "backward").map((step) => step.node))
  const isWhole = done >= steps.length
  return { values, below: goesBack ? back : values, current: done && !isWhole ? past[past.length - 1] : null }
}

/** How far one has come, for whoever moves on by a key or a button. @returns {number} */
export function moved(done, action, total) {
  const next = { first: 0, back: done - 1, next: done + 1, last: total }[action]
  return Math.min(Math.max(next, 0), total)
}

/**
 * The edges on all paths through a node.
 * @param {{key: string, source: string, target: string}[]} edges @param {string} id
 * @returns {Set<string>} their keys
 */
export function pathsThrough(edges, id) {
  const found = new Set()
  const follow = (from, near, far) => {
    const reached = new Set([from])
    const waiting = [from]
    while (waiting.length) {
      const now = waiting.pop()
      for (const edge of edges) {
        if (edge[near] !== now) continue
        found.add(edge.key)
        if (!reached.has(edge[far])) waiting.push(edge[far])
        reached.add(edge[far])
      }
    }
  }
  follow(id, "source", "target")
  follow(id, "target", "source")
  return found
}

/** The edges along which a step's number comes. @returns {Set<string>} */
export function flowing(edges, step) {
  if (!step) return new Set()
  const near = step.phase === "forward" ? "target" : "source"
  return new Set(edges.filter((edge) => edge[near] === step.node).map((edge) => edge.key))
}

/**
 * How much the picture is enlarged: to its place's width, or to half of the window's height if that is less; a little
 * smaller than drawn where it would not fit, but never so that its letters cannot be read: then it scrolls.
 * @param {[number, number]} size of the picture @param {number} place its width @param {number} window its height
 */
export function scaleFor([width, height], place, window) {
  if (!(width > 0 && height > 0 && place > 0)) return 1
  const least = place < 600 ? 1 : 0.88
  const across = Math.max(place / width, least)
  return across <= 1 ? across : Math.min(across, Math.max(1, (0.5 * window) / height), 1.25)
}
