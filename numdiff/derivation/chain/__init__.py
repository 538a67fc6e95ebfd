"""A function as a composition: the chain rule line by line, with numbers and checks."""
