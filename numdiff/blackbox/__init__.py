"""The user's own Python as a black box: called on arrays, in a working precision, on dual numbers."""
