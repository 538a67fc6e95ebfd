"""The other views of the error page: all methods in one table, narrow number formats, and a gallery of bugs.

Of each, one module computes (plain functions, kept by plain values) and one draws.
"""
