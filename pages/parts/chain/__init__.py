"""The page of the chain rule: a function taken apart, every rule by name, its graph, and f′ in terms of f.

Of each view, one module computes (plain functions, kept by plain values) and one draws.
"""
