"""Computer algebra with SymPy, kept in a process of its own: the client, the worker and what they send each other."""
