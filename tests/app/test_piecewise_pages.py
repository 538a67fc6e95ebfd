"""A function in pieces on every explorer: no page fails, and relu typed by cases is shown as relu is."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.i18n import translator

ROOT = Path(__file__).parents[2]
VIEWS = [
    *(("secant", {"slope": slope}) for slope in ("0", "1")),
    *(("chain", {"chain": view}) for view in ("work", "graph", "proof", "itself", "rules")),
    ("chain", {"chain": "work", "reveal": "steps"}),
    *(("error", {"view": view}) for view in ("curve", "methods", "formats", "bugs")),
    *(("partial", {"partial": view}) for view in ("surface", "contour", "table")),
    ("gradcheck", {}),
]
SHAPES = {
    "kink": "x if x > 0 else 0",
    "smooth": "{x > 0: x^2, 0}",
    "jump": "{x > 0: 1, 0}",
    "hole": "{x != 0: sin(x)/x}",
    "gap": "{x < 0: x, x > 1: 1}",
    "two variables": "f(x, y) = {x > y: x^2, y^2}",
}


def opened(page, language, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page(f"pages/explore/{page}/{page}.py")
    app.run()
    assert not app.exception
    assert not app.error
    return app


def said(app):
    return "\n".join(element.value for element in (*app.markdown, *app.caption, *app.warning, *app.latex))


@pytest.mark.parametrize(("page", "link"), VIEWS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_view_draws_pieces(page, link, shape):
    language = "ko" if len(shape) % 2 else "en"
    for x in ("0", "1.5"):
        opened(page, language, f=SHAPES[shape], x=x, **link)


def panels(app):
    return " ".join(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("page", ["secant", "error", "gradcheck"])
@pytest.mark.parametrize("x", ["0", "1.5", "-1", "1e-9"])
def test_relu_by_cases_has_the_numbers_and_sentences_of_relu(page, x, language):
    shown = [opened(page, language, f=text, x=x) for text in ("x if x > 0 else 0", "relu(x)")]
    cases, relu = map(panels, shown)
    if page == "gradcheck":  # above the table it names the operation that has the kink, and counts the edges
        assert ("x ≈ 0" in cases) == ("x ≈ 0" in relu)
        cases, relu = (found[found.index("<table>") :] for found in (cases, relu))
    assert cases == relu
    if page != "gradcheck":
        sentences = [
            [item.value for item in app.markdown if "$" not in item.value and r"\le" not in item.value] for app in shown
        ]
        assert sentences[0] == sentences[1]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_step_says_what_happens_where_the_pieces_meet(language):
    _ = translator(language)
    for text, sentence in (
        ("{x > 0: x^2, 0}", _("chain.condition.slope_at", formula="$x = 0$", slope="$0$")),
        ("{x > 0: x, 0}", _("chain.condition.kink_at", formula="$x = 0$")),
        ("{x > 0: 1, 0}", _("chain.condition.jump_at", formula="$x = 0$")),
    ):
        assert sentence in said(opened("chain", language, f=text, x="1", chain="work"))
