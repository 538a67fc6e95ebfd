"""A typed function: the tree with its variables, callable on NumPy arrays, printable in three languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from numdiff.evaluate.floats import evaluate
from numdiff.naming import VariableError, canonical_name, find_name
from numdiff.notation.errors import Note
from numdiff.notation.source import read
from numdiff.printing.javascript import to_javascript
from numdiff.printing.latex import to_latex
from numdiff.printing.python import to_python
from numdiff.tree import Node

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, DTypeLike


@dataclass(frozen=True)
class Function:
    """A function of named real variables.

    Two functions are equal when their trees and variables are; text, name and notes do not count.

    Attributes
    ----------
    tree : Node
        The expression, in the form in which it was typed.
    variables : tuple[str, ...]
        Canonical names, in a header's order (``f(x, y) = …``), then by first appearance.
    text : str
        What was typed.
    name : str
        The header's name, ``f`` without one.
    notes : tuple[Note, ...]
        Remarks on input that was understood, such as ``log`` read as the natural logarithm.
    """

    tree: Node
    variables: tuple[str, ...]
    text: str = field(default="", compare=False)
    name: str = field(default="f", compare=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)

    is_elementwise: ClassVar[bool] = True
    """An array is worked on element by element: nobody needs to find that out."""

    def arguments(self, /, *values: Any, **by_name: Any) -> dict[str, Any]:  # noqa: ANN401 — whatever NumPy takes
        """Return values by canonical variable name, given by position or by any spelling of the name.

        Raises
        ------
        TypeError
            If a variable has no value, two values, or is unknown (then a :class:`numdiff.VariableError`). A constant
            takes no argument or one.
        """
        expected = self.variables or ("x",)
        if len(values) > len(expected):
            raise TypeError(
                f"{self.name} takes {len(self.variables)} arguments ({', '.join(self.variables)}), got {len(values)}"
            )
        given = dict(zip(expected, values, strict=False))
        for spelling, value in by_name.items():
            name = canonical_name(spelling, expected)
            if name is None or name not in expected:
                raise VariableError("unknown", self.variables, spelling, self.name)
            if name in given:
                raise TypeError(f"variable {name!r} has two values")
            given[name] = value
        missing = [name for name in self.variables if name not in given]
        if missing:
            raise TypeError(f"{self.name} needs a value for {', '.join(missing)}")
        return given

    def __call__(
        self, /, *values: ArrayLike, dtype: DTypeLike | None = None, **by_name: ArrayLike
    ) -> np.ndarray | np.generic:
        """Return f at the given points, with NumPy's semantics and in their floating-point type.

        Parameters
        ----------
        *values, **by_name : array_like
            One for each variable, broadcast together; integers are taken as float64. A variable called dtype is named
            ``dtype_`` here.
        dtype : dtype_like, optional
            The type in which every operation is carried out: float16, bfloat16, float32, float64, complex64 or
            complex128.

        Returns
        -------
        numpy.ndarray or numpy.generic
            The values; NaN or inf at poles, outside the domain and where the type overflows.
        """
        return evaluate(self.tree, self.arguments(*values, **by_name), dtype)

    def latex(self) -> str:
        """Return the formula as LaTeX, in the form in which it was typed."""
        return to_latex(self.tree)

    def python(self) -> str:
        """Return Python code that defines the function, to be pasted and run with NumPy."""
        return to_python(self.tree, self.variables, self.name)

    def javascript(self) -> str:
        """Return a JavaScript expression whose value is the function."""
        return to_javascript(self.tree, self.variables)


def parse(text: str) -> Function:
    """Return the function that the typed text means.

    Parameters
    ----------
    text : str
        Python, calculator, LaTeX or Unicode notation, freely mixed; with a header (``f(x, y) = …``) or without.

    Returns
    -------
    Function

    Raises
    ------
    InputError
        With a code, the place and parameters, if the text cannot be understood or could mean more than one thing.
    TypeError
        If ``text`` is not a string.

    Examples
    --------
    >>> import numdiff as nd
    >>> f = nd.parse("f(x, y) = 3x e^y")
    >>> f.variables, float(f(2.0, 0.0))
    (('x', 'y'), 6.0)
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {type(text).__name__}")
    source = read(text)
    return Function(source.tree, source.variables, text, source.name, source.notes)


def variable_of(f: Function, var: str | None = None) -> str:
    """Return the variable that is meant, by its canonical name.

    Parameters
    ----------
    f : Function
    var : str, optional
        Its name in any spelling. By default the only one; a constant is a function of whatever is named, else of x.

    Raises
    ------
    VariableError
        If f has several variables and none is named, or not the one that is named.
    """
    if var is None:
        if len(f.variables) > 1:
            raise VariableError("several", f.variables, function=f.name)
        return f.variables[0] if f.variables else "x"
    if f.variables:
        return find_name(var, f.variables, f.name)
    name = canonical_name(var)
    if name is None:
        raise VariableError("unknown", f.variables, var, f.name)
    return name


def one_variable(f: Function) -> Function:
    """Return f, a function of one variable or of none.

    Raises
    ------
    TypeError
        If it is not a Function.
    VariableError
        If it has several variables.
    """
    if not isinstance(f, Function):
        raise TypeError(f"f must be a numdiff.Function, got {type(f).__name__}")
    if len(f.variables) > 1:
        raise VariableError("one_only", f.variables)
    return f
