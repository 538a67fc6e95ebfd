"""Node and Streamlit's own KaTeX, each as one process that answers line by line."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

_EVALUATE = """
const decode = (v) => v === null ? NaN : v === "inf" ? Infinity : v === "-inf" ? -Infinity : v;
const encode = (v) => Number.isNaN(v) ? "nan" : v === Infinity ? "inf" : v === -Infinity ? "-inf" : v;
require("readline").createInterface({input: process.stdin}).on("line", (line) => {
  const {code, points} = JSON.parse(line);
  let answer;
  try {
    const f = new Function(`"use strict"; return ${code};`)();
    answer = points.map((p) => encode(f(...p.map(decode))));
  } catch (error) { answer = {error: String(error)}; }
  console.log(JSON.stringify(answer));
});
"""

_TYPESET = """
import katex from KATEX;
import {createInterface} from "node:readline";
createInterface({input: process.stdin}).on("line", (line) => {
  let answer;
  try { answer = katex.renderToString(JSON.parse(line), {strict: "error", output: "mathml"}); }
  catch (error) { answer = {error: String(error)}; }
  console.log(JSON.stringify(answer));
});
"""


class Node:
    """A node process that answers one line of JSON with another."""

    def __init__(self, *arguments: str) -> None:
        executable = shutil.which("node")
        assert executable, "node must be on PATH: the printed JavaScript is run with it"
        self.process = subprocess.Popen(
            [executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def ask(self, question: object) -> object:
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert not isinstance(answer, dict), (question, answer)
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def javascript() -> Iterator[Node]:
    node = Node("-e", _EVALUATE)
    yield node
    node.close()


@pytest.fixture(scope="session")
def katex() -> Iterator[Node]:
    (bundle,) = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("katex.*.js")
    node = Node("--input-type=module", "-e", _TYPESET.replace("KATEX", json.dumps(bundle.as_uri())))
    yield node
    node.close()
