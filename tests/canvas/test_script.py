"""The script that the browser gets: put together right, complete in both languages, and fit for every function."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.parts import theme
from pages.parts.canvas import cached
from pages.parts.canvas.component import Moved, read_moved, sent
from pages.parts.canvas.script import ASSETS, AssetError, assemble, fixed, packed, script, skeleton, words
from pages.parts.controls import EXAMPLES
from pages.parts.entries import function_of, quantity_of, read_point, read_step
from pages.parts.fields import SCHEMES
from pages.parts.results import result
from tests.canvas.harness import page

HERE = Path(__file__).parent
NODE = shutil.which("node")


def node(*arguments: str) -> str:
    assert NODE, "node must be on PATH"
    done = subprocess.run([NODE, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_the_modules_by_nodes_own_runner():
    node("--test", *(str(path) for path in sorted(HERE.glob("*.test.mjs"))))


def test_the_script_is_one_module_that_parses(tmp_path):
    for name, text in (("script", script()), ("packed", packed())):
        path = tmp_path / f"{name}.mjs"
        path.write_text(text, encoding="utf-8")
        node("--check", str(path))
    assert not re.search(r"^import |^export (?!default)", script(), re.MULTILINE)
    assert len(packed().encode()) < 60_000


def test_the_packed_script_is_the_script():
    data = re.search(r'atob\("([^"]*)"', packed())
    assert gzip.decompress(base64.b64decode(data[1])).decode() == script()


def test_a_module_that_wants_what_is_not_there_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr("pages.parts.canvas.script.ASSETS", tmp_path)
    (tmp_path / "a.js").write_text("export const one = 1\n", encoding="utf-8")
    (tmp_path / "b.js").write_text('import { two } from "./a.js"\n', encoding="utf-8")
    with pytest.raises(AssetError, match="two"):
        assemble("b.js")


def test_every_word_that_is_asked_for_is_there():
    source = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")) + skeleton()
    asked = set(re.findall(r'\btext\("([\w.]+)"', source)) | set(re.findall(r'data-(?:word|text)="([\w.]+)"', source))
    returned = re.findall(r'\["(\w*)", \{', (ASSETS / "model.js").read_text(encoding="utf-8"))
    asked |= {f"remark.{name}" for name in returned if name}
    for language in ("ko", "en"):
        assert asked <= set(words(language))


def test_colours_and_dashes_are_the_themes():
    for look in (theme.LIGHT, theme.DARK):
        sent = fixed()["themes"][look.mode]
        for role, stroke in sent["roles"].items():
            assert (stroke["color"], stroke["dash"], stroke["width"]) == (
                look[role].color,
                look[role].dash,
                look[role].width,
            )


def test_every_example_passes_the_browsers_check_and_gives_pythons_values():
    texts = [example.f for example in EXAMPLES] + [
        "x^x",
        "gelu(x)+erf x",
        "∛x",
        "e^(1000x)",
        "min(x,2)",
        "7",
        "야식^2",
        "10^299 x",
    ]
    points = [-1.5, -0.1, 0.0, 0.3, 2.0]
    codes = [cached.code(function_of(text)) for text in texts]
    answers = json.loads(
        node(
            "--input-type=module",
            "-e",
            f"""
            const source = {json.dumps(script())} + "\\nexport {{ compile, HELPERS }}"
            const address = "data:text/javascript;base64," + Buffer.from(source).toString("base64")
            const {{ compile, HELPERS }} = await import(address)
            const values = {json.dumps(codes)}.map((code) => {json.dumps(points)}.map(compile(code, HELPERS)))
            console.log(JSON.stringify(values, (_, v) => typeof v === "number" && !isFinite(v) ? null : v))
            """,
        )
    )
    for text, row in zip(texts, answers, strict=True):
        for x, value in zip(points, row, strict=True):
            expected = float(function_of(text)(x))
            assert (value is None) == (not math.isfinite(expected)), (text, x)
            if value is not None:
                # two mathematical libraries differ in the last places
                assert math.isclose(value, expected, rel_tol=1e-14, abs_tol=1e-300), (text, x)


SENSITIVE = (
    "tan(tan(tan x))",
    "tan(tan(1e200 x))",
    "cot(csc(1e20 x))",
    "sec(sec(1e8 x))",
    "csc(x^31)",
    "sin(10^40 x)",
    "sin(7^31 x)",
    "exp(300 cos(tan(1e16 x)))",
    "1/sin(1e30 x) - x^0.3",
    "tan(x)^21",
    "3x e^x",
    "erf(x) + ln(x)",
    "7",
)
"""Functions that make much of the last places, in which two mathematical libraries differ, and some that do not."""

PLACES = ((1.5, 0.37), (2.0, 1e-4), (0.3, 0.1), (2.75, 1e-13), (-1.25, 0.25), (0.0, 0.5))


def as_sent(number: float) -> float | str:
    """Return what JavaScript calls a number, with which JSON can do what it likes."""
    return number if math.isfinite(number) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(number, "NaN")


def test_at_rest_the_canvas_says_the_digits_that_the_table_says(tmp_path):
    asked = [(text, x, dx) for text in SENSITIVE for x, dx in PLACES]
    scenes = [sent(cached.scene(*place, SCHEMES), "en", 1) for place in asked]
    program = tmp_path / "rest.mjs"
    program.write_text(
        f"""{script()}
        const said = {json.dumps(scenes)}.map((data) => {{
          const state = adopted(null, data, (code) => compile(code, HELPERS))
          const {{ height, quotients }} = facts(state, 600)
          const own = SCHEMES.map((name) => quotient(state.f, state.x, state.dx, name))
          return [[height, ...SCHEMES.map((name) => quotients[name])], own]
        }})
        console.log(JSON.stringify(said, (_, v) => typeof v === "number" && !isFinite(v) ? String(v) : v))
        """,
        encoding="utf-8",
    )
    answers = json.loads(node(str(program)), parse_int=float)
    parted = 0
    for place, (said, own) in zip(asked, answers, strict=True):
        table = result(*place, SCHEMES)
        expected = [as_sent(number) for number in (table.nodes[0], *map(table.estimate, SCHEMES))]
        assert said == expected, place
        parted += own != expected[1:]
    assert parted > len(PLACES)  # the browser alone says something else: so this test tests something


def test_the_heights_are_those_of_the_tables_nodes():
    text, x = "tan(tan x)/x", 1.25
    right, left = cached.heights(text, x, 0.37)
    assert len(right) == len(left) == 20
    for place, dx in ((1, 0.37), (2, 1e-16), (14, 1e-4), (18, 1.0), (19, 10.0)):
        nodes = result(text, x, dx, SCHEMES).nodes
        assert (right[place], right[0], left[place]) == (nodes[1], nodes[0], nodes[-1])
        assert left[0] == right[0]


def test_heights_that_are_no_finite_numbers_have_their_names():
    right, left = cached.heights("1/x + ln(x)", 0.0, 0.5)
    assert {right[0], left[1]} == {"NaN"}
    right, left = cached.heights("1/x^3", 0.0, 1e-200)
    assert (right[1], left[1]) == ("Infinity", "-Infinity")
    assert json.loads(json.dumps([right, left], allow_nan=False)) == [list(right), list(left)]


def test_what_is_known_is_exact():
    known = cached.known("3x e^x", 2.0)
    assert known.text.startswith("66.50150489037585")
    assert known.relation == "="
    assert abs(known.rest) < 1e-14
    assert len(known.errors["central"]) == 120
    assert cached.known("|x|", 0.0).value is None
    assert cached.known("exp(exp(exp(exp(x))))", 9.0).overflows
    assert not cached.known("1/x", 0.0).overflows
    assert all(error is None for error in cached.known("|x|", 0.0).errors["central"])


@pytest.mark.parametrize("value", [1e-4, 2.5e-7, 0.05, 1.0, -0.5, 123.25, 1e-16, 0.1 + 0.2, 0.0, -1e-3])
def test_numbers_are_typed_as_they_are(value):
    text = cached.typed(value)
    assert quantity_of(read_point(text)).value == value
    if value > 0:
        assert quantity_of(read_step(text)).value == value


GOOD = {"x": 2, "dx": 0.5, "schemes": ["central", "forward"], "zoom": None, "present": False, "revision": 3}


def test_what_a_hand_has_left_is_read():
    assert read_moved(GOOD) == Moved(2.0, 0.5, ("forward", "central"), None, present=False)
    assert read_moved(GOOD | {"zoom": [1, 2, 3, 4]}).zoom == (1.0, 2.0, 3.0, 4.0)


@pytest.mark.parametrize(
    "change",
    [
        {"x": None},
        {"x": "2"},
        {"x": True},
        {"x": math.nan},
        {"x": 1e300},
        {"dx": 0},
        {"dx": -1},
        {"dx": math.inf},
        {"schemes": "central"},
        {"schemes": ["sideways"]},
    ],
)
def test_nothing_else_is_read(change):
    assert read_moved(GOOD | change) is None


def test_a_bad_zoom_is_no_zoom():
    for zoom in ([1, 2, 3], [1, 2, 0, 1], [1, 2, math.nan, 1], "x"):
        assert read_moved(GOOD | {"zoom": zoom}).zoom is None


def test_the_harness_makes_a_page():
    assert "numdiff" not in page(cached.scene("x^2", 3.0, 1e-4, ("central",)))[:20]
