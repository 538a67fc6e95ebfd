"""The rules of differentiation, and the order in which they are tried."""
