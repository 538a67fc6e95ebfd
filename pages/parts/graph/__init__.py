"""The computational graph on a page: the picture with its steps, and the trace table."""

from pages.parts.graph.component import draw, readable, subexpressions, too_large
from pages.parts.graph.scene import LIMIT

__all__ = ["LIMIT", "draw", "readable", "subexpressions", "too_large"]
