"""Exercises of every kind are well-posed: understood, defined, with a right answer and no quarrel about it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from numdiff.difference.schemes import SCHEMES, difference
from numdiff.exact import exact_derivative
from numdiff.function import parse
from numdiff.practice.exercise import (
    FORMULAS,
    KINDS,
    LEVELS,
    QUESTIONS,
    ChoiceExercise,
    FormulaExercise,
    exercise,
    lecture,
    sheet,
)
from numdiff.practice.numeric import Question

SEEDS = range(1, 68)
"""With three levels about 200 exercises of each kind."""

POINTS = (0.4, 0.9, 1.7, 2.3)


def formula(kind: str, level: int, seed: int) -> FormulaExercise:
    made = exercise(kind, level, seed)
    assert isinstance(made, FormulaExercise)
    return made


def question(kind: str, level: int, seed: int) -> Question:
    made = exercise(kind, level, seed)
    assert isinstance(made, ChoiceExercise)
    return made.question


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", sorted(FORMULAS))
def test_a_formula_has_a_derivative_that_is_right_and_not_absurd(kind, level):
    for seed in SEEDS:
        made = formula(kind, level, seed)
        assert made.variable in made.function.variables
        assert made.derivation.verify(), made.function.text
        assert len(made.answer.latex()) <= 170, made.function.text
        assert made.answer.latex() != "0"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", sorted(FORMULAS))
def test_the_answer_has_the_derivatives_values(kind, level):
    for seed in SEEDS:
        made = formula(kind, level, seed)
        defined = 0
        for x in POINTS:
            at = {name: x + 0.25 * place for place, name in enumerate(made.function.variables)}
            others = {name: value for name, value in at.items() if name != made.variable}
            exact = exact_derivative(made.function, at[made.variable], made.variable, others)
            if not math.isfinite(float(exact)):
                continue
            defined += 1
            value = made.answer(**{name: at[name] for name in made.answer.variables})
            # f′ is computed in float64 in the tidied form, in which terms may cancel
            assert float(value) == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
        assert defined >= 2, made.function.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_stands_for_one_exercise(kind):
    assert exercise(kind, 2, 5) == exercise(kind, 2, 5)
    assert len({repr(exercise(kind, 2, seed)) for seed in range(20)}) > 5


@pytest.mark.parametrize("level", LEVELS)
def test_one_step_is_the_best_beyond_doubt(level):
    for seed in SEEDS:
        asked = question("best_step", level, seed)
        errors = np.array(asked.errors)
        assert len(asked.choices) == len(asked.steps) == len(asked.reasons) >= 3
        assert [float(choice) for choice in asked.choices] == list(asked.steps)
        assert np.argmin(errors) == asked.answer
        assert np.all(np.delete(errors, asked.answer) >= 20 * errors[asked.answer])
        assert asked.reasons[asked.answer] == "best"
        for step, reason in zip(asked.steps, asked.reasons, strict=True):
            best = asked.steps[asked.answer]
            assert reason == ("best" if step == best else "truncation" if step > best else "rounding")


@pytest.mark.parametrize("level", LEVELS)
def test_the_errors_shown_have_the_slope_that_is_asked_for(level):
    for seed in SEEDS:
        asked = question("order", level, seed)
        order = int(asked.choices[asked.answer])
        assert order == SCHEMES[asked.scheme].order
        exact = float(exact_derivative(asked.function, asked.x))
        for step, error in zip(asked.steps, asked.errors, strict=True):
            again = abs(float(difference(asked.function, asked.x, step, asked.scheme)) - exact)
            assert error == pytest.approx(again, rel=1e-2)  # the error that is shown is measured in more digits
        slope = math.log(asked.errors[0] / asked.errors[-1]) / math.log(asked.steps[0] / asked.steps[-1])
        assert slope == pytest.approx(order, abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_printed_is_what_python_prints(level):
    for seed in SEEDS:
        asked = question("printed", level, seed)
        x, h = asked.x, asked.steps[0]
        rise = float(asked.function(x + h)) - float(asked.function(x - h))
        value = rise / (2 * h) if asked.code_line.endswith("(2*h)") else rise / 2 * h
        assert asked.choices[asked.answer] == repr(value)
        assert len(set(asked.choices)) == len(asked.choices) == 4


def test_the_lectures_exercises_come_in_its_order():
    found = lecture()
    assert found[0].answer.latex() == "6x + e^{x}"
    assert found[1].answer.latex() == r"\frac{1}{x} - \frac{1}{x^{2}}"
    assert found[2].answer.latex() == "3 e^{x} + 3x e^{x}"
    assert [made.answer.latex() for made in found[3:5]] == ["2 + 3y", "3x + 3y^{2}"]
    assert found[-2].answer.tree == parse("-3y").tree


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("count", [1, 10, 24])
def test_a_sheet_asks_nothing_twice(level, count):
    found = sheet(KINDS, level, 7, count)
    assert len(found) == count
    assert found == sheet(KINDS, level, 7, count)
    assert [made.kind for made in found[:10]] == list(KINDS[: min(count, 10)])


@pytest.mark.parametrize(("kind", "level"), [("integral", 1), ("power", 0), ("power", 4), (next(iter(QUESTIONS)), 9)])
def test_an_unknown_kind_or_level_is_refused(kind, level):
    with pytest.raises(ValueError, match="must be"):
        exercise(kind, level, 1)
