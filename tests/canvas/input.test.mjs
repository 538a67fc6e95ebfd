import assert from "node:assert/strict"
import { test } from "node:test"
import { dragStep, dragX, pinched } from "../../pages/parts/canvas/assets/input.js"
import { actionOf, sliderActionOf } from "../../pages/parts/canvas/assets/keys.js"
import { mapping } from "../../pages/parts/canvas/assets/picture.js"
import { firstStep, nextDecade, Play } from "../../pages/parts/canvas/assets/play.js"
import { stepFrom } from "../../pages/parts/canvas/assets/main.js"
import { isDark } from "../../pages/parts/canvas/assets/palette.js"
import { typeset } from "../../pages/parts/canvas/assets/words.js"

const frame = { x: 0, y: 0, w: 3, h: 2 }
const box = { width: 600, height: 320 }
const map = mapping(frame, box)
const press = (key, more = {}) => actionOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

test("a drag gives round numbers", () => {
  assert.equal(dragX(map, 300), 0)
  assert.equal(dragX(map, 423), 1.23)
  assert.equal(dragStep(map, 400, 0, 1), 1)
  assert.equal(dragStep(map, 200, 0, -1), 1)
  assert.ok(dragStep(map, 290, 0, 1) > 0)
})

test("pinching brings what is between the fingers nearer", () => {
  const from = [{ x: 200, y: 160 }, { x: 400, y: 160 }]
  const to = [{ x: 100, y: 160 }, { x: 500, y: 160 }]
  assert.deepEqual(pinched(frame, box, from, to), { x: 0, y: 0, w: 1.5, h: 1 })
  const moved = pinched(frame, box, from, from.map((p) => ({ x: p.x + 100, y: p.y })))
  assert.deepEqual(moved, { x: -1, y: 0, w: 3, h: 2 })
})

test("keys", () => {
  assert.deepEqual(press("ArrowDown"), ["scaleStep", 0.5])
  assert.deepEqual(press("ArrowDown", { shiftKey: true }), ["scaleStep", 0.1])
  assert.deepEqual(press("Z", { shiftKey: true }), ["zoom", 0.25])
  assert.deepEqual(press(" "), ["togglePlay"])
  for (const key of ["r", "R", "c", "C", "Tab", "Enter"]) assert.equal(press(key), null)
  assert.equal(press("p", { ctrlKey: true }), null)
})

test("sliders follow WAI-ARIA", () => {
  assert.deepEqual(sliderActionOf("point", { key: "ArrowUp" }), ["nudge", 1, undefined])
  assert.deepEqual(sliderActionOf("second", { key: "ArrowLeft" }), ["roundStep", -1, undefined])
  assert.deepEqual(sliderActionOf("error", { key: "End" }), ["toStep", 1])
  assert.deepEqual(sliderActionOf("point", { key: "Home" }), ["toEdge", -1])
  assert.equal(sliderActionOf("point", { key: "z" }), null)
})

test("the limit runs down the decades to the end and stops", () => {
  assert.equal(nextDecade(1), 0.1)
  assert.equal(nextDecade(0.5), 0.1)
  assert.equal(nextDecade(1e-15), 1e-16)
  assert.equal(nextDecade(1e-16), null)
  assert.equal(firstStep(1e-7), 1)
  for (const still of [true, false]) {
    let dx = 1
    let frames = 0
    const met = []
    let ended = 0
    const play = new Play({ get: () => dx, move: (to) => { dx = to; frames += 1 }, arrive: (to) => met.push(to), end: () => (ended += 1) }, () => still)
    play.start(0)
    for (let now = 0; now < 60000 && play.running; now += 16) play.tick(now)
    assert.equal(met.length, 17)
    assert.equal(dx, 1e-16)
    assert.equal(ended, 1)
    assert.ok(still ? frames === 16 : frames > 200)
  }
})

test("the slider snaps to powers of ten", () => {
  assert.equal(stepFrom(-4.01), 1e-4)
  assert.equal(stepFrom(-16), 1e-16)
  assert.equal(stepFrom(-0.3), 0.5)
})

test("colours and print", () => {
  assert.ok(isDark("#0e1117") && isDark("rgb(14, 17, 23)"))
  assert.ok(!isDark("#fff") && !isDark(""))
  assert.equal(typeset("3*x^2 - x^-1"), "3·x² − x⁻¹")
})
