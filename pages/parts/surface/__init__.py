"""The surface of a function of two variables, and what is seen and said of it."""
