"""Refusals of what could be read in two ways, with both readings written out as complete inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numdiff.functions.registry import row
from numdiff.notation.errors import InputError
from numdiff.notation.scanner import Token
from numdiff.tree import Constant, Div, Mul, Neg, Node, Number, Pow, Variable, integer_literal

if TYPE_CHECKING:
    from numdiff.notation.parser import Parser


def _end_of_run(parser: Parser, *, operators: bool) -> int:
    """Read on to the end of the product that goes on here; return where it ends in the text."""
    parser.skip_product(operators=operators)
    return parser.previous().end


def fraction(parser: Parser, quotient: Div, denominator_start: int) -> InputError:
    """1/2x is (1/2)x or 1/(2x)."""
    start = (quotient.left.span or (0, 0))[0]
    end = parser.previous().end
    stop = _end_of_run(parser, operators=False)
    readings = (parser.bracketed(start, end, _dot(parser, end)), parser.bracketed(denominator_start, stop))
    return parser.error("ambiguous_fraction", start, stop, readings=readings)


def is_leibniz(top: Node, bottom: Node) -> bool:
    """Return True for d/dx and dy/dx: the sign for a derivative, where the function itself is asked for."""
    match bottom:
        case Mul(left=Variable(name="d"), right=Variable()):
            while isinstance(top, Mul):
                top = top.left
            return isinstance(top, Variable) and top.name == "d"
        case _:
            return False


def product(parser: Parser, start: int) -> InputError:
    """A number after another factor, (x+1)2 or 2 3: a product, a power or two parts of one number."""
    number = parser.peek()
    before, after = (0, parser.previous().end), (number.start, len(parser.text))
    joint = "^"
    if parser.previous().kind == number.kind == "num" and not number.space:
        return parser.error("unexpected_character", number.start, number.start + 1, character=".")
    if number.kind == "frac":
        joint = "+"
    elif parser.previous().kind == "num":
        joint = ""
    readings = (parser.cut(before, "·", after), parser.cut(before, joint, after))
    return parser.error("ambiguous_product", start, number.end, readings=readings)


def power(parser: Parser, start: int, exponent_start: int) -> InputError:
    """e^2x is e^(2x) or e^2·x; x^1/2 is x^(1/2) or (x^1)/2."""
    end = parser.previous().end
    divided = parser.at_operator("/")
    stop = _end_of_run(parser, operators=divided)
    whole = parser.bracketed(exponent_start, stop)
    short = parser.bracketed(start, end) if divided else parser.bracketed(start, end, _dot(parser, end))
    return parser.error("ambiguous_power", start, stop, readings=(whole, short))


def tower(parser: Parser, start: int, exponent_start: int) -> InputError:
    """x^{2}^{3} is x^(2^3) or (x^2)^3."""
    end = parser.previous().end
    parser.advance()
    parser.exponent()
    stop = parser.previous().end
    readings = (parser.bracketed(exponent_start, stop), parser.bracketed(start, end))
    return parser.error("ambiguous_power", start, stop, readings=readings)


def argument(parser: Parser, function: Token, start: int, *, code: str = "ambiguous_argument") -> InputError:
    """sin x(x+1) and sin x/2: where does the argument end?"""
    end = parser.previous().end
    stop = _end_of_run(parser, operators=True)
    readings = (parser.bracketed(start, end, _dot(parser, end)), parser.bracketed(start, stop))
    params = {"readings": readings} | ({"function": function.value} if code == "ambiguous_argument" else {})
    return parser.error(code, function.start, stop, **params)


def root(parser: Parser, sign: Token, start: int) -> InputError:
    """√2x is √2·x or √(2x); √x² is (√x)² or √(x²)."""
    end = parser.previous().end
    if parser.at_operator("^"):
        parser.advance()
        parser.exponent()
        stop = parser.previous().end
        readings = (
            parser.cut((0, sign.start), "(", (sign.start, end), ")", (end, len(parser.text))),
            parser.bracketed(start, stop),
        )
    else:
        stop = _end_of_run(parser, operators=False)
        readings = (parser.bracketed(start, end, _dot(parser, end)), parser.bracketed(start, stop))
    return parser.error("ambiguous_root", sign.start, stop, readings=readings)


def inverse(parser: Parser, function: Token, power_start: int, power_end: int) -> InputError:
    """sin⁻¹ x is arcsin x or 1/sin x."""
    name = parser.text[function.start : power_start]
    stop = _argument_end(parser)
    argument_text = parser.text[power_end:stop].strip()
    inner = argument_text if argument_text.startswith("(") else f"({argument_text})"
    arc = row(function.value).inverse
    head, tail = (0, function.start), (stop, len(parser.text))
    readings = (parser.cut(head, f"{arc}{inner}", tail), parser.cut(head, f"(1/{name.strip()}{inner})", tail))
    return parser.error("ambiguous_inverse", function.start, stop, function=function.value, readings=readings)


def _argument_end(parser: Parser) -> int:
    if parser.at("open"):
        parser.factor()
    else:
        parser.skip_product(operators=False)
    return parser.previous().end


def bars(parser: Parser, start: int) -> InputError:
    """|x|y|z| is |x|·y·|z| or |x·|y|·z|."""
    stop = parser.position
    places = [t for t in parser.tokens if t.kind == "bar" and t.value == "" and t.start >= start][:4]
    text = parser.text
    if len(places) < 4:
        return parser.error("unclosed_bars", start, parser.tokens[stop].end)
    a, b, c, d = places
    apart = parser.cut((0, a.start), "abs(", (a.end, b.start), ")·", (b.end, c.start), "·abs(", (c.end, d.start), ")",
                       (d.end, len(text)))  # fmt: skip
    nested = parser.cut((0, a.start), "abs(", (a.end, b.start), "·abs(", (b.end, c.start), ")·", (c.end, d.start), ")",
                        (d.end, len(text)))  # fmt: skip
    return parser.error("ambiguous_bars", start, d.end, readings=(apart, nested))


def scientific(parser: Parser, mantissa: Token, factor: Node) -> InputError | None:
    """Return the refusal of 1e^-4, which is 10⁻⁴ or 1·e⁻⁴; None where the product is clear."""
    match factor:
        case Pow(base=Constant(name="e"), exponent=exponent):
            places = integer_literal(exponent)
        case _:
            return None
    first = parser.tokens[parser.tokens.index(mantissa) + 3]
    grouped = first.kind == "open"
    unit = mantissa.value in ("1", "1.0")
    if places is None or not (unit or (places < 0 and not grouped)):
        return None
    stop = parser.previous().end
    head, tail = (0, mantissa.end), (stop, len(parser.text))
    readings = (parser.cut(head, f"e{places}", tail), parser.cut(head, f"·e^({places})", tail))
    return parser.error("ambiguous_scientific", mantissa.start, stop, readings=readings)


def is_plain_exponent(node: Node) -> bool:
    """Return True for a number typed as an exponent, with or without a sign."""
    return isinstance(node, Number) or (isinstance(node, Neg) and isinstance(node.argument, Number))


def is_unit(node: Node) -> bool:
    """Return True for the exponent 1 or −1."""
    return integer_literal(node) in (1, -1)


def _dot(parser: Parser, place: int) -> str:
    """Return a multiplication sign where brackets alone would run into a following number."""
    following = parser.text[place:].lstrip()[:1]
    return "·" if following and (following.isalnum() or following in "(√|\\") else ""
