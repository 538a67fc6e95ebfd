"""A budget counted in operations: what a computation on a typed formula may cost at most.

Operations are counted and not seconds, so that an answer does not depend on how busy the machine is: who runs out of
the budget today runs out of it tomorrow, and what was decided once is decided again.
"""

from __future__ import annotations


class OutOfBudgetError(Exception):
    """The work asked for would cost more operations than there are."""


class Budget:
    """Operations that may still be done.

    Parameters
    ----------
    operations : int
        How many there are. What one operation is, the user of the budget says.
    """

    __slots__ = ("left", "operations")

    def __init__(self, operations: int) -> None:
        self.operations = operations
        self.left = operations

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    @property
    def spent(self) -> int:
        """How many operations were done."""
        return self.operations - self.left

    def count(self, operations: int = 1) -> None:
        """Count operations that are done, even where fewer are left."""
        self.left -= operations

    def spend(self, operations: int = 1) -> None:
        """Count operations before they are done. OutOfBudgetError if fewer are left."""
        if operations > self.left:
            self.left = 0
            raise OutOfBudgetError
        self.left -= operations

    def share(self, parts: int) -> Budget:
        """Return one of so many equal parts of what is left; its user gives back what it spent by :meth:`count`."""
        return Budget(max(self.left, 0) // max(parts, 1))
