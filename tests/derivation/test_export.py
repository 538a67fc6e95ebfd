"""Derivations and chains to take home: LaTeX and Markdown that typeset, scripts that check themselves."""

import re
import subprocess
import sys

import pytest

import numdiff as nd
from numdiff.derivation.chain.build import chain
from numdiff.derivation.export.claims import claims_of
from numdiff.derivation.export.script import LONGEST, export_python
from numdiff.derivation.export.text_files import export_latex, export_markdown
from numdiff.derivation.work import differentiate
from tests.printing.conftest import katex  # noqa: F401 - a fixture

FUNCTIONS = (
    "3x^2 + e^x + 7", "ln x + 1/x", "3x e^x", "e^{3x^2}", "e^{-x}", "1/(1+e^{-x})", "3x ln y + y e^{x^2} + 5",
    "체중(야식, 운동) = 60 + 야식^2 e^{-운동}", "Σ_{i=1}^{2} 3 y x_i", "x^x", "max(0, x) + gelu(x)", "e^{2x} sin(x^2)",
    "t u λ e^{3x^2}", "x^{1/5} + |x|", "7", "sin(x)^2 + cos(x)^2",
)  # fmt: skip
"""The deck, names that Python or the script needs for itself, helpers, constants, and a derivative that is 0."""


def works(text):
    variable = (nd.parse(text).variables or ("x",))[0]
    return differentiate(text, variable), chain(text, variable)


def run(script):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize("text", FUNCTIONS)
def test_scripts_run_and_hold(text):
    for work in works(text):
        finished = run(export_python(work))
        assert finished.returncode == 0, finished.stderr
        assert re.search(r"^ok: [3-6] points$", finished.stdout, re.MULTILINE)


def test_a_script_is_what_a_learner_would_write():
    script = export_python(chain("e^{3x^2}"), {"x": 0.5}, {"heading.chain": "연쇄법칙"})
    assert "def f(x):\n    return np.exp(3*x**2)\n" in script
    assert "def df(x):\n    return 6*x*np.exp(3*x**2)\n" in script
    assert "x = np.array([0.5, " in script
    assert "t = 3*x**2\n" in script
    assert "# 연쇄법칙\nleft = slope(lambda x: np.exp(3*x**2), x)\n" in script
    assert "right = slope(lambda t: np.exp(t), t)*slope(lambda x: 3*x**2, x)\n" in script
    assert "right = np.exp(t)*(6*x)\n" in script
    assert set(re.findall(r"^import (\w+)", script, re.MULTILINE)) == {"numpy"}


CORRUPTED = {
    "right = np.exp(t)*(6*x)": "right = np.exp(t)*(6.001*x)",
    "right = np.exp(t)\n": "right = -np.exp(t)\n",
    "right = slope(lambda t: np.exp(t), t)*": "right = slope(lambda t: np.exp(t), t) + ",
    "right = 6*x*np.exp(3*x**2)": "right = 6*x*np.exp(3*x**3)",
    "t = 3*x**2": "t = 3*x**4",
}


@pytest.mark.parametrize(("line", "false"), CORRUPTED.items())
def test_a_script_stops_at_a_false_line(line, false):
    script = export_python(chain("e^{3x^2}"))
    assert line in script
    finished = run(script.replace(line, false, 1))
    assert finished.returncode == 1
    assert "AssertionError" in finished.stderr


def test_every_line_of_a_derivation_is_checked_by_its_script():
    script = export_python(differentiate("3x e^x"))
    lines = re.findall(r"^right = (.*)$", script, re.MULTILINE)
    assert len(lines) >= 5
    for place in range(len(lines)):
        count = iter(range(len(lines)))
        spoilt = re.sub(
            r"^right = (.*)$",
            lambda found: f"right = 1.01*({found[1]}) + 0.01" if next(count) == place else found[0],  # noqa: B023
            script,
            flags=re.MULTILINE,
        )
        assert "AssertionError" in run(spoilt).stderr


def test_a_script_without_a_point_says_so():
    finished = run(export_python(chain("ln(-x^2)")))
    assert finished.returncode == 0
    assert finished.stdout == "no point found where f has a derivative: nothing is checked\n"


def test_a_point_where_there_is_no_derivative_is_left_out():
    assert "np.array([1.0," not in export_python(chain("|x - 1|"), {"x": 1.0})
    with pytest.raises(TypeError, match="a value is needed for x"):
        export_python(chain("|x - 1|"), {"y": 1.0})


@pytest.mark.parametrize("text", FUNCTIONS)
def test_markdown_can_be_typeset(text, katex):  # noqa: F811
    for work in works(text):
        for style in ("partial", "total"):
            blocks = export_markdown(work, style=style).split("$$")
            assert len(blocks) % 2 == 1
            for block in blocks[1::2]:
                assert katex.ask(block.strip()).startswith("<span")


@pytest.mark.parametrize("text", FUNCTIONS)
def test_latex_has_the_same_equations(text):
    for work in works(text):
        latex, markdown = export_latex(work), export_markdown(work)
        inside = re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", latex, re.DOTALL)
        assert inside == re.findall(r"\\begin\{aligned\}\n(.*?)\n\\end\{aligned\}", markdown, re.DOTALL)
        assert "\n\n" not in "".join(inside)  # a blank line inside of align is an error
        assert latex.count("\\begin{") == latex.count("\\end{") == len(inside)


def test_the_chain_in_latex():
    latex = export_latex(chain("e^{-x}"), {"heading.chain": "연쇄법칙 100%", "stage.cancel": "약분"})
    assert latex.startswith("% \\usepackage{amsmath}\n% \\usepackage{cancel}\n% \\usepackage{kotex}\n\n\\subsection*{")
    assert "\\subsection*{연쇄법칙 100\\%}" in latex
    row = (
        r"\frac{\partial f}{\partial x} &= \frac{\partial f}{\cancel{\partial t}} \cdot"
        r" \frac{\cancel{\partial t}}{\partial x} && \text{약분} \\"
    )
    assert row in latex.splitlines()
    assert latex.count(r"-e^{-x} && \text{tidied}") == 1


def test_a_whole_document():
    document = export_latex(differentiate("x^2"), document=True)
    assert document.startswith(
        "\\documentclass{article}\n\\usepackage{amsmath}\n\\usepackage{cancel}\n\\begin{document}"
    )
    assert document.endswith("\\end{document}\n")


def test_sentences_come_from_a_mapping_or_a_callable():
    work = differentiate("3x e^x")
    plain = export_markdown(work)
    assert "### 1. product\n" in plain
    assert "### 1. 곱의 미분법\n" in export_markdown(work, {"rule.product": "곱의 미분법"})
    asked = []
    export_markdown(work, lambda key: asked.append(key) or "…")
    assert {key.split(".")[0] for key in asked} <= {"heading", "rule", "tidy", "condition", "stage"}


def test_conditions_stand_below_the_equations():
    assert "$x > 0$" in export_markdown(differentiate("ln x"))


def test_words_cannot_break_the_markup():
    work = differentiate("x^2")
    nasty = r"a_b $x$ \end{align*} # %"
    assert r"a\_b \$x\$ \\end\{align\*\} \# %" in export_markdown(work, lambda _: nasty)
    assert r"a\_b \$x\$ \textbackslash end\{align*\} \# \%" in export_latex(work, lambda _: nasty)


def test_brackets_around_a_fraction_are_as_tall_as_it_is():
    work = differentiate("ln x + 1/x")
    for written in (export_latex(work), export_markdown(work)):
        assert r"\frac{\partial}{\partial x}\left(\frac{1}{x}\right)" in written


def test_of_long_work_the_first_groups_and_the_result_are_checked():
    text = "log1p(min(" + ",".join(f"{k}x" for k in range(2, 42)) + "))"
    work = differentiate(text)
    every = claims_of(work, str)
    script = export_python(work, texts={"heading.unchecked": "left out"})
    kept = every.shortened(LONGEST)
    assert sum(claim.length for claim in kept.claims) <= LONGEST < sum(claim.length for claim in every.claims)
    assert kept.claims[:-1] == every.claims[: len(kept.claims) - 1]
    assert kept.claims[-1] == every.claims[-1]
    assert f"# left out: {len(every.claims) - len(kept.claims)}\n" in script
    assert run(script).returncode == 0


def test_work_of_a_common_length_is_checked_whole():
    for text in ("x^2 sin(x)/(1+e^x)", "*".join(f"(x+{k})" for k in range(2, 22)), "sin(" * 12 + "x" + ")" * 12):
        work = differentiate(text)
        assert claims_of(work, str).shortened(LONGEST).left_out == 0
        assert "left out" not in export_python(work, texts={"heading.unchecked": "left out"})
