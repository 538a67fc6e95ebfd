r"""A whole derivation, or a chain, to take home: as LaTeX and as Markdown.

The LaTeX is a fragment for a document that loads amsmath and cancel (and kotex for Hangul); Markdown has its formulas
between double dollars, as Jupyter, GitHub and pandoc read them.
"""

from __future__ import annotations

import re

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.export.sections import Row, Section, sections_of
from numdiff.derivation.export.text import Texts, speaker
from numdiff.derivation.steps import Style
from numdiff.derivation.work import Derivation
from numdiff.printing.names import latex_text
from numdiff.printing.stretch import stretched

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$])")


def export_latex(
    work: Derivation | Chain, texts: Texts = None, style: Style = "partial", *, document: bool = False
) -> str:
    r"""Return the work as LaTeX: one ``align*`` under each heading.

    Parameters
    ----------
    work : Derivation or Chain
        What :func:`numdiff.differentiate` or :func:`numdiff.chain` returned.
    texts : mapping or callable, optional
        Headings, names of rules and sentences by id, see :data:`numdiff.derivation.export.text.HEADINGS`.
    style : {"partial", "total"}, optional
        Derivatives with ∂ or with d.
    document : bool, optional
        A whole document instead of a fragment.

    Returns
    -------
    str
        LaTeX source. A fragment begins with a comment that says which packages it needs.

    Examples
    --------
    >>> import numdiff as nd
    >>> "align*" in nd.export_latex(nd.differentiate(nd.parse("x^2")))
    True
    """
    body = "\n\n".join(_latex_section(section) for section in sections_of(work, speaker(texts), style))
    packages = ["amsmath", "cancel", *(["kotex"] if _HANGUL.search(body) else [])]
    if not document:
        needs = "\n".join(f"% \\usepackage{{{name}}}" for name in packages)
        return f"{needs}\n\n{body}\n"
    loaded = "\n".join(f"\\usepackage{{{name}}}" for name in packages)
    return f"\\documentclass{{article}}\n{loaded}\n\\begin{{document}}\n\n{body}\n\n\\end{{document}}\n"


def export_markdown(work: Derivation | Chain, texts: Texts = None, style: Style = "partial") -> str:
    """Return the work as Markdown: one block of equations under each heading; parameters as for LaTeX.

    Parameters
    ----------
    work, texts, style
        As for :func:`export_latex`.

    Returns
    -------
    str
        Markdown source.

    Examples
    --------
    >>> import numdiff as nd
    >>> "x^{2}" in nd.export_markdown(nd.differentiate(nd.parse("x^2")))
    True
    """
    return "\n\n".join(_markdown_section(section) for section in sections_of(work, speaker(texts), style)) + "\n"


def _latex_section(section: Section) -> str:
    remarks = "".join(f"\n\n{_remark(latex_text(words), formula)}" for words, formula in section.remarks)
    return f"\\subsection*{{{latex_text(section.title)}}}\n{_equations('align*', section.rows)}{remarks}"


def _markdown_section(section: Section) -> str:
    remarks = "".join(f"\n\n{_remark(_escaped(words), formula)}" for words, formula in section.remarks)
    return f"### {_escaped(section.title)}\n\n$$\n{_equations('aligned', section.rows)}\n$${remarks}"


def _equations(environment: str, rows: tuple[Row, ...]) -> str:
    has_notes = any(row.note for row in rows)
    equations = [stretched(f"{row.left} &= {row.right}".strip()) for row in rows]
    notes = [_note(row.note) if has_notes else "" for row in rows]
    lines = [equation + note for equation, note in zip(equations, notes, strict=True)]
    return f"\\begin{{{environment}}}\n" + " \\\\\n".join(lines) + f"\n\\end{{{environment}}}"


def _note(words: str) -> str:
    return f" && \\text{{{latex_text(words)}}}" if words else " &&"


def _remark(words: str, formula: str) -> str:
    return " ".join(part for part in (words, f"${formula}$" if formula else "") if part)


def _escaped(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", words)
