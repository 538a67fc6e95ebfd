"""The views of the page by id; only the chosen one computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pages.explore.chain import graphview, proofview, rulecard, work
from pages.explore.chain.question import Asked
from pages.parts.i18n import Translator

VIEWS: Mapping[str, Callable[[Translator, Asked], None]] = MappingProxyType(
    {"work": work.draw, "graph": graphview.draw, "rules": rulecard.draw, "proof": proofview.draw}
)
