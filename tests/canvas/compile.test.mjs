import assert from "node:assert/strict"
import { test } from "node:test"
import { compile, isPrinted } from "../../pages/parts/canvas/assets/compile.js"

const helpers = { sigmoid: (z) => 1 / (1 + Math.exp(-z)) }

test("what the printer prints is understood", () => {
  assert.equal(compile("(x) => 3*x*Math.exp(x)")(0), 0)
  assert.equal(compile("() => 5")(1), 5)
  assert.equal(compile("(theta_1) => -theta_1 + 1e-4")(1), -0.9999)
  assert.equal(compile("(v0) => sigmoid(v0)", helpers)(0), 0.5)
})

test("pieces with conditions are understood", () => {
  const ramp = compile("(x) => (x < 0 ? -1 : ((0 <= x && x < 1) ? x : NaN))")
  assert.deepEqual([-2, 0.5, 3].map(ramp), [-1, 0.5, NaN])
  assert.equal(compile("(x) => 2*((x === 0 || x !== -1) ? -x : 1)")(0), -0)
})

for (const code of [
  "alert(1)", "(x) => alert(1)", "(x) => window", "(x) => x.constructor", "(x) => Math.constructor", "(x) => x = 1",
  "(x) => `${x}`", "(x) => 'a'", "(x) => x[0]", "(x) => { return x }", "(x) => x; alert(1)", "(x) => (() => 1)()",
  "(x) => Math.sin.call(x)", "(x) => this", "(x) => new Date()", "(x) => /x/", "(x) => x\u2028alert(1)", "x => x",
  "(x) => 1 // x\nalert(1)", "(x, y) => x + y", "(x) => sigmoid(x)", "(x) => 1.toString", "(x) => 0x41", "(x) => x ?? 2", "(x) => x?.y",
  "(x) => x <!-- 1", "(x) => x > = 1", "(x) => x => 1", "(x) => x == 1", "(x) => x ? : 1", "(x) => x : 1", "(x) => x ? 1",
  "(x) => x & 1", "(x) => !x", "(x) => x || ", "(x) => x >>> 1 > alert",
  "(x) => Math['sin'](x)", "(x) => Math.random()", "(x) => import(x)", "(x) => x++", "(x) => --x", "(x) => 1 /* x */", "(x) => 1 // x", "(x) => x x", "(x) => x y", "(x) => ", "(x) => x +", "",
])
  test(`refused: ${code}`, () => {
    let isRefused = !isPrinted(code, [])
    if (!isRefused) assert.throws(() => compile(code))
    else assert.throws(() => compile(code), /not a printed function/)
  })
