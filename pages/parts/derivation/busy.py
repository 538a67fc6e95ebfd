"""Where too many ask for hard formulas at once, the visitor is told so, keeps everything, and may ask again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts.derivation.lane import BusyError, telling
from pages.parts.i18n import Translator


@contextmanager
def told(_: Translator, key: str) -> Iterator[None]:
    """Draw within the block; what is not drawn because others are before it is replaced by a sentence and a button.

    Parameters
    ----------
    _ : Translator
    key : str
        Of the button.
    """
    try:
        with telling():
            yield
    except BusyError:
        st.warning(_("chain.proof.busy"))
        st.button(_("chain.proof.again"), key=key)
