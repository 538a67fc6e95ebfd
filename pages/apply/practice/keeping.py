"""What a learner has done: how far, and to keep it in a file and go on from there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from numdiff.practice.exercise import KINDS, ChoiceExercise, Exercise
from numdiff.practice.numeric import Question
from pages.apply.practice import choosing, entry, fields, records
from pages.apply.practice.choosing import Numbered, lecture
from pages.apply.practice.fields import View
from pages.apply.practice.ladder import RUNGS
from pages.apply.practice.records import Record
from pages.parts import state
from pages.parts.entries import Problem
from pages.parts.i18n import Translator
from pages.parts.takehome.popover import download

_SEED = re.compile(r"[1-9][0-9]{0,9}")
"""Of a single exercise: the sheet's seed and the exercise's place on it."""


def is_name(name: str) -> bool:
    """Return True if an exercise can have this name; made exercises are not made for that."""
    kind, *rest = name.split("/")
    if kind == "lecture":
        return name in {one.name for one in lecture()}
    return kind in KINDS and len(rest) == 2 and rest[0] in fields.LEVELS and bool(_SEED.fullmatch(rest[1]))


def choice(question: Question, answer: str) -> int | None:
    """Return the place of the choice that a record names; None if there is no such choice."""
    places = {str(place): place for place in range(len(question.choices))}
    return places.get(answer)


def fits(exercise: Exercise, record: Record) -> bool:
    """Return True if a record can be of this exercise."""
    if record.helped > len(RUNGS):
        return False
    if record.tries == 0:
        return record.answer == "" and record.right is None
    if isinstance(exercise, ChoiceExercise):
        chosen = choice(exercise.question, record.answer)
        return chosen is not None and record.right == (chosen == exercise.question.answer)
    return bool(record.answer.strip()) and not isinstance(entry.read(exercise, record.answer), Problem)


def drop_strangers(sheet: Iterable[Numbered]) -> int:
    """Forget the records that cannot be of the exercises on the sheet; return how many there were."""
    kept = records.records()
    strangers = [one.name for one in sheet if one.name in kept and not fits(one.exercise, kept[one.name])]
    for name in strangers:
        del kept[name]
    return len(strangers)


MOST_MEGABYTES = 1
"""Of a file with what a learner has done; the server takes no larger file (.streamlit/config.toml)."""

Trouble: TypeAlias = Literal["failed", "gone", "large"]
"""Why no records could be taken from a file: it is none of ours, it never arrived, or it is too large."""

_LOADED = "practice_loaded"
_TROUBLE = "practice_load_trouble"
_LEFT_OUT = "practice_left_out"


def _load() -> None:
    """Take the records of a file; what the session has of the same exercise gives way."""
    file = state.get(_LOADED, None)
    if file is not None:
        state.put(_TROUBLE, _take(file))


def _take(file: object) -> Trouble | None:
    """Take the records of what was chosen; return what is wrong with it.

    Streamlit puts a stand-in without content where a file has not come to this server, or is no longer there.
    """
    if not isinstance(file, UploadedFile):
        return "gone"
    if file.size > MOST_MEGABYTES * 2**20:
        return "large"
    try:
        found = records.from_json(file.getvalue().decode("utf-8"))
    except (records.UnreadableFileError, UnicodeDecodeError):
        return "failed"
    known = {name: one for name, one in found.items() if is_name(name)}
    records.records().update(known)
    state.put(_LEFT_OUT, len(found) - len(known))
    _show(choosing.shown(state.view(View)))
    state.set_field("number", state.view(View).number)
    return None


def _show(sheet: Sequence[Numbered]) -> None:
    """Put the answers of the sheet that is open into their fields; a field that was drawn keeps its own otherwise."""
    keep_what_fits(sheet)
    for one in sheet:
        known = records.record(one.name)
        if isinstance(one.exercise, ChoiceExercise):
            state.put(records.slot(one.name), choice(one.exercise.question, known.answer))
        else:
            state.put(records.slot(one.name), known.answer)


def keep_what_fits(found: Sequence[Numbered]) -> None:
    """Forget records that cannot be of the exercises on the sheet, before any of them is drawn."""
    state.put(_LEFT_OUT, state.get(_LEFT_OUT, 0) + drop_strangers(found))


def draw(_: Translator, found: Sequence[Numbered]) -> None:
    """Draw how much of the sheet is done, and the file."""
    done = sum(records.record(one.name).right is True for one in found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice_keep"):
        st.caption(_("practice.done", done=done, count=len(found)), width="content")
        with st.popover(_("practice.keep"), icon=":material/save:", key="practice_file"):
            data = records.to_json(records.records())
            download(_("practice.save"), data, "numdiff-practice.json", "application/json", "practice_save")
            st.file_uploader(
                _("practice.load", limit=MOST_MEGABYTES),
                type="json",
                key=_LOADED,
                on_change=_load,
                max_upload_size=MOST_MEGABYTES,
            )
            if trouble := state.get(_TROUBLE, None):
                st.error(_(f"practice.load.{trouble}", limit=MOST_MEGABYTES))
    if left_out := state.get(_LEFT_OUT, 0):
        st.warning(_("practice.load.left_out", count=left_out))
