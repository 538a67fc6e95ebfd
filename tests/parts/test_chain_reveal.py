"""How much of a derivation is shown: known rules, progress step by step, and where lines that failed belong."""

from __future__ import annotations

import pytest

from numdiff.derivation.rules.order import RULES
from numdiff.derivation.steps import Check, Verification
from numdiff.derivation.work import differentiate
from pages.explore.chain import fields
from pages.explore.chain.steps import number
from pages.parts.derivation import lines
from pages.parts.derivation.lines import failed_lines
from pages.parts.derivation.reveal import FAMILIES, FINISHED, Progress, advance, open_levels, plan, start
from pages.parts.derivation.words import general, name, says
from pages.parts.i18n import translator

LECTURE = "3x ln y + y e^(x^2) + 5"


def rows_of(text, known=(), variable="x"):
    return plan(differentiate(text, variable).root, known)


def test_rows_are_numbered_in_reading_order():
    rows = list(rows_of(LECTURE).walk())
    assert [row.number for row in rows] == list(range(len(rows)))
    assert [number(row) for row in rows] == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "1.2.1.1", "1.3"]
    assert rows[0].last == len(rows) - 1
    assert [row.last for row in rows if row.level == 1] == [2, 5, 6]


def test_a_step_whose_rules_are_all_known_is_one_line():
    rows = list(rows_of(LECTURE, ("linear",)).walk())
    assert [number(row) for row in rows] == ["1", "1.1", "1.2", "1.2.1", "1.2.1.1", "1.3"]
    assert [row.is_quiet for row in rows] == [False, True, False, False, False, True]
    assert [row.is_known for row in rows] == [True, True, True, False, False, True]
    assert len(list(rows_of(LECTURE, fields.KNOWN).walk())) == 1


def test_working_it_out_passes_every_row_once():
    root = rows_of("x e^x")
    count = root.last + 1
    progress, seen = start(root), []
    while progress.number < count:
        seen.append((progress.number, progress.phase))
        progress = advance(root, progress)
    assert seen == [(row, phase) for row in range(count) for phase in ("ask", "hint", "rule")]
    assert progress.is_whole(root)
    assert advance(root, progress) == progress


def test_the_result_may_be_asked_for_at_once_and_nothing_goes_back():
    root = rows_of("x e^x")
    assert advance(root, Progress(0), "done") == Progress(1)
    assert advance(root, Progress(0, "rule"), "hint") == Progress(0, "rule")
    assert advance(root, Progress(0, "hint"), "rule") == Progress(0, "rule")


def test_known_rules_are_passed_over():
    root = rows_of(LECTURE, ("linear",))
    assert start(root) == Progress(3)
    assert advance(root, Progress(3), "done") == Progress(4)
    assert advance(root, Progress(4), "done") == Progress(6)


@pytest.mark.parametrize(
    ("progress", "phases"), [(Progress(1, "hint"), "done hint hidden"), (FINISHED, "done done done")]
)
def test_phases(progress, phases):
    assert " ".join(progress.of(row) for row in rows_of("x e^x").walk()) == phases


def test_a_long_derivation_opens_with_few_levels():
    assert open_levels(rows_of("e^(3x^2)")) == 2
    deep = rows_of("sin(" * 20 + "x" + ")" * 20)
    assert open_levels(deep) == 13
    wide = rows_of(" + ".join(f"e^({k}x^2)" for k in range(1, 30)))
    assert open_levels(wide) == 2


def test_where_a_failed_line_belongs():
    found = Verification(
        (
            Check("root.lines[0]", "line", holds=True),
            Check("root.children[0].children[1].lines[2]", "line", holds=False),
            Check(("tidy", 3), "tidy", holds=False),
            Check("result", "result", holds=False),
        )
    )
    failed = failed_lines(found)
    assert failed.of("root.children[0].children[1]") == (2,)
    assert failed.of("root") == ()
    assert failed.within("root")
    assert failed.within("root.children[0]")
    assert not failed.within("root.children[1]")
    assert failed.of("tidy") == (3,)
    assert failed.of("result") == (0,)
    assert lines.place_of(Check("parts[1].stages[2]", "stage", holds=False)) == ("parts[1].stages", 2)
    assert lines.place_of(Check("stages[0]", "stage", holds=False)) == ("stages", 0)


def test_a_failed_line_is_red():
    step = differentiate("x e^x").root
    shown = lines.head(step, "partial", {0}, "#B3202F", whole=True)
    assert shown.count(r"\textcolor{#B3202F}{= ") == 1
    assert lines.head(step, "partial", (), "#B3202F", whole=True).count("textcolor") == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_rule_has_a_name_and_a_sentence(language):
    _ = translator(language)
    for rule in (*RULES, "chain"):
        assert name(rule, _)
        assert says(rule, _).endswith(".")


def test_families_are_those_of_the_link_and_hold_known_rules_only():
    assert tuple(FAMILIES) == fields.KNOWN
    assert {rule for rules in FAMILIES.values() for rule in rules} <= {*RULES, "chain"}


def test_rules_in_letters():
    assert general("product") == r"(u\,v)' = u'\,v + u\,v'"
    assert general("sin") == r"(\sin x)' = \cos x"
    assert general("max") == ""
