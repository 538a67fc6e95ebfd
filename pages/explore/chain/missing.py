"""What the views say instead of a derivative where the function is known to have none anywhere."""

from __future__ import annotations

import streamlit as st

from pages.explore.chain.asked import Asked
from pages.parts.derivation import knowledge, words
from pages.parts.i18n import Translator


def is_missing(asked: Asked, _: Translator) -> bool:
    """Say why there is no derivative, if there is none anywhere, and return whether that is so."""
    nowhere = knowledge.derivation(asked.text, asked.variable).nowhere
    if nowhere:
        st.warning(words.conditions(nowhere, _))
    return bool(nowhere)
