"""A derivation to take home: LaTeX, Markdown, and a script that checks itself."""
