"""What an export says: sentences by id, from whoever knows a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str] | Callable[[str], str] | None
"""Sentences by id; None, and an id that a mapping lacks, give the id's last part in plain words."""

HEADINGS = (
    *("heading.function", "heading.names", "heading.chain", "heading.tidying", "heading.result"),
    "heading.no_derivative",
    "heading.unchecked",
)
"""Ids of headings. The others are ``rule.<rule>``, ``tidy.<rule>``, ``stage.<id>`` and ``condition.<code>``, with the
ids of :class:`~numdiff.derivation.steps.Step`, :class:`~numdiff.derivation.steps.TidyStep`,
:class:`~numdiff.derivation.chain.stages.Stage` and :class:`~numdiff.derivation.steps.Condition`."""


def speaker(texts: Texts) -> Callable[[str], str]:
    """Return a function from id to sentence; of an id without one, ``product`` of ``rule.product``."""

    def say(key: str) -> str:
        plain = key.rpartition(".")[2].replace("_", " ")
        if texts is None:
            return plain
        return texts(key) if callable(texts) else texts.get(key, plain)

    return say
