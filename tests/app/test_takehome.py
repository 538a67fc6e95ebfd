"""The popover on every page: the link, and files that are made only when somebody wants them."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.explore.secant import takehome as secant
from pages.parts.i18n import translator
from pages.parts.takehome import popover
from pages.parts.takehome.document import Code, Document, Picture, Words, comment, notebook, script

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
PAGES = {
    "explore/secant": {},
    "explore/error": {},
    "explore/chain": {},
    "explore/partial": {},
    "explore/gradcheck": {},
    "explore/gradcheck?network": {"check": "network"},
    "apply/practice": {},
    "learn/lessons/why": {},
    "learn/lessons/definition": {},
    "learn/lessons/standard": {},
    "learn/lessons/numerical": {},
    "learn/lessons/examples": {},
    "learn/lessons/partials": {},
    "learn/lessons/chainrule": {},
    "learn/lessons/exercises": {},
}


def opened(page, language, *, is_open=True, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in {"lang": language, **link}.items():
        app.query_params[key] = value
    folder = page.partition("?")[0]
    app.switch_page(f"pages/{folder}/{Path(folder).name}.py")
    app.session_state["takehome"] = is_open
    app.run()
    assert not app.exception
    return app


def buttons(app):
    return [item.proto.label for item in app.get("download_button") if "takehome_" in item.proto.id]


@LANGUAGES
@pytest.mark.parametrize("page", PAGES)
def test_every_page_gives_link_and_files(page, language):
    app = opened(page, language, **PAGES[page])
    assert buttons(app) == ["Python", "Jupyter", "CSV"]
    assert any(f"lang={language}" in code.value for code in app.code)
    assert translator(language)("takehome.link.explain") in [caption.value for caption in app.caption]


@pytest.mark.parametrize("page", ["explore/secant", "apply/practice", "learn/lessons/examples"])
def test_what_is_closed_costs_nothing(page):
    assert not buttons(opened(page, "en", is_open=False))


@pytest.mark.parametrize(
    "page", ["explore/secant", "explore/error", "explore/chain", "explore/partial", "learn/lessons/why"]
)
@pytest.mark.parametrize("f", ["5", "|x|", "야식^2 + 1", "x y + ln x", "e^(1000x)", "x^(1/3)"])
def test_any_function_can_be_taken_home(page, f, monkeypatch):
    check_files(page, {"own_f" if page.startswith("learn") else "f": f}, monkeypatch)


@pytest.mark.parametrize("f", ["5", "|x - y|", "야식^2 + 1", "x^(1/3) by_x v_1"])
def test_any_gradient_can_be_taken_home(f, monkeypatch):
    check_files("explore/gradcheck", {"f": f}, monkeypatch)


def check_files(page, link, monkeypatch):
    caught = []
    monkeypatch.setattr(popover, "_files", lambda _, package: caught.append(package))
    opened(page, "ko", **link)
    document = caught[-1].document()
    compile(script(document), "script", "exec")
    for cell in json.loads(notebook(document))["cells"]:
        if cell["cell_type"] == "code":
            compile("".join(cell["source"]), "cell", "exec")
    assert caught[-1].table().count("\n") >= 1


def test_words_stay_in_their_comment():
    for end in "\n\r\v\f\x1c\x85\u2028\u2029\0":
        lines = comment(f"one{end}import os").splitlines()
        assert all(line.startswith("#") for line in lines), repr(end)
    assert "\0" not in comment("a\0b")
    document = Document("n", "t\nimport os", (Words("a\n\nimport os"), Words("$x$", "b\rimport os"), Code("x = 1")))
    lines = script(document).splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["x = 1"]


def test_what_was_typed_is_printed_from_its_tree():
    typed = "x^2  +\t0*x"
    text = script(secant.document(secant.Asked(typed, 1.0, 0.5, ("central",), "auto", "en")))
    assert typed not in text
    assert "return x**2 + 0*x" in text


def test_a_notebook_is_valid_and_always_the_same():
    document = Document("n", "Title", (Words("**a**"), Code("print(1)", "1\n"), Picture("figure = None")))
    found = json.loads(notebook(document))
    assert notebook(document) == notebook(document)
    assert found["nbformat"] == 4
    assert found["cells"][2]["outputs"][0]["text"] == ["1\n"]
    assert found["cells"][3]["source"][-1] == "figure.show()"
