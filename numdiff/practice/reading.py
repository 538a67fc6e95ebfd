"""What a learner types as an answer, in the forms in which answers are written in class.

Before the derivative may stand what it is called (``f'(x) =``, ``dy/dx =``, ``답:``), behind it a full stop or 입니다;
a capital X is x; and f, y or f(x) on the right side is the function itself, as in f(1 − f).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from numdiff.derivation.equivalent import equivalent
from numdiff.function import Function, parse
from numdiff.notation.characters import normalise
from numdiff.notation.errors import InputError
from numdiff.notation.source import unwrap
from numdiff.practice.exercise import FormulaExercise
from numdiff.printing.names import latex_name
from numdiff.tree import Node, Variable, substitute, variables

_WORDS = re.compile(
    r"\s*(?:(?:그러므로|따라서|∴|\\therefore)\s*,?\s*)?(?:(?:정답|답|도함수|answer|ans|solution)\s*(?:[은는]|is\b)?\s*[:：]?\s*)?",
    re.IGNORECASE,
)
"""What may stand in front of everything."""

_ENDINGS = re.compile(
    r"(?:\s|\\[,;! ]|[.,;。．，]|\\\.|\\q?quad"
    r"|(?<=[^가-힣])\s*(?:입니다|이다|이에요|예요|이예요|에요|임|이야|이요|요|다))+$"
)
"""What may stand behind everything."""

_SIGMA = "sigma"
_ITSELF = ("f", "y")
"""What the function is called in an answer, unless it has a variable of that name."""


@dataclass(frozen=True)
class Answer:
    """An answer as it was understood.

    Attributes
    ----------
    typed : Function
        As it was typed: f may stand in it for the function itself.
    meant : Function
        With the function put in for f, and the variables called as the exercise calls them.
    """

    typed: Function
    meant: Function


def read_answer(exercise: FormulaExercise, text: str) -> Answer:
    """Return what an answer to an exercise means.

    Raises
    ------
    InputError
        If the text cannot be understood; its place and its readings belong to the text as it was typed.
    """
    start, end = _formula(exercise, normalise(text))
    inside, signs = _without_arguments(exercise, text[start:end])
    try:
        typed = parse(inside)
    except InputError as error:
        raise _moved(error, text, start, signs) from None
    typed = _in_its_letters(exercise, typed)
    itself = {name: exercise.function.tree for name in called(exercise) if name in typed.variables}
    if _SIGMA in typed.variables and _SIGMA not in exercise.function.variables and _is_sigmoid(exercise):
        itself[_SIGMA] = exercise.function.tree
    tree = substitute(typed.tree, itself) if itself else typed.tree
    names = tuple(dict.fromkeys((*(n for n in typed.variables if n not in itself), *variables(tree))))
    return Answer(typed, Function(tree, names, typed.text, typed.name, typed.notes))


def _is_sigmoid(exercise: FormulaExercise) -> bool:
    return equivalent(exercise.function, f"sigmoid({exercise.variable})") is True


def called(exercise: FormulaExercise) -> tuple[str, ...]:
    """Return the names that stand for the function itself in an answer."""
    taken = exercise.function.variables
    names = dict.fromkeys((exercise.function.name, *_ITSELF))
    return tuple(name for name in names if name not in taken)


def _formula(exercise: FormulaExercise, plain: str) -> tuple[int, int]:
    """Return where the formula itself stands in the text."""
    start, end = unwrap(plain)
    while True:
        ending = _ENDINGS.search(plain, start, end)
        words = _WORDS.match(plain, start, end)
        before = start, end
        end = ending.start() if ending and ending.start() > start else end
        start = words.end() if words and words.end() < end else start
        prefix = _prefix(exercise).match(plain, start, end)
        if prefix and prefix.end() < end:
            start = prefix.end()
        inside = unwrap(plain[start:end])
        start, end = start + inside[0], start + inside[1]
        if (start, end) == before or start >= end:
            return start, end


def _prefix(exercise: FormulaExercise) -> re.Pattern[str]:
    """Return the forms of "f′(x) =" for the variable that is asked for."""
    name = exercise.variable
    spellings = {name, name.replace("_", ""), latex_name(name), *([name.upper()] if len(name) == 1 else [])}
    x = "(?:" + "|".join(re.escape(one) for one in sorted(spellings, key=len, reverse=True)) + ")"
    f = "(?:" + "|".join(re.escape(one) for one in dict.fromkeys((*called(exercise), "z", "f"))) + ")"
    argument = r"(?:\s*\([^()=]*\))?"
    d = r"(?:d|∂|\\partial|\\mathrm\{d\}|\\differentialD|𝑑)\s*"
    prime = r"(?:'|\^\s*\{?\s*(?:\\prime|')\s*\}?)"
    forms = (
        rf"{f}\s*{prime}{argument}",
        rf"\(\s*[^=']*\){prime}",
        rf"{d}{f}{argument}\s*/\s*{d}{x}",
        rf"\\[dt]?frac\s*\{{\s*{d}{f}{argument}\s*\}}\s*\{{\s*{d}{x}\s*\}}",
        rf"(?:{d}/\s*{d}{x}|\\[dt]?frac\s*\{{\s*{d}\}}\s*\{{\s*{d}{x}\s*\}})[^=]*",
        rf"{f}_?\s*\{{?{x}\}}?{argument}",
        rf"D(?:_?\{{?{x}\}}?)?\s*\[?{f}\]?{argument}",
        rf"{f}{argument}",
        r"",
    )
    return re.compile(rf"\s*(?:{'|'.join(forms)})\s*&?=(?!=)\s*")


def _without_arguments(exercise: FormulaExercise, text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text with f(x) written as (f), in as many characters, and f(1 − f) as f*(1 − f).

    The function's name stands for a number, not for a function to be applied. The second part says at which places of
    the new text a sign was put in.
    """
    listed = "|".join(re.escape(name) for name in exercise.function.variables or (exercise.variable,))
    names = "|".join(re.escape(name) for name in called(exercise))
    if re.search(r"(?:σ|\\sigma)(?!\s*\(|\s*\\left|[A-Za-z])", text) and _is_sigmoid(exercise):
        names += r"|σ|\\sigma"
    name = rf"(?<![A-Za-z\\_])({names})(?![A-Za-z])\s*"
    applied = rf"{name}\(\s*(?:{listed})\s*(?:,\s*(?:{listed})\s*)*\)"
    text = re.sub(applied, lambda found: f"({found.group(1)})".ljust(len(found.group())), text, flags=re.IGNORECASE)
    before = rf"{name}(?=\()"
    ends = [found.end() for found in re.finditer(before, text)]
    return re.sub(before, r"\g<0>*", text), tuple(end + place for place, end in enumerate(ends))


def _in_its_letters(exercise: FormulaExercise, typed: Function) -> Function:
    """Return the answer with X for x where the function has only the one of both, and no other variable is meant."""
    known = exercise.function.variables or (exercise.variable,)
    spelled = {name.casefold(): name for name in known}
    renamed: dict[str, Node] = {
        name: Variable(spelled[name.casefold()])
        for name in typed.variables
        if name not in known and name.casefold() in spelled
    }
    if not renamed:
        return typed
    tree = substitute(typed.tree, renamed)
    return Function(tree, variables(tree), typed.text, typed.name, typed.notes)


def _moved(error: InputError, text: str, start: int, signs: tuple[int, ...]) -> InputError:
    """Return the error with its place in the text as it was typed."""
    first, last = (start + place - sum(sign < place for sign in signs) for place in error.span)
    first = min(first, max(len(text) - 1, 0))
    return InputError(error.code, (first, min(max(last, first + 1), len(text))), error.params)
