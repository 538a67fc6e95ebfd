"""The page of the chain rule in a browser: its formulas in KaTeX, steps revealed by clicks, the graph by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, expect

from numdiff.derivation.steps import Style
from numdiff.function import parse
from numdiff.printing.latex import to_latex
from numdiff.printing.stretch import stretched
from pages.explore.chain.apart import parts_latex, stages_latex
from pages.explore.chain.choosing import EXAMPLES
from pages.explore.chain.rulecard import CARD, equation
from pages.parts.derivation import cached, lines, words
from pages.parts.derivation.reveal import plan
from tests.browser.browsing import echo, eventually, field, fits, settled

STREAMLIT = Path(streamlit.__file__).parent
SCREENS = pytest.mark.parametrize(("lang", "width", "height"), [("ko", 390, 844), ("en", 1280, 720)])
STYLES: tuple[Style, ...] = ("partial", "total")
LONGEST = "3x ln y + y e^(x^2) + 5"
"""The lecture's longest formula."""
UNUSUAL = (
    "야식^2 e^(-운동)",
    "x^(x^x)",
    "theta_1^2 + tanh(theta_1 alpha)",
    "|sin x|^(1/3) + leaky_relu(x) + max(x, 2, x^2)",
    "log_3(x^2 + 1) + root(x, 5) + ceil(x) floor(x)",
    "-Σ_{i=1}^{2} 3 y x_i",
    "1/(1+" * 9 + "x" + ")" * 9,
    "sin(" * 12 + "x" + ")" * 12,
    "(x+1)(x+2)(x+3)(x+4)(x+5)(x+6)(x+7)(x+8)(x+9)",
    "e^(-(x - 1)^2/(2 s^2))/√(2π s^2)",
    "x^-3 + 2^(-x^2) + (x^2)^x + 1e-4 x^0.5",
    "gelu(x) silu(x) softplus(x) erf(x)",
)


def formulas(text: str) -> Iterator[str]:
    """Yield every formula that the page shows of a function."""
    function = parse(text)
    variable = function.variables[0] if function.variables else "x"
    of, apart, relation = (
        cached.derivation(text, variable),
        cached.composition(text, variable),
        cached.relation(text, variable),
    )
    for style in STYLES:
        for part in (apart, *apart.parts) if apart else ():
            yield from (parts_latex(part), part.latex(style), *([stages_latex(part, style)] if part.stages else []))
        for row in plan(of.root).walk():
            yield lines.head(row.step, style, {0}, "#B3202F", whole=not row.parts)
            yield from (lines.question(row.step, style), lines.short(row.step, style, (), "red"))
            yield lines.tail(row.step, style, (), "red") or "x"
            yield words.general(row.step.rule, style) or "x"
        yield lines.result_latex(of, style)
    yield from (to_latex(step.after) for step in of.tidying)
    yield from (condition.latex() or "x" for condition in of.conditions)
    yield from (step.latex for step in relation.proof)
    yield relation.note.latex or "x"


def test_katex_as_streamlit_ships_it_accepts_every_formula(visit):
    card = [example.f for entries in CARD.values() for _rule, example in entries]
    texts = list(dict.fromkeys([*(example.f for example in EXAMPLES), *card, *UNUSUAL]))
    shown = [stretched(latex) for text in texts for latex in formulas(text)]
    shown += [rf"\displaystyle {stretched(equation(text))}" for text in card]
    (script,) = (STREAMLIT / "static" / "static" / "js").glob("katex.*.js")
    page = visit("/chain?lang=en", "en")
    wrong = page.evaluate(
        """async ([address, formulas]) => {
            const katex = Object.values(await import(address)).map((it) => it.default ?? it)
                .find((it) => it && it.renderToString)
            const wrong = []
            for (const latex of formulas) {
                try {
                    const html = katex.renderToString(latex, { displayMode: true, throwOnError: true })
                    if (html.includes("katex-error")) wrong.push(latex)
                } catch (error) {
                    wrong.push(`${latex}: ${error.message}`)
                }
            }
            return wrong
        }""",
        [f"/static/js/{script.name}", shown],
    )
    assert len(shown) > 2000
    assert wrong == []


@SCREENS
def test_the_lectures_stages_are_shown_and_any_formula_is_copied(visit, lang, width, height):
    page = visit(f"/chain?lang={lang}", lang, width, height)
    stages = page.locator(".st-key-chain_formulas .katex-display").nth(1)
    expect(stages.locator("annotation")).to_contain_text(r"\frac{\cancel{\partial t}}{\partial x}")
    expect(stages.locator(".cancel-pad, .sout, svg").first).to_be_visible()
    expect(page.locator(".nd-panel")).to_contain_text("6.351000049838024")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    page.locator(".nd-copy").first.click()
    assert eventually(page, lambda: page.evaluate("window.copied")) == r"f = e^{t},\quad t = 3x^{2}"
    field(page, lang, "f").fill(LONGEST)
    expect(echo(page)).to_have_text("f(x, y) = 3x \\ln y + y e^{x^{2}} + 5")
    settled(page)
    result = to_latex(cached.derivation(LONGEST, "x").result.tree)
    expect(page.locator(".st-key-chain_result annotation").filter(has_text=result)).to_be_attached()
    expect(page.locator(".katex-error")).to_have_count(0)
    fits(page)
    field(page, lang, "f").fill("3x ln(")
    expect(page.locator(".st-key-problem")).to_be_visible()
    expect(page.locator(".st-key-picture_stale .st-key-chain_result .katex-display annotation")).to_have_text(
        re.compile(r"\\ln y")
    )


def reveal(page: Page, name: str) -> None:
    page.locator(f".st-key-chain_reveal_{name} button").click()
    settled(page)


def test_the_steps_are_revealed_one_by_one(visit):
    page = visit("/chain?lang=ko&f=x+e%5Ex&x=1&reveal=steps", "ko")
    work = page.locator(".st-key-chain_step_0")
    expect(work).to_contain_text("= ?")
    expect(page.get_by_text("곱의 미분법")).to_have_count(0)
    reveal(page, "hint")
    reveal(page, "rule")
    expect(work).to_contain_text("곱의 미분법")
    reveal(page, "done")
    expect(page.locator(".st-key-chain_step_1")).to_contain_text("= ?")
    reveal(page, "done")
    reveal(page, "done")
    expect(page.locator(".st-key-chain_result")).to_be_visible()
    expect(page).to_have_url(re.compile("reveal=steps"))


def chosen_line(page: Page) -> str:
    """Return the formulas of the line that is lit up, "" if none is."""
    return " ".join(page.locator('[class*="st-key-chain_step_on"] annotation').all_text_contents())


def test_the_graph_is_stepped_by_keys_and_shares_its_choice_with_the_lines(visit):
    page = visit("/chain?lang=en&chain=graph", "en")
    stage = page.locator('[data-part="stage"]')
    expect(stage).to_be_visible()
    count = page.locator('[data-part="count"]')
    expect(count).to_have_text("8 / 8")
    stage.focus()
    page.keyboard.press("Home")
    expect(count).to_have_text("0 / 8")
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("1 / 8")
    page.keyboard.press("ArrowDown")  # x, which has no line of its own
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    eventually(page, lambda: chosen_line(page), lambda latex: r"x} = 2x" in latex and "x^{2}" in latex)
    page.locator(".st-key-chain_line_1 button").click()
    eventually(page, lambda: chosen_line(page), lambda latex: r"x} = 6x" in latex and "3x^{2}" in latex)
    settled(page)
    fits(page)
