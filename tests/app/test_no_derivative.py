"""What the pages say where there is nothing to differentiate: no line that stands for nothing is shown as a result."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from numdiff.derivation.work import differentiate
from numdiff.function import parse
from numdiff.graph.build import graph as graph_of
from pages.explore.chain import fields
from pages.explore.gradcheck import question
from pages.explore.gradcheck import question as check
from pages.explore.gradcheck import takehome as gradcheck
from pages.parts.derivation import words
from pages.parts.i18n import translator
from pages.parts.state import key
from pages.parts.takehome import derivation, document

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def opened(page, language, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page(f"pages/explore/{page}/{page}.py")
    app.run()
    assert not app.exception
    return app


def said(app):
    return "\n".join(element.value for element in (*app.markdown, *app.caption, *app.warning, *app.latex))


@LANGUAGES
@pytest.mark.parametrize("link", [{"chain": "work"}, {"chain": "work", "reveal": "steps"}])
@pytest.mark.parametrize("text", ["(-6)^n", "sin((-2)^x)·x"])
def test_a_power_of_a_negative_base_has_no_derivative(text, link, language):
    app = opened("chain", language, f=text, x="2", **link)
    of = differentiate(text)
    assert words.conditions(of.nowhere, translator(language)) in said(app)
    assert r"\ln" not in said(app)
    for made in (derivation.as_latex, derivation.as_markdown):
        written = made(text, of.variable, "", "partial", language)
        assert translator(language)("chain.file.condition.negative_base") in written
        assert r"\ln" not in written


@LANGUAGES
@pytest.mark.parametrize("view", ["graph", "proof"])
@pytest.mark.parametrize("text", ["(-6)^n", "sin((-2)^x)·x", "(-x^2-1)^x"])
def test_no_view_shows_a_form_instead(text, view, language):
    app = opened("chain", language, f=text, x="2", chain=view)
    assert words.conditions(differentiate(text).nowhere, translator(language)) in said(app)
    assert r"\ln" not in said(app) + "".join(button.label for button in app.button)


@LANGUAGES
@pytest.mark.parametrize(
    ("text", "variable"), [("(-6)^n", "n"), ("sin((-2)^x)·x", "x"), ("y (-6)^x", "x"), ("e^((-2)^(3t))", "t")]
)
def test_what_is_taken_home_has_no_derivative_either(text, variable, language, tmp_path):
    at = tuple((name, 2.0) for name in parse(text).variables)
    asked = derivation.Asked(text, text.replace("y", "2"), variable, at, 1e-4, "", "partial", language)
    sentence = translator(language)("chain.file.condition.negative_base")
    python, work = derivation.as_python(text, variable, at, language), document.script(derivation.document(asked))
    for name, source in (("python", python), ("work", work)):
        path = tmp_path / f"{name}.py"
        path.write_text(source, encoding="utf-8")
        done = subprocess.run([sys.executable, "-W", "error", path], capture_output=True, text=True, check=True)
        assert sentence in done.stdout
        assert "def f(" in source
        assert not re.search(r"def df|\blog\(|ln\(|nothing is checked", source)
    (row,) = csv.DictReader(io.StringIO(derivation.table(asked)))
    assert (row["by"], row["formula"], row["value"]) == (variable, "", "nan")


@LANGUAGES
@pytest.mark.parametrize("view", ["work", "table", "surface"])
def test_nor_have_its_partial_derivatives(view, language):
    app = opened("partial", language, f="y (-6)^x", x="2", partial=view)
    of = differentiate("y (-6)^x", "x")
    assert view != "work" or words.conditions(of.nowhere, translator(language)) in said(app)
    assert r"\ln" not in said(app)
    assert r"\ln" in of.result.latex()


def test_a_rule_that_there_is_not_is_not_offered_to_be_broken():
    graph = graph_of("y (-6)^x")
    (missing,) = graph.nowhere
    app = opened("gradcheck", "en", f="y (-6)^x", broken=question.text_of(missing), mistake="sign")
    (rules,) = (box for box in app.selectbox if box.key == key("broken"))
    assert len(rules.options) == 1 + len(graph.edges) - 1
    assert not [option for option in rules.options if "ln" in option]
    assert translator("en")("gradcheck.graph.broken") not in said(app)


def test_the_programme_of_the_gradient_multiplies_by_no_form():
    at = (("y", 2.0), ("x", 2.0))
    work = gradcheck.document(check.Asked("y (-6)^x", at, 1e-4, "float64", "central", None), "en")
    assert "np.log(" not in document.script(work)


@LANGUAGES
@pytest.mark.parametrize("text", ["sin(|x-x|)", "relu(x-x)·x"])
def test_lines_that_are_defined_nowhere_are_counted_apart(text, language):
    app = opened("chain", language, f=text, x="2", chain="work")
    assert not app.error
    checks = differentiate(text).verify({"x": 2.0})
    if checks.void:
        assert translator(language)("chain.void", count=len(checks.void)) in said(app)


@LANGUAGES
@pytest.mark.parametrize(
    "text", ["√√√x", "-(y t/(12345678901234567890/(y·1e-300)))", "x·1e299·1e299", "((3+1e299)+5e-300)·√x/(−x+x)"]
)
@pytest.mark.parametrize("view", fields.VIEWS)
def test_extreme_constants_and_nested_roots_are_drawn(text, view, language):
    opened("chain", language, f=text, x="2", chain=view)
