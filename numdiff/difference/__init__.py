"""Difference quotients: schemes as data, and the complex step."""
