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
from pages.parts.canvas import knowledge
from pages.parts.canvas.component import Moved, read_moved
from pages.parts.canvas.script import ASSETS, AssetError, assemble, fixed, packed, script, skeleton, words
from pages.parts.controls import EXAMPLES
from pages.parts.entries import function_of, quantity_of, read_point, read_step
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
    codes = [knowledge.code(function_of(text)) for text in texts]
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


def test_what_is_known_is_exact():
    known = knowledge.known("3x e^x", 2.0)
    assert known.text.startswith("66.50150489037585")
    assert known.relation == "="
    assert abs(known.rest) < 1e-14
    assert len(known.errors["central"]) == 120
    assert knowledge.known("|x|", 0.0).value is None
    assert knowledge.known("exp(exp(exp(exp(x))))", 9.0).overflows
    assert not knowledge.known("1/x", 0.0).overflows
    assert all(error is None for error in knowledge.known("|x|", 0.0).errors["central"])


@pytest.mark.parametrize("value", [1e-4, 2.5e-7, 0.05, 1.0, -0.5, 123.25, 1e-16, 0.1 + 0.2, 0.0, -1e-3])
def test_numbers_are_typed_as_they_are(value):
    text = knowledge.typed(value)
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
    assert "numdiff" not in page(knowledge.scene("x^2", 3.0, 1e-4, ("central",)))[:20]
