"""A derivative tidied in named steps."""
