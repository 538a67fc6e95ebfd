"""A shorter form on demand on the page of the chain rule: found, not found, and without SymPy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from numdiff.algebra.lane import Status
from numdiff.function import parse
from pages.explore.chain import work
from pages.parts.i18n import translator
from tests.app.test_chain_page import LANGUAGES, opened, said

SIGMOID = "1/(1 + e^-x)"


def algebra_that(status, form=None):
    """Return a stand-in for SymPy's client that answers at once."""
    tree = None if form is None else parse(form).tree
    asked = []

    def shorten(given, timeout):
        asked.append((given, timeout))
        return status, tree

    return lambda: SimpleNamespace(shorten=shorten, start=lambda: None, availability="ready", asked=asked)


@LANGUAGES
def test_sympy_is_asked_on_demand_and_what_it_finds_stands_as_an_equality(language, monkeypatch):
    monkeypatch.setattr(work, "SECONDS", 15.0)  # the machine may be busy; the page itself does not wait so long
    app = opened(language, f=SIGMOID, x="0.5")
    _ = translator(language)
    found = r"= \frac{1}{e^{x} + 2 + e^{-x}}"
    assert found not in said(app)
    for _attempt in range(30):  # on a busy machine SymPy may still be starting; then the button stays
        if all(button.key != "chain_shorter_look" for button in app.button):
            break
        app.button(key="chain_shorter_look").click().run()
    assert not app.exception
    assert found in said(app)
    assert _("chain.shorter.found") in said(app)
    app.text_input(key="view_x").set_value("0.75").run()
    assert found in said(app)
    app.text_input(key="view_f").set_value("sin(x^2)").run()
    assert found not in said(app)
    assert app.button(key="chain_shorter_look")


@LANGUAGES
@pytest.mark.parametrize(
    ("status", "outcome", "is_offered_again"),
    [
        (Status.UNAVAILABLE, "unavailable", True),
        (Status.BUSY, "busy", True),
        (Status.TIMEOUT, "time", False),
        (Status.FAILED, "none", False),
        (Status.OK, "none", False),
    ],
)
def test_why_there_is_none_is_said(monkeypatch, language, status, outcome, is_offered_again):
    monkeypatch.setattr(work, "algebra", algebra_that(status))
    app = opened(language, f=SIGMOID, x="0.5")
    app.button(key="chain_shorter_look").click().run()
    assert not app.exception
    assert translator(language)(f"chain.shorter.{outcome}") in said(app)
    assert any(button.key == "chain_shorter_look" for button in app.button) is is_offered_again


def test_a_form_that_does_not_pass_the_check_is_not_shown(monkeypatch):
    monkeypatch.setattr(work, "algebra", algebra_that(Status.OK, "x^2"))
    app = opened(f=SIGMOID, x="0.5")
    app.button(key="chain_shorter_look").click().run()
    assert translator("en")("chain.shorter.unchecked") in said(app)
    assert "= x^{2}" not in said(app)


def test_a_derivative_that_is_too_long_is_not_sent(monkeypatch):
    client = algebra_that(Status.OK)
    monkeypatch.setattr(work, "algebra", client)
    app = opened(f="".join(f"(x+{k})" for k in range(1, 31)), x="0.5")
    app.button(key="chain_shorter_look").click().run()
    assert translator("en")("chain.shorter.large") in said(app)
    assert client().asked == []


def test_the_wait_is_bounded(monkeypatch):
    client = algebra_that(Status.OK)
    monkeypatch.setattr(work, "algebra", client)
    work.look(SIGMOID, "x")
    ((_tree, seconds),) = client().asked
    assert seconds < 1
