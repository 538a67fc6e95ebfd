"""Tables of numbers: how a number stands in its cell, and which of its digits are right."""
