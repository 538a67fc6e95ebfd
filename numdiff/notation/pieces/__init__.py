"""Functions given in pieces: ``{x < 0: −x, x}`` is read as it stands, other notations are brought to it first."""
