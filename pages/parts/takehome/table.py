"""The numbers of a page as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

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
