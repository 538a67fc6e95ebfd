"""The lecture's two worked examples, in the learner's numbers: x² at 3.0, and 3x eˣ at 2.0."""

from __future__ import annotations

import streamlit as st

from numdiff.function import Function
from pages.learn.lessons import entry, formula, frame, pieces, program
from pages.learn.lessons.examples import rounding
from pages.learn.lessons.stage import Stage
from pages.parts import panel
from pages.parts.entries import formula_latex
from pages.parts.substitution import work_out


def _words(given: entry.Asked) -> dict[str, str]:
    """Return what the prose fills in: all of it LaTeX of our own printer, or numbers."""
    function, (_text, x, dx) = given.function, given.place
    exact = pieces.exact_slope(*given.place[:2])
    return {
        "formula": formula_latex(function),
        "point": given.x.latex,
        "step": given.dx.latex,
        "printed": program.printed(function, x, dx) or "–",
        "exact": pieces.shown_exact(exact),
    }


def _square(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        pieces.draw_canvas(stage, given, ("central",))
        stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=("central",))
    here = pieces.found(given, ("central",))

    def lines() -> None:
        worked = work_out(given.function, given.x, given.dx, "central", differentiable=here.has_derivative)
        st.latex(worked.aligned(), width="content")

    stage.write(_words(given), {"lines": lines})


def _twice(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.asked(stage.screen)
        function, (_text, x, dx) = given.function, given.place
        st.code(program.twice(function, x, dx, _("lesson.twice.comment")), language="python")
        st.html(program.output_html(function, x, dx, _, times=2))
    stage.write(_words(given))


def _why_not(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        here = pieces.found(given, ("central",))
        st.html(program.output_html(*_call(given), _))
        pieces.draw_said(panel.sentence(here, "central", _))
        st.latex(rounding.stored_latex(given), width="content")
        stage.explore("error", _("lesson.explore.error"), **pieces.same(given))
    is_right = program.printed(*_call(given)) in {_words(given)["exact"], f"{_words(given)['exact']}.0"}
    kind = "none" if not here.has_derivative else "right" if is_right else "wrong"
    stage.write(slots={"question": lambda: st.markdown(_(f"lesson.why_not.{kind}", **_words(given)))})


def _call(given: entry.Asked) -> tuple[Function, float, float]:
    return given.function, given.x.value, given.dx.value


def _product(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f", "x"))
        st.code(formula.code(given.function.text, given.x), language="python")
        st.html(formula.output_html(given, _))
    text = given.function.text
    idea = "product" if formula.derivation(text).root.rule == "product" else "rules"
    stage.write(
        _words(given),
        {
            "idea": lambda: st.markdown(_(f"lesson.product.{idea}", **_words(given))),
            "lines": lambda: formula.draw(formula.lines_latex(text), given, _),
            "put_in": lambda: st.latex(formula.put_in_latex(given), width="content"),
            "exact": lambda: pieces.draw_exact(given, _),
        },
    )


def _compare(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        st.code(program.program(*_call(given)), language="python")
        st.html(program.output_html(*_call(given), _))
    stage.write(
        _words(given),
        {
            "agreement": lambda: st.html(formula.agreement_html(given, _, with_exact=True)),
            "explore": lambda: stage.explore("error", _("lesson.explore.error"), **pieces.same(given)),
        },
    )


frame.show(
    "examples", {"square": _square, "twice": _twice, "why_not": _why_not, "product": _product, "compare": _compare}
)
