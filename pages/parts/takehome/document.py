"""The work as a document of words and code, and the files made of it: a Python script, a Jupyter notebook, a CSV.

No text that a user typed gets into a document: formulas are printed from the tree, names are identifiers. Words stand
in comments of the script, line by line, so that nothing in them can end the comment.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from pages.parts.numbers import shortest


class Table:
    """Rows under headings; a number that is not counted stands in the fewest digits that give it back."""

    def __init__(self, *heads: str) -> None:
        self._file = io.StringIO()
        self._writer = csv.writer(self._file, lineterminator="\n")
        self.row(*heads)

    def row(self, *cells: Any) -> None:  # noqa: ANN401 — texts, integers, and numbers of every format
        """Add a row."""
        self._writer.writerow([cell if isinstance(cell, str | int) else shortest(np.float64(cell)) for cell in cells])

    def text(self) -> str:
        """Return the file."""
        return self._file.getvalue()


WIDTH = 100
"""Characters of a comment's line."""

_MATHS = re.compile(r"\$\$?.*?\$\$?", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """A piece of Markdown; ``plain`` stands for it in the script's comments, where formulas in LaTeX cannot be read."""

    markdown: str
    plain: str | None = None


@dataclass(frozen=True)
class Code:
    """A piece of Python; ``prints`` is what it is known to print, which the notebook shows before it is run."""

    source: str
    prints: str = ""


@dataclass(frozen=True)
class Picture:
    """Python that makes a Plotly figure named ``figure``: shown in the notebook, written to a file by the script."""

    source: str


Part: TypeAlias = Words | Code | Picture


@dataclass(frozen=True)
class Document:
    """What is taken home.

    Attributes
    ----------
    name : str
        Of the files, without ending.
    title : str
        Plain text.
    parts : tuple of Words, Code and Picture
        In reading order.
    """

    name: str
    title: str
    parts: tuple[Part, ...]


def comment(text: str) -> str:
    """Return a text as lines of a comment; whatever breaks a line, or cannot be seen, is no part of one."""
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in line)
        lines += _wrapped(" ".join(visible.split()))
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _wrapped(line: str) -> list[str]:
    found = [""]
    for word in line.split(" "):
        joined = f"{found[-1]} {word}".strip()
        if len(joined) > WIDTH and found[-1]:
            found.append(word)
        else:
            found[-1] = joined
    return found


def script(document: Document) -> str:
    """Return the document as a Python script."""
    blocks = [comment(document.title)]
    for part in document.parts:
        match part:
            case Words():
                plain = _MATHS.sub("…", part.markdown).replace("**", "") if part.plain is None else part.plain
                blocks.append(comment(plain))
            case Code():
                blocks.append(part.source.strip("\n"))
            case Picture():
                file = f"{document.name}.html"
                blocks.append(f"{part.source.strip()}\nfigure.write_html({file!r})\nprint({file!r})")
    return "\n\n".join(blocks) + "\n"


def notebook(document: Document) -> str:
    """Return the document as a Jupyter notebook, which the format's own validator has passed."""
    import nbformat
    from nbformat import v4

    cells = [v4.new_markdown_cell(f"# {document.title}")]
    for part in document.parts:
        match part:
            case Words():
                cells.append(v4.new_markdown_cell(part.markdown))
            case Code():
                outputs = [v4.new_output("stream", name="stdout", text=part.prints)] if part.prints else []
                cells.append(v4.new_code_cell(part.source.strip("\n"), outputs=outputs))
            case Picture():
                cells.append(v4.new_code_cell(f"{part.source.strip()}\nfigure.show()"))
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"  # the same document gives the same file
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    nbformat.validate(made)
    return str(nbformat.writes(made))


@dataclass(frozen=True)
class Package:
    """What is taken home from a page; the callables run when a button is pressed, without the session.

    Attributes
    ----------
    name : str
        Of the files, without ending.
    document : callable
        Makes the script's and the notebook's document.
    table : callable
        Makes the CSV.
    has_picture : bool
        Whether there is a picture on the page to be saved.
    """

    name: str
    document: Callable[[], Document]
    table: Callable[[], str]
    has_picture: bool = True
