"""What is taken home from each page runs with NumPy, SymPy and Plotly alone, and prints the numbers that it showed."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.takehome import popover
from pages.parts.takehome.document import Document, notebook, script

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).with_name("clean.py")
NEEDED = ("numpy", "sympy", "plotly")
TO_EXECUTE = ("nbclient", "ipykernel")

SHOWN = {
    "secant": ("explore/secant", "en", {"f": "3x e^x", "x": "2.0", "dx": "10^-4", "schemes": "forward.central"}),
    "kink": ("explore/secant", "ko", {"f": "|x|", "x": "0", "dx": "0.5", "schemes": "forward.backward.central"}),
    "error": ("explore/error", "en", {"f": "x^2", "x": "3.0", "dx": "10^-4"}),
    "error32": (
        "explore/error",
        "ko",
        {"f": "ln x + 1/x", "x": "2", "dx": "0.01", "dtypes": "float32", "step": "taken"},
    ),
    "chain": ("explore/chain", "en", {"f": "e^(3x^2)", "x": "0.5", "dx": "10^-4"}),
    "partial": ("explore/partial", "ko", {"f": "2x + 3xy + y^3", "x": "1", "dx": "0.5", "at": "y=π/2"}),
    "contours": ("explore/partial", "en", {"f": "x y + 3e^-x + y^2", "x": "1", "at": "y=2", "partial": "contours"}),
    "gradcheck": ("explore/gradcheck", "en", {"f": "3x ln y + y e^(x^2) + 5", "x": "1", "at": "y=2", "dx": "10^-4"}),
    "network": ("explore/gradcheck", "ko", {"check": "network", "activation": "sigmoid", "quotient": "forward"}),
    "why": ("learn/lessons/why", "en", {"section": "why.average"}),
    "definition": ("learn/lessons/definition", "ko", {"section": "definition.limit"}),
    "standard": ("learn/lessons/standard", "en", {"section": "standard.terms"}),
    "numerical": ("learn/lessons/numerical", "en", {"section": "numerical.run", "own_f": "sin x"}),
    "examples": ("learn/lessons/examples", "ko", {"section": "examples.compare"}),
    "partials": ("learn/lessons/partials", "en", {"section": "partials.by_x"}),
    "chainrule": ("learn/lessons/chainrule", "ko", {"section": "chainrule.numbers"}),
    "exercises": ("learn/lessons/exercises", "en", {"section": "exercises.first"}),
    "practice": ("apply/practice", "ko", {"sheet": "made", "sheet_seed": "5", "level": "2", "teacher": "1"}),
}
"""What is opened: a page, a language, and what the link asks for."""

_NUMBER = re.compile(r"[−-]?\d+\.?\d*(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\\cdot 10\^\{-?\d+\}|e[+-]?\d+)?(?!\d*…)")
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
MANY = 12
"""A number with so many digits was computed in full, and must be printed to the last of them."""


def numbers_in(text: str) -> set[float]:
    """Return the computed numbers of a page: those with many digits that are not cut."""
    plain = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>|</t[dh]>|</tr>|</p>", " ", text, flags=re.S)))
    found = set()
    for match in _NUMBER.finditer(plain):
        written = match.group().replace("−", "-").replace(r"\cdot 10^{", "e").replace("}", "")
        mantissa, _, power = written.partition("·10")
        digits = re.sub(r"\D", "", mantissa.partition("e")[0]).lstrip("0")
        if len(digits) >= MANY and plain[match.end() : match.end() + 1] != "…":
            found.add(float(f"{mantissa}e{power.translate(_SUPERSCRIPTS)}" if power else mantissa))
    return found


def opened(name: str) -> tuple[Document, set[float]]:
    """Return what is taken home from a page, and the numbers that it shows."""
    page, language, link = SHOWN[name]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in {"lang": language, **link}.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{page}/{Path(page).name}.py")
    app.session_state["takehome"] = True
    caught = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(popover, "_files", lambda _, package: caught.append(package))
        app.run()
    assert not app.exception
    shown = [item.proto.body for item in app.get("html")] + [item.value for item in [*app.markdown, *app.latex]]
    return caught[-1].document(), set().union(*map(numbers_in, shown))


@pytest.fixture(scope="session")
def clean_python(tmp_path_factory):
    """Return the Python of a new environment that has what the files need and what executes a notebook."""
    place = tmp_path_factory.mktemp("clean") / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *NEEDED, *TO_EXECUTE, "-c", str(ROOT / "requirements.lock")], check=True)
    return python


@pytest.fixture(scope="session")
def runs(clean_python, tmp_path_factory):
    """Return what the script and the notebook of each page print, and the numbers that the page showed."""
    folder = tmp_path_factory.mktemp("taken")
    shown = {}
    for name in SHOWN:
        document, shown[name] = opened(name)
        (folder / f"{name}.py").write_text(script(document), encoding="utf-8")
        (folder / f"{name}.ipynb").write_text(notebook(document), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    subprocess.run([clean_python, RUNNER, folder], check=True, env=environment, timeout=300)
    return {
        name: (shown[name], *((folder / f"{name}.{kind}.out").read_text(encoding="utf-8") for kind in ("py", "ipynb")))
        for name in SHOWN
    }


def printed(text: str) -> set[float]:
    return {float(word) for word in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)}


@pytest.mark.parametrize("name", SHOWN)
def test_script_and_notebook_print_the_numbers_of_the_page(runs, name):
    shown, by_script, by_notebook = runs[name]
    for text in (by_script, by_notebook):
        assert not text.endswith("FAILED"), text
        assert shown <= printed(text), f"{shown - printed(text)} is missing in\n{text}"
    assert printed(by_script) - printed(by_notebook) <= {float(match) for match in re.findall(r"\d+", name)}


def test_numbers_are_looked_at(runs):
    """Each page but those of formulas alone shows computed numbers, and a picture stands in the notebook."""
    without = {name for name, (shown, _, _) in runs.items() if not shown}
    assert without <= {"kink", "why", "standard", "exercises", "practice"}
    pictured = {name for name, (_, _, text) in runs.items() if "pictures: 1" in text}
    assert pictured >= {"secant", "error", "chain", "partial", "contours", "gradcheck", "network", "numerical"}


def test_the_clean_environment_is_clean(clean_python):
    question = "import importlib.util as u; print([n for n in ('numdiff', 'streamlit', 'scipy') if u.find_spec(n)])"
    answer = subprocess.run([clean_python, "-I", "-c", question], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
