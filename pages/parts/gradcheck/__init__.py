"""The gradient check: of a function that was typed, and of a network small enough to be read."""
