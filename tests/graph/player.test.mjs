import assert from "node:assert/strict"
import { test } from "node:test"
import { flowing, moved, pathsThrough, scaleFor, seenAfter, stepsOf } from "../../pages/parts/graph/assets/player.js"

const NODES = ["v0", "v1", "v2", "v3"]
const EDGES = [
  { key: "v1:1", source: "v0", target: "v1" },
  { key: "v2:1", source: "v0", target: "v2" },
  { key: "v3:0", source: "v1", target: "v3" },
  { key: "v3:1", source: "v2", target: "v3" },
]

test("values forward, then adjoints back", () => {
  const steps = stepsOf(NODES, true)
  assert.deepEqual(steps.map(({ phase, node }) => phase[0] + node), ["fv0", "fv1", "fv2", "fv3", "bv3", "bv2", "bv1", "bv0"])
  assert.equal(stepsOf(NODES, false).length, 4)
})

test("what is seen after some steps", () => {
  const steps = stepsOf(NODES, true)
  const begun = seenAfter(steps, 0, true)
  assert.deepEqual([begun.values.size, begun.below.size, begun.current], [0, 0, null])
  const half = seenAfter(steps, 5, true)
  assert.deepEqual([...half.values], NODES)
  assert.deepEqual([...half.below], ["v3"])
  assert.deepEqual(half.current, { phase: "backward", node: "v3" })
  assert.equal(seenAfter(steps, 8, true).current, null)
  const forward = seenAfter(stepsOf(NODES, false), 2, false)
  assert.deepEqual([...forward.below], ["v0", "v1"])
})

test("moving on stays within the steps", () => {
  assert.deepEqual(["first", "back", "next", "last"].map((action) => moved(0, action, 8)), [0, 0, 1, 8])
  assert.deepEqual(["first", "back", "next", "last"].map((action) => moved(8, action, 8)), [0, 7, 8, 8])
})

test("all paths through a node", () => {
  assert.deepEqual([...pathsThrough(EDGES, "v1")].sort(), ["v1:1", "v3:0"])
  assert.deepEqual([...pathsThrough(EDGES, "v0")].sort(), ["v1:1", "v2:1", "v3:0", "v3:1"])
})

test("what flows in a step", () => {
  assert.deepEqual([...flowing(EDGES, { phase: "forward", node: "v3" })], ["v3:0", "v3:1"])
  assert.deepEqual([...flowing(EDGES, { phase: "backward", node: "v0" })], ["v1:1", "v2:1"])
  assert.equal(flowing(EDGES, null).size, 0)
})

test("the picture fits its place, stays readable, and is not enlarged without need", () => {
  assert.equal(scaleFor([1000, 200], 1100, 720), 1.1)
  assert.equal(scaleFor([400, 200], 1200, 720), 1.25)
  assert.equal(scaleFor([400, 500], 1200, 720), 1)
  assert.equal(scaleFor([4000, 200], 1200, 720), 0.88)
  assert.equal(scaleFor([1300, 200], 1200, 720), 1200 / 1300)
  assert.equal(scaleFor([700, 200], 350, 800), 1)
  assert.equal(scaleFor([700, 200], 0, 800), 1)
})
