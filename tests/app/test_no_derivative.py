"""What the pages say where there is nothing to differentiate: no line that stands for nothing is shown as a result."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from numdiff.derivation.engine import differentiate
from pages.parts import fields
from pages.parts.chain import files, words
from pages.parts.i18n import translator

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def opened(page, language, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page(f"pages/explore/{page}.py")
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
    for document in (files.latex, files.markdown):
        written = document(text, of.variable, "", "partial", language)
        assert translator(language)("chain.file.condition.negative_base") in written
        assert r"\ln" not in written


@LANGUAGES
def test_nor_have_its_partial_derivatives(language):
    app = opened("partial", language, f="y (-6)^x", x="2", partial="work")
    assert words.conditions(differentiate("y (-6)^x", "x").nowhere, translator(language)) in said(app)


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
@pytest.mark.parametrize("view", fields.CHAIN_VIEWS)
def test_extreme_constants_and_nested_roots_are_drawn(text, view, language):
    opened("chain", language, f=text, x="2", chain=view)
