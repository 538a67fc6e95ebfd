"""Refusals of what could be read in two ways, with both readings written out as complete inputs.

``end`` is where what has been read so far ends in the text, ``stop`` where what goes on there does.
"""

from __future__ import annotations

from numdiff.functions.registry import row
from numdiff.notation.cursor import Cursor
from numdiff.notation.dialects.rule import closing
from numdiff.notation.errors import InputError
from numdiff.notation.scanner import Token
from numdiff.tree import Constant, Div, Mul, Neg, Node, Number, Pow, Variable, integer_literal


def fraction(cursor: Cursor, quotient: Div, denominator_start: int, end: int, stop: int) -> InputError:
    """1/2x is (1/2)x or 1/(2x)."""
    start = (quotient.left.span or (0, 0))[0]
    readings = (cursor.bracketed(start, end, _dot(cursor, end)), cursor.bracketed(denominator_start, stop))
    return cursor.error("ambiguous_fraction", start, stop, readings=readings)


def is_leibniz(top: Node, bottom: Node) -> bool:
    """Return True for d/dx and dy/dx: the sign for a derivative, where the function itself is asked for."""
    match bottom:
        case Mul(left=Variable(name="d"), right=Variable()):
            while isinstance(top, Mul):
                top = top.left
            return isinstance(top, Variable) and top.name == "d"
        case _:
            return False


def product(cursor: Cursor, start: int) -> InputError:
    """A number after another factor, (x+1)2 or 2 3: a product, a power or two parts of one number."""
    number = cursor.peek()
    before, after = (0, cursor.previous().end), (number.start, len(cursor.text))
    joint = "^"
    if cursor.previous().kind == number.kind == "num" and not number.space:
        return cursor.error("unexpected_character", number.start, number.start + 1, character=".")
    if number.kind == "frac":
        joint = "+"
    elif cursor.previous().kind == "num":
        joint = ""
    readings = (cursor.cut(before, "·", after), cursor.cut(before, joint, after))
    return cursor.error("ambiguous_product", start, number.end, readings=readings)


def power(cursor: Cursor, start: int, exponent_start: int, end: int, stop: int, *, divided: bool) -> InputError:
    """e^2x is e^(2x) or e^2·x; x^1/2 is x^(1/2) or (x^1)/2."""
    whole = cursor.bracketed(exponent_start, stop)
    short = cursor.bracketed(start, end) if divided else cursor.bracketed(start, end, _dot(cursor, end))
    return cursor.error("ambiguous_power", start, stop, readings=(whole, short))


def tower(cursor: Cursor, start: int, exponent_start: int, end: int, stop: int) -> InputError:
    """x^{2}^{3} is x^(2^3) or (x^2)^3."""
    readings = (cursor.bracketed(exponent_start, stop), cursor.bracketed(start, end))
    return cursor.error("ambiguous_power", start, stop, readings=readings)


def argument(cursor: Cursor, function: Token, start: int, end: int, stop: int) -> InputError:
    """sin x(x+1) and sin x/2: where does the argument end?"""
    readings = (cursor.bracketed(start, end, _dot(cursor, end)), cursor.bracketed(start, stop))
    return cursor.error("ambiguous_argument", function.start, stop, function=function.value, readings=readings)


def root(cursor: Cursor, sign: Token, start: int, end: int, stop: int, *, raised: bool) -> InputError:
    """√2x is √2·x or √(2x); √x² is (√x)² or √(x²)."""
    if raised:
        apart = cursor.cut((0, sign.start), "(", (sign.start, end), ")", (end, len(cursor.text)))
    else:
        apart = cursor.bracketed(start, end, _dot(cursor, end))
    return cursor.error("ambiguous_root", sign.start, stop, readings=(apart, cursor.bracketed(start, stop)))


def inverse(cursor: Cursor, function: Token, power_end: int, end: int, stop: int) -> InputError:
    """sin⁻¹(x)² is (arcsin x)² or arcsin(x²)."""
    arc, head = row(function.value).inverse, (0, function.start)
    apart = cursor.cut(head, f"{arc}{_inner(cursor, power_end, end)}", (end, len(cursor.text)))
    whole = cursor.cut(head, f"{arc}{_inner(cursor, power_end, stop)}", (stop, len(cursor.text)))
    return cursor.error("ambiguous_inverse", function.start, stop, function=function.value, readings=(apart, whole))


def reciprocal(cursor: Cursor, function: Token, power_start: int, end: int, stop: int) -> str:
    """Return sin⁻¹ x as 1/sin x."""
    name = cursor.text[function.start : power_start].strip()
    return cursor.cut((0, function.start), f"(1/{name}{_inner(cursor, end, stop)})", (stop, len(cursor.text)))


def _inner(cursor: Cursor, end: int, stop: int) -> str:
    """Return an argument in brackets."""
    typed = cursor.text[end:stop].strip()
    is_whole = typed.startswith("(") and closing(typed, 0) == len(typed) - 1
    return typed if is_whole else f"({typed})"


def bars(cursor: Cursor, start: int) -> InputError:
    """|x|y|z| is |x|·y·|z| or |x·|y|·z|."""
    stop = cursor.position
    places = [t for t in cursor.tokens if t.kind == "bar" and t.value == "" and t.start >= start][:4]
    text = cursor.text
    if len(places) < 4:
        return cursor.error("unclosed_bars", start, cursor.tokens[stop].end)
    a, b, c, d = places
    apart = cursor.cut((0, a.start), "abs(", (a.end, b.start), ")·", (b.end, c.start), "·abs(", (c.end, d.start), ")",
                       (d.end, len(text)))  # fmt: skip
    nested = cursor.cut((0, a.start), "abs(", (a.end, b.start), "·abs(", (b.end, c.start), ")·", (c.end, d.start), ")",
                        (d.end, len(text)))  # fmt: skip
    return cursor.error("ambiguous_bars", start, d.end, readings=(apart, nested))


def scientific(cursor: Cursor, mantissa: Token, factor: Node) -> InputError | None:
    """Return the refusal of 1e^-4, which is 10⁻⁴ or 1·e⁻⁴; None where the product is clear."""
    match factor:
        case Pow(base=Constant(name="e"), exponent=exponent):
            places = integer_literal(exponent)
        case _:
            return None
    first = cursor.tokens[cursor.tokens.index(mantissa) + 3]
    grouped = first.kind == "open"
    unit = mantissa.value in ("1", "1.0")
    if places is None or not (unit or (places < 0 and not grouped)):
        return None
    stop = cursor.previous().end
    head, tail = (0, mantissa.end), (stop, len(cursor.text))
    readings = (cursor.cut(head, f"e{places}", tail), cursor.cut(head, f"·e^({places})", tail))
    return cursor.error("ambiguous_scientific", mantissa.start, stop, readings=readings)


def is_plain_exponent(node: Node) -> bool:
    """Return True for a number typed as an exponent, with or without a sign."""
    return isinstance(node, Number) or (isinstance(node, Neg) and isinstance(node.argument, Number))


def is_unit(node: Node) -> bool:
    """Return True for the exponent 1 or −1."""
    return integer_literal(node) in (1, -1)


def _dot(cursor: Cursor, place: int) -> str:
    """Return a multiplication sign where brackets alone would run into a following number."""
    following = cursor.text[place:].lstrip()[:1]
    return "·" if following and (following.isalnum() or following in "(√|\\") else ""
