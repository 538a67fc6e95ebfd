"""A difference scheme that the program does not have: one row, and everything that takes a scheme knows it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import numdiff as nd
from numdiff.difference.schemes import SCHEMES, Scheme, difference, register, unregister
from pages.explore.error import fields
from pages.parts import i18n, theme
from pages.parts.fields import fields_of
from pages.parts.i18n import translator
from pages.parts.sentences import short_name
from tests.app.test_pages import APP

NAME = "forward4"
WORDS = {"en": "forward, 4 points", "ko": "전진차분, 4점"}


@pytest.fixture
def forward4(tmp_path):
    """Register the one-sided scheme on four points with its name in each language, and take it away afterwards."""
    folders = dict(i18n._FOLDERS)
    register(Scheme.from_offsets(NAME, range(4)))
    for language, name in WORDS.items():
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        text = f'{head}\nmsgid "term.{NAME}"\nmsgstr "{name}"\n'
        (tmp_path / f"{language}.po").write_text(text, encoding="utf-8")
    i18n.add_folder(tmp_path)
    yield SCHEMES[NAME]
    unregister(NAME)
    i18n._FOLDERS.clear()
    i18n._FOLDERS.update(folders)
    translator.cache_clear()


def test_an_added_scheme_is_computed_with_everywhere(forward4):
    assert forward4.order == 3
    assert difference(np.exp, 0.0, 1e-3, NAME) == pytest.approx(1, abs=1e-9)
    f = nd.parse("sin x")
    assert nd.error_sweep(f, 1.0, (NAME,)).orders[NAME].order == pytest.approx(3, abs=0.1)
    assert nd.gradient(f, at={"x": 1.0}, method=NAME).df[0] == pytest.approx(np.cos(1), abs=1e-6)


@pytest.mark.parametrize("language", WORDS)
def test_an_added_scheme_is_seen_on_the_error_page(forward4, language):
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in {"lang": language, "f": "sin x", "x": "1", "curves": f"central.{NAME}", "focus": NAME}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/error/error.py").run()
    assert not app.exception
    [curves] = [item for item in app.get("button_group") if item.key == "view_curves"]
    assert WORDS[language] in [option.content for option in curves.proto.options]
    [chart] = app.get("plotly_chart")
    strokes = [line.get("line", {}) for line in json.loads(chart.proto.spec)["data"]]
    own = theme.LIGHT[NAME]
    assert any(line.get("color") == own.color and line.get("dash") == own.dash for line in strokes)
    assert WORDS[language] in " ".join(item.proto.body for item in app.get("html"))


def test_a_link_names_an_added_scheme(forward4):
    assert fields_of(fields.View)["curves"].read(f"central.{NAME}") == ("central", NAME)


def test_a_link_to_a_scheme_that_is_not_there_is_not_read():
    assert fields_of(fields.View)["curves"].read(f"central.{NAME}") is None


def test_every_scheme_that_is_added_looks_and_is_called_as_no_other(forward4):
    register(replace(forward4, name="other"))
    try:
        strokes = [theme.LIGHT[name] for name in SCHEMES]
        assert len({(stroke.color, stroke.dash) for stroke in strokes}) == len(SCHEMES)
        assert len({stroke.symbol for stroke in strokes}) == len(SCHEMES)
    finally:
        unregister("other")
    names = [short_name(translator("en"), name) for name in SCHEMES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "scheme",
    [
        Scheme.from_offsets("central", (0, 1)),
        Scheme.from_offsets("two words", (0, 1)),
        Scheme.from_offsets("second", (-1, 0, 1), 2),
    ],
)
def test_what_is_no_scheme_for_the_table_is_refused(scheme):
    before = dict(SCHEMES)
    with pytest.raises(ValueError, match="must"):
        register(scheme)
    assert dict(SCHEMES) == before
