"""A sheet of exercises as a document: each with its solution, which SymPy or the computer's own numbers confirm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from numdiff.difference.schemes import SCHEMES
from numdiff.evaluate.floats import evaluate
from numdiff.practice.exercise import ChoiceExercise, FormulaExercise
from numdiff.practice.numeric import Question
from numdiff.printing.exact_code import to_exact
from numdiff.printing.text import to_text
from pages.apply.practice import choosing
from pages.apply.practice.asking import given_words, wanted_latex
from pages.apply.practice.choosing import Numbered
from pages.apply.practice.fields import View
from pages.parts import numbers
from pages.parts.derivation import words
from pages.parts.entries import formula_latex, shown_name
from pages.parts.i18n import Translator, translator
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Package, Part, Table, Words
from pages.parts.takehome.program import Program, needs, silent
from pages.parts.takehome.quotients import quotient

NAME = "numdiff-practice"

_TRIED = (0.75, 1.25, 0.5, 2.0, 1.5, -0.5, 3.0, 0.25)
"""Places at which a solution is compared with SymPy's derivative: the first at which it has a value."""

_CHECK = """\
def check(number, f, answer, variable, at):
    # {check}
    mine = answer.evalf(30, subs=at)
    theirs = sp.diff(f, variable).evalf(30, subs=at)
    assert abs(mine - theirs) <= 1e-20*max(1, abs(theirs)), number
    print(number, answer, float(mine))"""


def package(_: Translator, view: View) -> Package:
    """Return what is taken home from the page: the whole sheet, whichever exercise is looked at."""
    found = choosing.shown(view)
    return Package(NAME, partial(document, found, _.language), partial(table, found, _.language), has_picture=False)


def document(sheet: Sequence[Numbered], language: str) -> Document:
    """Return the sheet with its solutions."""
    _ = translator(language)
    check = _CHECK.format(check=_("takehome.practice.check"))
    start = "\n".join(["import numpy as np", *needs(_), "", silent(_), "", "", check])
    parts: list[Part] = [Words(_("takehome.practice.explain")), Code(start)]
    for one in sheet:
        made = one.exercise
        if isinstance(made, FormulaExercise):
            parts += _formula(one.number, made, _)
        else:
            parts += _choice(one.number, made, _)
    return Document(NAME, _("takehome.practice.title"), tuple(parts))


def _head(number: int, kind: str, _: Translator) -> str:
    return f"{number}. {_(f'practice.kind.{kind}')}"


def _formula(number: int, made: FormulaExercise, _: Translator) -> list[Part]:
    head, function = _head(number, made.kind, _), made.function
    listed = ", ".join(map(shown_name, function.variables or (made.variable,)))
    wanted = f"d/d{shown_name(made.variable)}"
    plain = f"f({listed}) = {to_text(function.tree)}\n{wanted} f = {to_text(made.answer.tree)}"
    rules = dict.fromkeys(step.rule for step in made.derivation.steps if step.rule not in {"identity", "constant"})
    said = _("practice.teacher.rules", rules=tuple(words.name(rule, _) for rule in rules))
    solution = f"$${formula_latex(function)}$$\n\n$${wanted_latex(made)} = {made.answer.latex()}$$"
    cells: list[Part] = [Words(f"### {head}\n\n{solution}\n\n{said}", f"{head}\n{plain}\n{said}")]
    at = _place(made)
    if not at:
        return cells
    names = exactly.names_of(function)
    kind = "symbols" if len(names) > 1 else "Symbol"
    declared = f'{", ".join(names.values())} = sp.{kind}("{" ".join(names.values())}", real=True)'
    values = ", ".join(f"{names[name]}: sp.Rational({value!r})" for name, value in at.items())
    lines = [
        declared,
        f"f = sp.S({to_exact(function.tree, names, 'sp')})",
        f"answer = sp.S({to_exact(made.answer.tree, names, 'sp')})",
        f"check({number}, f, answer, {names[made.variable]}, {{{values}}})",
    ]
    return [*cells, Code("\n".join(lines))]


def _place(made: FormulaExercise) -> dict[str, float]:
    """Return a point at which f and its derivative have values; nothing if none of those tried will do."""
    names = made.function.variables or (made.variable,)
    for first in _TRIED:
        at = {name: first + place / 4 for place, name in enumerate(names)}
        with np.errstate(all="ignore"):
            found = [evaluate(tree, at) for tree in (made.function.tree, made.answer.tree)]
        if np.all(np.isfinite(np.asarray(found, dtype=np.float64))):
            return at
    return {}


def _choice(number: int, made: ChoiceExercise, _: Translator) -> list[Part]:
    head, asked = _head(number, made.kind, _), made.question
    answer = asked.choices[asked.answer]
    said = _("practice.teacher.answer", answer=answer)
    question = _(f"practice.ask.{asked.code}", **given_words(_, asked))
    plain = f"{head}\nf(x) = {to_text(asked.function.tree)}, x = {asked.x:g}, {_(f'term.{asked.scheme}')}\n{said}"
    program = Program()
    program.define(asked.function.tree, asked.function.variables, "f")
    body = _printed(asked) if asked.code == "printed" else _errors(asked)
    return [Words(f"### {head}\n\n{question}\n\n{said}", plain), Code(f"{program.source()}\n\n\n{body}")]


def _printed(asked: Question) -> str:
    return f"x, h = {asked.x!r}, {asked.steps[0]!r}\nprint({asked.code_line})"


def _errors(asked: Question) -> str:
    function = asked.function
    by = (function.variables or ("x",))[0]
    exact = exactly.code(function, {by: asked.x}, by)
    steps = ", ".join(map(repr, asked.steps))
    return f"""{exact}
x, h = np.array([{asked.x!r}]), np.array([{steps}])
for step, value in zip(h, {quotient(SCHEMES[asked.scheme])}):
    print(float(step), abs(float(mp.mpf(float(value)) - exact)))"""


def table(sheet: Sequence[Numbered], language: str) -> str:
    """Return the sheet as CSV: number, kind, question and answer."""
    _, rows = translator(language), Table("number", "kind", "function", "answer")
    for one in sheet:
        made = one.exercise
        function = made.function if isinstance(made, FormulaExercise) else made.question.function
        listed = ", ".join(map(shown_name, function.variables or ("x",)))
        if isinstance(made, FormulaExercise):
            answer = f"\u2202f/\u2202{shown_name(made.variable)} = {to_text(made.answer.tree)}"
        else:
            answer = made.question.choices[made.question.answer]
            if made.question.code == "best_step":
                answer = numbers.step(made.question.steps[made.question.answer])
        rows.row(one.number, _(f"practice.kind.{made.kind}"), f"f({listed}) = {to_text(function.tree)}", answer)
    return rows.text()
