"""The derivative in terms of the function itself, with its proof."""
