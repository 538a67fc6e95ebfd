"""What a learner has done: how far, and to keep it in a file and go on from there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import state
from pages.parts.i18n import Translator
from pages.parts.practice import records
from pages.parts.practice.sheets import Numbered

_LOADED = "practice_loaded"
_MOST_BYTES = 2


def _load(_: Translator) -> None:
    """Take the records of a file; what the session has of the same exercise gives way."""
    file = st.session_state.get(_LOADED)
    if file is None:
        return
    try:
        found = records.from_json(file.getvalue().decode("utf-8"))
    except (records.UnreadableFileError, UnicodeDecodeError):
        st.session_state["practice_load_failed"] = True
        return
    st.session_state["practice_load_failed"] = False
    records.records().update(found)
    state.set_field("number", state.view().number)


def draw(_: Translator, found: Sequence[Numbered]) -> None:
    """Draw how much of the sheet is done, and the file."""
    done = sum(records.record(one.name).right is True for one in found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice_keep"):
        st.caption(_("practice.done", done=done, count=len(found)), width="content")
        with st.popover(_("practice.keep"), icon=":material/save:", key="practice_file"):
            st.download_button(
                _("practice.save"),
                records.to_json(records.records()),
                file_name="numdiff-practice.json",
                mime="application/json",
                key="practice_save",
                on_click="ignore",
                icon=":material/download:",
            )
            st.file_uploader(
                _("practice.load"),
                type="json",
                key=_LOADED,
                on_change=_load,
                args=(_,),
                max_upload_size=_MOST_BYTES,
            )
            if st.session_state.get("practice_load_failed"):
                st.error(_("practice.load.failed"))
