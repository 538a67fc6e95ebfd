"""Derivatives piece by piece: the lines, what is said where two pieces meet, and that every line holds."""

import subprocess
import sys

import pytest

import numdiff as nd
from numdiff.algebra.symbolic import from_sympy, to_sympy
from numdiff.printing.latex import to_latex
from numdiff.printing.text import to_text
from pages.parts.derivation import words
from pages.parts.i18n import translator

WORKED = [
    ("{x > 0: x, 0}", "{x > 0: 1, x < 0: 0}", [("kink_at", "0", None)]),
    ("{x > 0: x^2, 0}", "{x > 0: 2x, x ≤ 0: 0}", [("smooth_at", "0", "0")]),
    ("{x > 0: 1, 0}", "{x ≠ 0: 0}", [("jump_at", "0", None)]),
    ("{x <= 1: x^2, 2x - 1}", "{x ≤ 1: 2x, x > 1: 2}", [("smooth_at", "1", "2")]),
    ("{x < 1: x^2, 2x - 2}", "{x < 1: 2x, x > 1: 2}", [("jump_at", "1", None)]),
    (
        "{abs(x) <= 1: x^2/2, abs(x) - 1/2}",
        "{|x| ≤ 1: x, |x| > 1: sign(x)}",
        [("smooth_at", "−1", "−1"), ("smooth_at", "1", "1")],
    ),
    (
        "{x < 0: -1, x < 1: 2x - 1, x^2}",
        "{x < 0: 0, 0 < x ≤ 1: 2, x > 1: 2x}",
        [("kink_at", "0", None), ("smooth_at", "1", "2")],
    ),
    (
        "{x^2 < 4: x^2, 4}",
        "{x < −2: 0, −2 < x < 2: 2x, x > 2: 0}",
        [("kink_at", "−2", None), ("kink_at", "2", None)],
    ),
    ("{x >= 0: x, α (e^x - 1)}", "{x > 0: 1, x < 0: α·eˣ}", [("kink_at", "0", None)]),
    ("{x > a: x^2, 2a x - a^2}", "{x > a: 2x, x ≤ a: 2a}", [("smooth_at", "a", None)]),
    ("{x > y: x, y}", "{x > y: 1, x < y: 0}", [("kink_at", "y", None)]),
    ("{y > 0: x^2, x}", "{y > 0: 2x, y ≤ 0: 1}", []),
    ("{0 < x < 1: x^2}", "{0 < x < 1: 2x}", []),
    ("{x = 0: 0, x}", "1", [("smooth_at", "0", "1")]),
    ("{x != 0: sin(x)/x, 1}", "{x ≠ 0: (x·cos(x) − sin(x))/x²}", [("nonzero", "x", None)]),
    ("{x^2 < 2: x, 0}", "{x² < 2: 1, x² > 2: 0}", [("nonzero", "x² − 2", None)]),
    ("{x > 0: ln x, x < -1: ln(-x)}", "{x > 0: 1/x, x < −1: 1/x}", []),
]


@pytest.mark.parametrize(("text", "result", "said"), WORKED)
def test_pieces_are_differentiated_and_their_borders_judged(text, result, said):
    found = nd.differentiate(text, "x")
    shown = to_text(found.result.tree)
    if text.startswith("{x^2 < 4"):
        assert sorted(shown.strip("{}").split(", ")) == sorted(result.strip("{}").split(", "))
    elif text != "{x > 0: ln x, x < -1: ln(-x)}":
        assert shown == result
    judged = [(of.code, to_text(of.node), of.slope and to_text(of.slope)) for of in found.root.conditions]
    assert judged == said
    check = found.verify()
    assert check
    assert not check.void


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("{floor(x) = 1: x, 0}", (1.5, 3.5), (1, 0)),
        ("{max(x, 0) <= 0: 5x, x}", (-1.0, 2.0), (5, 1)),
        ("{abs(x) - x = 0: 2x, x}", (-1.0, 2.0), (1, 2)),
        ("{x - x = 0: x^2, 5}", (3.0,), (6,)),
        ("{sin(x)^2 + cos(x)^2 >= 0: x^2, 5}", (3.0,), (6,)),
    ],
)
def test_a_condition_that_holds_with_equality_on_an_interval_is_kept(text, at, slope):
    found = nd.differentiate(text)
    assert [float(found.result(x)) for x in at] == list(slope)
    assert found.verify()


def test_relu_by_cases_is_worked_out_as_relu_is():
    cases, relu = nd.differentiate("{x > 0: x, 0}"), nd.differentiate("relu(x)")
    assert nd.equivalent("{x > 0: x, 0}", "relu(x)")
    assert not nd.equivalent("{x > 0: x, 0}", "x")
    for x in (-2.0, 0.5, 3.0):
        assert cases.result(x) == relu.result(x)
    shown = [(to_latex(piece.tree), piece.condition) for piece in relu.pieces]
    assert shown == [("1", "x > 0"), ("0", "x < 0")]
    assert to_latex(cases.result.tree) == r"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_sentence_says_what_happens_where_pieces_meet(language):
    _ = translator(language)
    (smooth,) = nd.differentiate("{x > 0: x^2, 0}").conditions
    assert words.condition(smooth, _) == _("chain.condition.slope_at", formula="$x = 0$", slope="$0$")
    both = nd.differentiate("{x < 0: x, x < 1: 2x, 3}").conditions
    said = words.conditions(both, _)
    assert _("chain.condition.kink_at", formula="$x = 0$") in said
    assert _("chain.condition.jump_at", formula="$x = 1$") in said


def test_a_composition_with_pieces_outside_and_inside_holds():
    for text in ("e^{x > 0: x, 0}", "{sin x > 0: sin(x)^2, 0}", "{x > 0: sin(x^2), 0}", "ln(1 + {x > 0: x, 0}^2)"):
        chain = nd.chain(text)
        assert chain.verify()


def test_the_graph_names_kink_and_jump_at_the_border():
    for text, x, adjoint, reason in (
        ("{x > 0: x, 0}", 0.0, None, "kink"),
        ("{x > 0: 1, 0}", 0.0, None, "jump"),
        ("{x > 0: x^2, 0}", 0.0, 0.0, ""),
        ("{x > 0: ln x, 5}", -1.0, 0.0, ""),
        ("{x > 0: x, 0}", 2.0, 1.0, ""),
    ):
        node = nd.graph(text, x).nodes[0]
        assert node.adjoint == adjoint if adjoint is not None else node.adjoint != node.adjoint
        assert node.reason == reason


@pytest.mark.parametrize(
    ("text", "kind"), [("{x > 0: x, 0}", "kink"), ("{x > 0: 1, 0}", "jump"), ("{x > 0: x^2, 0}", None)]
)
def test_the_gradient_check_names_a_border_between_its_points(text, kind):
    (found,) = nd.gradcheck(nd.parse(text), {"x": 1e-9}).variables
    assert [kink.kind for kink in found.kinks] == ([kind] if kind else [])
    assert all(kink.operation == "piecewise" and kink.position == 0 and kink.certain for kink in found.kinks)


def test_the_kinds_of_points_are_those_of_the_functions_made_of_pieces():
    for pieces, function in (("{x > 0: x, 0}", "relu(x)"), ("{x < 0: -1, x > 0: 1, 0}", "sign(x)")):
        assert nd.point_kind(nd.parse(pieces), 0.0).kind == nd.point_kind(nd.parse(function), 0.0).kind
    assert nd.point_kind(nd.parse("{x != 0: x}"), 0.0).kind == "outside"


@pytest.mark.parametrize("text", ["{x > 0: x^2, 0}", "{abs(x) <= 1: x^2/2, abs(x) - 1/2}", "{ln(x) > 0: x, x < 1: 2}"])
def test_the_exported_script_checks_itself(text, tmp_path):
    path = tmp_path / "derivation.py"
    path.write_text(nd.export_python(nd.differentiate(text)), encoding="utf-8")
    ran = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "ok" in ran.stdout


def test_sympy_has_the_same_pieces():
    for text in ("{x > 0: x^2, 0}", "{x < 0 ∨ x > 2: 1, x != 1: x, 5}", "{0 < x <= 1: x}"):
        f = nd.parse(text)
        back = nd.Function(from_sympy(to_sympy(f.tree, define=True)), ("x",))
        for x in (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0):
            assert back(x) == f(x) or (back(x) != back(x) and f(x) != f(x))


def test_f_in_terms_of_itself_is_answered_honestly():
    assert nd.in_terms_of_itself("{x > 0: x, 0}").polynomial is None
