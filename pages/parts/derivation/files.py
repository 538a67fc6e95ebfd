"""The work to take home: as LaTeX, as Markdown, and as a Python script that checks itself."""

from __future__ import annotations

from collections.abc import Callable

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.export.script import export_python
from numdiff.derivation.export.text_files import export_latex, export_markdown
from numdiff.derivation.steps import Style
from numdiff.derivation.work import Derivation
from pages.parts.derivation import cached
from pages.parts.derivation.cached import At
from pages.parts.i18n import Translator, translator


def says(_: Translator) -> Callable[[str], str]:
    """Return the sentences of a file by the ids that numdiff asks for."""

    def say(key: str) -> str:
        own = key if _.has(key) else f"chain.file.{key}"
        return _(own if _.has(own) or not key.startswith("condition.") else "chain.file.condition")

    return say


def _works(text: str, variable: str, inner: str) -> tuple[Chain | Derivation, ...]:
    """Return what is written out: the function taken apart, if it can be, then all the rules."""
    of = cached.composition(text, variable, inner)
    rules = cached.derivation(text, variable)
    return (of, rules) if of is not None and of.stages else (rules,)


def latex(text: str, variable: str, inner: str, style: Style, language: str) -> str:
    """Return the work as a piece of a LaTeX document."""
    say = says(translator(language))
    return "\n".join(export_latex(work, say, style) for work in _works(text, variable, inner))


def markdown(text: str, variable: str, inner: str, style: Style, language: str) -> str:
    """Return the work as Markdown, its formulas between double dollars."""
    say = says(translator(language))
    return "\n".join(export_markdown(work, say, style) for work in _works(text, variable, inner))


def python(text: str, variable: str, at: At, language: str) -> str:
    """Return a script that checks every line of the derivation by value."""
    return export_python(cached.derivation(text, variable), dict(at), says(translator(language)))
