"""How formulas are written elsewhere: rules that bring program code, other tools' LaTeX and prose to this notation.

A rule never changes what is read: its result is offered, as a complete input whose text says what it is.
"""
