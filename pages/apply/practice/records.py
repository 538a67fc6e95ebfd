"""What a learner has done, kept in the session, written to a file and read from one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pages.parts import state

_SLOT = "numdiff_practice"
_FORMAT = "numdiff-practice"
_MOST = 5000
"""Exercises in one file; a learner who works through one a minute needs two school years for them."""

_LONGEST = 500
"""Characters of an answer that is kept: what the notation takes."""


class UnreadableFileError(ValueError):
    """A file that does not hold what a learner has done."""


@dataclass(frozen=True)
class Record:
    """What was done with one exercise.

    Attributes
    ----------
    answer : str
        The last answer that was checked, as typed; for a choice the place of the choice.
    right : bool or None
        What it was worth; None if it could not be decided.
    tries : int
        How often an answer was checked.
    helped : int
        How many steps of help were looked at: hint, rule, the first step, the whole solution.
    """

    answer: str = ""
    right: bool | None = None
    tries: int = 0
    helped: int = 0


def records() -> dict[str, Record]:
    """Return the session's records, by the exercise's name."""
    kept: dict[str, Record] = state.own(_SLOT, dict)
    return kept


def slot(name: str) -> str:
    """Return the session's name of the field for the answer to an exercise."""
    return f"practice_answer_{name}"


def record(name: str) -> Record:
    """Return what was done with an exercise."""
    return records().get(name, Record())


def note(name: str, **changes: Any) -> Record:  # noqa: ANN401 - fields of Record
    """Change what is known of an exercise, and return it."""
    kept = records()
    kept[name] = replace(kept.get(name, Record()), **changes)
    return kept[name]


def to_json(kept: Mapping[str, Record]) -> str:
    """Return the records as the text of a file."""
    done = {name: asdict(one) for name, one in kept.items()}
    return json.dumps({"format": _FORMAT, "version": 1, "records": done}, ensure_ascii=False, indent=1)


def from_json(text: str) -> dict[str, Record]:
    """Return the records in the text of a file.

    Raises
    ------
    UnreadableFileError
        If the text is not what :func:`to_json` writes.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("no JSON") from error
    if not isinstance(found, dict) or found.get("format") != _FORMAT or not isinstance(found.get("records"), dict):
        raise UnreadableFileError("another kind of file")
    done = found["records"]
    if len(done) > _MOST:
        raise UnreadableFileError("too many records")
    return {_sound(name)[:80]: _read(one) for name, one in done.items()}


def _sound(text: str) -> str:
    r"""Return a text that can be written into a file again: ``"\ud800"`` in JSON gives half a character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFileError("half a character") from error
    return text


def _read(one: object) -> Record:
    if not isinstance(one, dict):
        raise UnreadableFileError("a record that is none")
    answer, right = one.get("answer"), one.get("right")
    if not isinstance(answer, str) or len(answer) > _LONGEST or not (right is None or isinstance(right, bool)):
        raise UnreadableFileError("a record with a field that is not understood")
    return Record(_sound(answer), right, _count(one.get("tries")), _count(one.get("helped")))


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6:
        return value
    raise UnreadableFileError("a number that is none")
