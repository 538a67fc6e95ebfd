"""Names that are hard to hold in a program, on every page with fields: λ, words of Python, Hangul, negative indices."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.explore.chain import fields as chain
from pages.explore.gradcheck import fields as gradcheck
from pages.explore.partial import fields as partial
from pages.parts import fields

ROOT = Path(__file__).parents[2]
FORMULAS = {
    "λ w^2": ("lambda", "w=2"),
    "w sin(λ^2) + λ": ("w", "lambda=2"),
    "sum(x_i, i, -20, -19)^2": ("x_minus19", "x_minus20=3"),
    r"e^(2\mathrm{if} 야식_가)": ("if", "야식_가=2"),
    r"sin(\mathrm{width}^2 x_{n1})": ("width", "x_n1=0.5"),
}
PAGES = {
    "explore/secant": {},
    "explore/error": {},
    **{f"explore/chain {view}": {"chain": view} for view in chain.VIEWS},
    **{f"explore/partial {view}": {"partial": view} for view in partial.VIEWS},
    **{f"explore/gradcheck {view}": {"check": view} for view in gradcheck.VIEWS},
}


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_takes_every_name(page, formula):
    moving, at = FORMULAS[formula]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    link = {"lang": "en", "f": formula, "var": moving, "at": at, "x": "1.5", **PAGES[page]}
    for name, value in link.items():
        app.query_params[name] = value
    folder = page.split()[0]
    app.switch_page(f"pages/{folder}/{Path(folder).name}.py")
    app.run()
    assert not app.exception
    assert not app.error
    values = app.session_state["numdiff"].values
    assert (values["var"], dict(values["at"])) == (moving, dict([at.split("=")]))


@pytest.mark.parametrize("name", ["lambda", "x_minus2", "야식_가", "if", "width_max", "x_n1", "theta"])
def test_a_link_may_name_any_variable(name):
    assert fields.read_variable(name) == name
    assert fields.read_at(f"{name}=2") == ((name, "2"),)


@pytest.mark.parametrize("name", ["sin", "e", "pi", "x1", "λ", "x y", "x^2", "2", "", "x=", "<b>", "lambda_", "__"])
def test_a_link_names_nothing_else(name):
    assert fields.read_at(f"{name}=2") is None
