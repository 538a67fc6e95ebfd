"""What can be wrong with typed input: a code, the place in the text, and parameters. No sentences live here.

The sentences, one per code and language, each with what to type instead, are in the language catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from numdiff.tree import Span

Parameter = str | int | tuple[str, ...]

ERROR_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # limits
        "empty": (),
        "too_long": ("limit", "length"),
        "too_many_nodes": ("limit",),
        "too_deep": ("limit",),
        "too_many_digits": ("limit",),
        "too_many_variables": ("limit", "names"),
        "exponent_too_large": ("limit",),
        "constant_too_large": ("limit",),
        "constant_too_small": (),
        "undefined_constant": ("typed",),
        # characters
        "unexpected_character": ("character",),
        "lookalike_character": ("character", "meant", "readings"),
        "wrong_keyboard": ("typed", "meant", "readings"),
        "decimal_comma": ("typed", "readings"),
        # structure
        "missing_operand": ("operator",),
        "missing_operator": ("typed",),
        "missing_argument": ("function",),
        "argument_count": ("function", "least", "found"),
        "empty_brackets": (),
        "unclosed_bracket": ("bracket",),
        "unopened_bracket": ("bracket",),
        "mismatched_bracket": ("opening", "closing"),
        "unclosed_bars": (),
        "unexpected_comma": (),
        # names
        "unknown_name": ("name", "readings"),
        "unknown_function": ("name", "readings"),
        "unknown_command": ("name",),
        "no_derivative": ("function",),
        "reserved_name": ("name",),
        "header": (),
        "equation": (),
        "code": (),
        # readings to choose from
        "other_notation": ("typed", "readings"),
        "ambiguous_argument": ("function", "readings"),
        "ambiguous_fraction": ("readings",),
        "ambiguous_power": ("readings",),
        "ambiguous_root": ("readings",),
        "ambiguous_logarithm": ("readings",),
        "ambiguous_scientific": ("readings",),
        "ambiguous_inverse": ("function", "readings"),
        "ambiguous_product": ("readings",),
        "ambiguous_bars": ("readings",),
        # forms the notation has no place for
        "derivative_sign": (),
        "integral": (),
        "limit_sign": (),
        "factorial": (),
        "percent": (),
        "degree": (),
        "infinity": (),
        "comparison": (),
        "prime": (),
        "unsupported": ("typed",),
        # sums and roots
        "sum_form": (),
        "sum_bounds": (),
        "sum_too_long": ("limit",),
        "sum_index": ("name",),
        "root_index": (),
    }
)
"""Every error code with the names of its parameters.

``readings`` is a tuple of complete inputs that could be meant, each of which can take the typed text's place. An error
of any code may have them.
"""

NOTE_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "natural_logarithm": ("readings",),
        "gamma_function": ("readings",),
        "inverse_function": ("readings",),
        "written_out": (),
        "softmax": (),
        "factorial": (),
        "remainder": (),
        "celu": (),
    }
)
"""Remarks on input that was understood: a bare ``log`` is the natural logarithm, and the reading offers log10; a
function of another library is written out. Besides, ``convention.<name>`` for each row whose ``has_convention`` is set.
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on input that was understood: a code of :data:`NOTE_CODES`."""

    code: str
    span: Span
    readings: tuple[str, ...] = ()


class InputError(ValueError):
    """Typed input that cannot be understood, or not in one way only.

    Attributes
    ----------
    code : str
        A key of :data:`ERROR_CODES`.
    span : tuple[int, int]
        The place of the trouble: ``text[start:end]`` of the text as it was typed; never empty unless the text is.
    params : Mapping[str, str | int | tuple[str, ...]]
        What the sentence needs to be filled in, by the names in :data:`ERROR_CODES`.
    """

    def __init__(self, code: str, span: Span, params: Mapping[str, Parameter] | None = None) -> None:
        """Raise KeyError for an unknown code, and ValueError if the parameters are not those of the code."""
        self.code = code
        self.span = span
        self.params: Mapping[str, Parameter] = MappingProxyType(dict(params or {}))
        if set(self.params) - {"readings"} != set(ERROR_CODES[code]) - {"readings"}:
            raise ValueError(f"parameters of {code!r} are {ERROR_CODES[code]}, got {tuple(self.params)}")
        super().__init__(code, span)

    def __reduce__(self) -> tuple[type[InputError], tuple[str, Span, dict[str, Parameter]]]:
        """Pickle by code, span and parameters (Streamlit's cache pickles what it keeps)."""
        return (type(self), (self.code, self.span, dict(self.params)))

    @property
    def readings(self) -> tuple[str, ...]:
        """Complete inputs that could have been meant; empty where there is nothing to choose from."""
        readings = self.params.get("readings", ())
        return readings if isinstance(readings, tuple) else ()
