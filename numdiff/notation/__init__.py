"""Text to tree: lexer, parser, limits and errors with spans."""
