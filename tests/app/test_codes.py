"""What numdiff finds is said on the pages and in their files: one input for every code that once had no sentence."""

from __future__ import annotations

import pytest

from pages.parts.derivation import cached
from pages.parts.i18n import translator
from pages.parts.takehome import derivation
from tests.app.test_chain_page import LANGUAGES, opened, said
from tests.app.test_pages import opened as lesson

TIDIED = ["|x|^2", "x|x|", "ln|x|", "x ln|x|", "x/|x|", "1/(1+1/x)", "ln(1+1/x)", "arctan(1/x)", "1/(1+1/(1+1/x))"]
"""Functions whose derivatives are tidied by putting |u| and sgn u together, or by clearing fractions in fractions."""
UNRECOGNISED = ["max(e^x, x-100)", "min(x, 10^16)"]


def rules_of(text: str) -> set[str]:
    return {step.rule for step in cached.derivation(text, "x").tidying}


def test_the_inputs_are_of_the_kind():
    assert {"absolute", "clear"} <= set.union(*map(rules_of, TIDIED))
    assert all(rules_of(text) & {"absolute", "clear"} for text in TIDIED)
    assert {cached.relation(text, "x").note.code for text in UNRECOGNISED} == {"unrecognised"}


@LANGUAGES
@pytest.mark.parametrize("text", TIDIED)
def test_every_step_of_tidying_is_named_on_the_page_and_in_the_files(text, language):
    app = opened(language, f=text, x="0.7")
    app.session_state["chain_tidying"] = True
    app.run()
    assert not app.exception
    names = {translator(language)(f"tidy.{rule}") for rule in rules_of(text)}
    assert all(name in said(app) for name in names)
    for made in (derivation.as_latex, derivation.as_markdown):
        written = made(text, "x", "", "partial", language)
        assert all(name in written for name in names)
    compile(derivation.as_python(text, "x", (("x", 0.7),), language), text, "exec")


@LANGUAGES
@pytest.mark.parametrize("text", UNRECOGNISED)
def test_a_polynomial_that_is_not_recognised_is_spoken_of(text, language):
    app = opened(language, f=text, chain="proof")
    degree = cached.relation(text, "x").note.params["degree"]
    assert translator(language)("chain.proof.note.unrecognised", degree=degree) in said(app)


@LANGUAGES
@pytest.mark.parametrize("text", UNRECOGNISED)
def test_the_lesson_speaks_of_it_too(text, language):
    app = lesson(language, "pages/learn/lessons/exercises/exercises.py", section="exercises.others", own_f=text)
    assert not app.exception
    degree = cached.relation(text, "x").note.params["degree"]
    assert translator(language)("chain.proof.note.unrecognised", degree=degree) in said(app)
