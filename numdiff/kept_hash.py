"""Hashes that are computed once: a tree is asked for its hash at every level of every search among trees.

A frozen dataclass computes its hash from its fields each time, so that of a tree costs as much as walking over it, and
that of an expression that contains itself many times over (as f written into its own derivative does) far more.
"""

from __future__ import annotations

from typing import Any


class KeptHash:
    """A base of frozen dataclasses with a place for the hash; it is no field, so it is neither compared nor pickled."""

    __slots__ = ("_hash",)

    _hash: int


def keep_hash(kind: type[KeptHash]) -> None:
    """Make the instances of a frozen dataclass compute their hash once, and compare hashes before anything else."""
    plain_hash, plain_eq = kind.__hash__, kind.__eq__

    def kept_hash(self: KeptHash) -> int:
        try:
            return self._hash
        except AttributeError:
            value = plain_hash(self)
            object.__setattr__(self, "_hash", value)
            return value

    def equal(self: KeptHash, other: Any) -> Any:  # noqa: ANN401 - as object's
        if self is other:
            return True
        if type(other) is not kind:
            return NotImplemented
        return kept_hash(self) == kept_hash(other) and plain_eq(self, other)

    kind.__hash__ = kept_hash  # type: ignore[method-assign, assignment]
    kind.__eq__ = equal  # type: ignore[method-assign, assignment]
