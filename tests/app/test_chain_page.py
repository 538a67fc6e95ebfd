"""The page of the chain rule as it runs, in both languages: each view, each example, and what tries its patience."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from numdiff.derivation.steps import Check, Verification
from numdiff.derivation.work import differentiate
from pages.explore.chain import fields, work
from pages.explore.chain.apart import is_wide
from pages.explore.chain.choosing import EXAMPLES
from pages.explore.chain.rulecard import CARD, equation
from pages.parts.derivation import cached
from pages.parts.i18n import translator
from pages.parts.takehome import derivation

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])

HOSTILE = {
    "no composition at all": "5",
    "the variable itself": "x",
    "x to the x": "x^x",
    "a tower": "x^x^x^x",
    "no point anywhere": "ln(ln(ln x))",
    "no point at all": "√(-1 - x^2)",
    "thirty factors": "".join(f"(x+{k})" for k in range(1, 31)),
    "sine thirty times": "sin(" * 30 + "x" + ")" * 30,
    "nineteen fractions deep": "1/(1+" * 19 + "x" + ")" * 19,
    "three hundred nodes": " + ".join(f"e^({k}x^2)" for k in range(2, 36)),
    "a maximum of many": "max(" + ",".join(f"x^{k}" for k in range(1, 30)) + ")",
    "six variables": "sin(a x) e^(b y) ln(c z)",
    "an indexed sum": "-Σ_{i=1}^{2} 3 y x_i",
    "a long indexed sum": "Σ_{i=1}^{40} e^(i x)",
    "Hangul": "야식^2 + e^(3야식)",
    "names in use": "t e^(u v)",
    "kinks": "|x| + relu(x^2 - 1) + max(0, x)",
    "huge numbers": "e^(1000x^2) + 10^300 x",
}


def opened(language="en", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/chain/chain.py")
    app.run()
    assert not app.exception
    return app


def said(app):
    """Return all text on the page."""
    elements = [*app.markdown, *app.caption, *app.error]
    return "\n".join(element.value for element in elements)


def panels(app):
    return " ".join(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


@LANGUAGES
def test_a_first_visit_shows_the_lectures_stages(language):
    text = said(opened(language))
    stages = (
        r"\frac{\partial f}{\partial x} &= \frac{\partial f}{\cancel{\partial t}} \cdot"
        r" \frac{\cancel{\partial t}}{\partial x}",
        r"&= \frac{\partial(e^{t})}{\partial t} \cdot \frac{\partial(3x^{2})}{\partial x}",
        "&= (e^{t})(6x)",
        "&= (e^{3x^{2}})(6x)",
        "&= 6x e^{3x^{2}}",
    )
    assert r"f = e^{t},\quad t = 3x^{2}" in text
    assert [text.index(stage) for stage in stages] == sorted(text.index(stage) for stage in stages)


@LANGUAGES
def test_the_product_stands_beside_the_central_difference(language):
    shown = panels(opened(language))
    _ = translator(language)
    for label in ("chain.product", "chain.gap", "chain.central.error"):
        assert _(label) in shown
    assert _("chain.central", variable="x", dx="10⁻⁴") in shown
    assert "6.351000049838024" in shown.replace("</b>", "").replace('<span class="nd-wrong">', "")


@LANGUAGES
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.f)
def test_every_example_is_worked_out_and_checked(language, example):
    at = ";".join(f"{name}={value}" for name, value in example.at)
    app = opened(language, f=example.f, x=example.x, at=at, dx="10^-4")
    _ = translator(language)
    assert not app.error
    assert _("chain.checked.here", count=0, points=0).split("0")[-1] in said(app)
    assert _("chain.result") in said(app)


@LANGUAGES
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_functions_are_right_or_an_honest_limit_is_named(language, text):
    app = opened(language, f=text, x="0.7", dx="10^-4")
    assert not app.exception
    _ = translator(language)
    assert _("chain.checked.here", count=0, points=0).split("0")[-1] in said(app) or app.error or app.caption


@pytest.mark.parametrize("text", ["ln(ln(ln x))", "√(-1 - x^2)"])
def test_where_nothing_could_be_checked_it_is_said(text):
    app = opened(f=text, x="0.7")
    _ = translator("en")
    assert _("chain.no_value") in panels(app)
    assert [warning.value for warning in app.warning] == ([_("chain.nothing_checked")] if text.startswith("√") else [])


@LANGUAGES
@pytest.mark.parametrize(("text", "kind"), [("|x|", "kink"), ("max(0, x^2 - 1) + |x|", "kink"), ("sign(x)", "jump")])
def test_where_there_is_no_derivative_no_formula_gives_one(language, text, kind):
    shown = panels(opened(language, f=text, x="0", dx="10^-4"))
    _ = translator(language)
    assert f"<td>{_('chain.no_value')}</td>" in shown
    assert _(f"point.{kind}", x="0", left="−1", right="+1")[:20] in shown
    assert _("chain.gap.value") not in shown


def test_an_inner_function_is_chosen_and_carried_by_the_link():
    app = opened()
    choice = app.segmented_control(key="chain_inner")
    assert [option.content for option in choice.proto.options] == ["automatic", "$3x^{2}$", "$x^{2}$"]
    choice.set_value("x²").run()
    assert not app.exception
    assert r"f = e^{3t},\quad t = x^{2}" in said(app)
    assert r"f = e^{3t},\quad t = x^{2}" in said(opened(inner="x^2"))
    assert r"f = e^{t},\quad t = 3x^{2}" in said(opened(inner="sin x"))


def test_d_may_be_written_instead():
    text = said(opened(sign="total"))
    assert r"\frac{d f}{\cancel{d t}}" in text
    assert r"\partial" not in text


def test_the_derivation_is_revealed_step_by_step():
    app = opened(reveal="steps", f="x e^x", x="1")
    _ = translator("en")
    assert r"\frac{\partial(x e^{x})}{\partial x} = \; ?" in said(app)
    assert "Product rule" not in said(app)
    app.button(key="chain_reveal_hint").click().run()
    assert _("rule.product.hint") in said(app)
    app.button(key="chain_reveal_rule").click().run()
    assert _("rule.product.says") in said(app)
    assert r"\frac{\partial(x e^{x})}{\partial x} = \; ?" in said(app)
    app.button(key="chain_reveal_done").click().run()
    assert r"\frac{\partial(x e^{x})}{\partial x} = \; ?" not in said(app)
    assert _("chain.progress", done=1, count=3) in said(app)
    app.button(key="chain_finish").click().run()
    assert _("chain.result") in said(app)
    assert r"\cancel" not in said(app)  # nothing unfolds by itself and pushes the work away
    app.button(key="chain_restart").click().run()
    assert _("chain.result") not in said(app)
    app.text_input(key="view_f").set_value("x^2").run()
    assert _("chain.progress", done=0, count=1) in said(app)


def test_the_derivative_of_a_function_with_a_kink_is_written_on_both_sides_too():
    text = said(opened(chain="work", f="relu(x - 2)"))
    assert r"= \begin{cases} 1 & (x > 2) \\ 0 & (x < 2) \end{cases}" in text
    assert r"\begin{cases}" not in said(opened(chain="work", f="x^2"))


def test_rules_that_are_known_are_one_line():
    everything = len(opened(f="3x^2 + e^x + 7").markdown)
    app = opened(f="3x^2 + e^x + 7", known=".".join(fields.KNOWN))
    assert len(app.markdown) < everything - 4
    assert "**1 " in said(app)
    assert "**1.1 " not in said(app)


def test_a_look_at_another_view_keeps_how_far_one_has_come():
    app = opened(reveal="steps", f="x e^x", x="1")
    app.button(key="chain_reveal_done").click().run()
    _ = translator("en")
    assert _("chain.progress", done=1, count=3) in said(app)
    for view in ("graph", "work"):
        app.segmented_control(key="view_chain").set_value(view).run()
    assert _("chain.progress", done=1, count=3) in said(app)


@LANGUAGES
def test_a_power_with_the_variable_above_and_below_is_not_said_to_do_without_the_chain_rule(language):
    _ = translator(language)
    for text in ("x^x", "x^(2x)"):
        assert _("chain.none.rewritten", variable="x") in said(opened(language, f=text, x="2"))


def test_conditions_that_say_the_same_stand_in_one_sentence():
    text = said(opened(f="ln x + 1/x", x="2"))
    assert translator("en")("chain.condition.domain", formula=("$x > 0$", r"$x \ne 0$")) in text


def test_the_lectures_sum_opens_with_the_lectures_answer():
    app = opened()
    app.session_state["examples"] = True  # what is closed is not drawn
    app.run()
    places = [place for place, example in enumerate(EXAMPLES) if example.f.startswith("-Σ")]
    app.button(key=f"example_{places[0]}").click().run()
    assert not app.exception
    assert app.segmented_control(key="view_var").value == "x_1"
    assert r"\frac{\partial f}{\partial x_{1}} = -3y" in said(app)
    app.segmented_control(key="view_var").set_value("y").run()
    app.button(key="example_6").click().run()
    assert app.segmented_control(key="view_var").value == "x"
    assert r"\frac{\partial f}{\partial x} = y - 3 e^{-x}" in said(app)


def test_long_stages_get_the_width_of_the_page():
    long = "3x ln y + y e^(x^2) + 5 - 2y^2 sin(3x) e^(-x) + ln(1 + x^2 y)"
    assert not is_wide(cached.composition("1/(1 + e^-x)", "x"), "partial")
    assert is_wide(cached.composition(long, "x"), "partial")
    assert not opened(f=long, x="1", at="y=2").exception


def test_the_card_is_read_in_the_lectures_order_also_in_one_column():
    opened_at = [button.label for button in opened(chain="rules").button if "chain_open_standard" in str(button.key)]
    assert [label.split("(", 1)[1].split(")")[0] for label in opened_at[:5]] == [
        "7",
        "3x^{2}",
        "e^{x}",
        r"\ln x",
        "e^{-x}",
    ]


def test_a_line_too_long_for_the_column_beside_the_graph_is_not_drawn():
    app = opened(chain="graph", f=HOSTILE["thirty factors"], x="1")
    labels = [button.label for button in app.button if str(button.key).startswith("chain_line")]
    assert translator("en")("chain.graph.too_long") in labels
    assert max(map(len, labels)) < 1200


def test_levels_fold():
    app = opened(f="e^(sin((3x + 1)^2))")
    before = len(app.markdown)
    app.button(key="chain_fold_1").click().run()
    assert len(app.markdown) < before
    app.button(key="chain_fold_1").click().run()
    assert len(app.markdown) == before


def test_a_long_derivation_comes_in_pieces():
    app = opened(f=HOSTILE["three hundred nodes"])
    before = len(app.markdown)
    app.button(key="chain_more").click().run()
    assert len(app.markdown) > before


def test_a_line_that_fails_its_check_is_red_and_named(monkeypatch):
    def broken(text, variable, at):
        return Verification((Check("root.children[0].lines[0]", "line", holds=False, reason="different"),), 7, True)

    monkeypatch.setattr(cached, "verified", broken)
    app = opened(f="x e^x", x="1")
    _ = translator("en")
    assert app.error[0].value == _(
        "chain.failed.line", rule=_("rule.identity"), number=1, reason=_("chain.failed.different")
    )
    assert said(app).count("textcolor") == 1
    assert _("chain.unchecked", count=1, failed=1) in said(app)


def test_a_change_of_x_does_not_differentiate_again(monkeypatch):
    app = opened(f="sin(e^(2x)) + x^7", x="1")
    again = []
    monkeypatch.setattr(cached, "differentiate", lambda *what: again.append(what))
    app.text_input(key="view_x").set_value("1.25").run()
    assert not app.exception
    assert again == []


@LANGUAGES
def test_the_card_of_rules(language):
    app = opened(language, chain="rules")
    entries = [entry for entries in CARD.values() for entry in entries]
    cards = [button for button in app.button if str(button.key).startswith("chain_open")]
    assert len(cards) == len(entries)
    quotient = next(button for button in cards if r"\frac{x}{1 + x^{2}}" in button.label)
    quotient.click().run()
    assert not app.exception
    assert app.text_input(key="view_f").value == "x/(1 + x^2)"
    assert translator(language)("rule.quotient.says") in said(app)


@pytest.mark.parametrize("example", [example for entries in CARD.values() for _rule, example in entries], ids=str)
def test_every_line_of_the_card_is_true(example):
    assert differentiate(example.f, None if "x" not in example.f else "x").verify()
    assert " = " in equation(example.f)


@LANGUAGES
def test_the_last_good_work_stays_while_the_input_is_not_understood(language):
    app = opened(language, f="sin(x^2)", x="1")
    app.text_input(key="view_f").set_value("sin(x^2").run()
    assert not app.exception
    assert r"\sin(t)" in said(app) or r"\sin t" in said(app)


@LANGUAGES
def test_the_files_hold_the_work(language):
    shared = ("e^(3x^2)", "x", "", "partial", language)
    assert r"\cancel{\partial t}" in derivation.as_latex(*shared)
    assert "$$" in derivation.as_markdown(*shared)
    script = derivation.as_python("e^(3x^2)", "x", (("x", 0.5),), language)
    assert "import numpy as np" in script
    assert translator(language)("rule.power") in script


PROOFS = {
    "1/(1 + e^-x)": "polynomial",
    "tanh(x)": "polynomial",
    "(1 - 4x)^(-1/4)": "polynomial",
    "5": "polynomial",
    "ln(1 + e^x)": "closed",
    "√x": "rational",
    "sin x": "power",
    "x e^x": "independent",
    "x^x": "none_found",
    "√(-1 - x^2)": "no_point_found",
}


@LANGUAGES
@pytest.mark.parametrize(("text", "code"), PROOFS.items(), ids=PROOFS)
def test_f_prime_in_terms_of_f(language, text, code):
    app = opened(language, chain="proof", f=text, x="0.1")
    _ = translator(language)
    note = cached.relation(text, "x").note
    assert note.code == code
    assert _(f"chain.proof.note.{code}", **note.params) in said(app)
    assert not app.error
    assert len(app.get("plotly_chart")) == (1 if note.sides else 0)


@LANGUAGES
def test_conditions_that_are_endless_when_written_out_are_not_written_out(language):
    # each absolute value doubles the condition of the one inside it: written out, the last has a billion parts
    app = opened(language, chain="proof", f="abs(" * 30 + "x" + ")" * 30, x="0.5")
    assert translator(language)("chain.condition.more") in said(app)


@LANGUAGES
@pytest.mark.parametrize("text", ["relu(x)", "leaky_relu(x)", "max(0, 2x - 3)"])
def test_the_slope_of_straight_pieces_is_told_by_the_value(language, text):
    app = opened(language, chain="proof", f=text, x="0.5")
    assert not app.exception
    assert translator(language)("chain.proof.note.pieces") in said(app)
    assert r"\begin{cases}" in said(app)


@LANGUAGES
def test_the_lectures_proof(language):
    text = said(opened(language, chain="proof", f="1/(1 + e^-x)", x="0.5"))
    stages = (r"f = \frac{1}{1 + e^{-x}}", r"e^{-x} = \frac{1 - f}{f}", r"f' = f \cdot (1 - f) = f - f^{2}")
    assert all(stage in text for stage in stages)
    assert translator(language)("chain.proof.title") == ("증명" if language == "ko" else "Proof")


def test_a_line_of_the_proof_that_fails_is_red_and_named(monkeypatch):
    def broken(text, variable):
        return Verification((Check(("proof", 1), "proof", holds=False, reason="different"),), 7)

    monkeypatch.setattr(cached, "verified_relation", broken)
    app = opened(chain="proof", f="1/(1 + e^-x)", x="0.5")
    _ = translator("en")
    assert [error.value for error in app.error] == [_("chain.proof.failed", reason=_("chain.failed.different"))]
    assert said(app).count("textcolor") == 1


@LANGUAGES
def test_the_graph_stands_beside_the_lines_of_its_nodes(language):
    app = opened(language, chain="graph", f="3x ln y + y e^(x^2) + 5", x="1", at="y=2")
    labels = [button.label for button in app.button if str(button.key).startswith("chain_line")]
    assert len(labels) == 6
    assert r"\frac{\partial(e^{x^{2}})}{\partial x} = e^{x^{2}} (2x)" in labels[4]
    app.button(key="chain_line_4").click().run()
    assert not app.exception


@LANGUAGES
def test_a_graph_that_is_too_large_says_so_and_offers_a_part(language):
    app = opened(language, chain="graph", f=HOSTILE["thirty factors"], x="1")
    assert len(app.info) == 1
    assert app.selectbox(key="chain_graph_part").options


def test_a_constant_has_no_graph():
    assert translator("en")("chain.graph.constant") in said(opened(chain="graph", f="5"))


def test_the_script_of_a_constant_is_made_too():
    asked = SimpleNamespace(text="5", variable="x", at=(("x", 1.0),), sign="partial", point={})
    made: list[str] = []

    def button(_label, make, **_options):
        made.append(make())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work.st, "download_button", button)
        work._downloads(asked, translator("en"))
    assert len(made) == 3
    assert "assert" in made[2] or "check" in made[2]
