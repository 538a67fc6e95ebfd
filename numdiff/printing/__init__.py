"""Tree to LaTeX, Python and JavaScript."""
