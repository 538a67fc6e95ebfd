"""A function and its argument: in brackets, in bars, or bare as in ``sin 2x``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numdiff.functions.registry import FUNCTIONS
from numdiff.notation import misplaced, sums, unclear
from numdiff.notation.calls import ARGUMENTS, build_call, call_definition
from numdiff.notation.characters import GREEK
from numdiff.notation.names import invertible, power_before_argument
from numdiff.notation.scanner import Token
from numdiff.tree import (
    Constant,
    Div,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Variable,
    integer_literal,
    is_constant,
)

if TYPE_CHECKING:
    from numdiff.notation.parser import Parser

_ROOTS = ("sqrt", "cbrt")
_GREEK = frozenset(GREEK.values())


def function(parser: Parser) -> Node:
    """Read a function with what belongs to it: log_2 x, sin² x, max(0, x), ln|x|."""
    name = parser.advance()
    base = _base(parser, name)
    power, power_start, power_end = _power(parser, name)
    if power is not None and integer_literal(power) == -1 and name.value in invertible():
        raise unclear.inverse(parser, name, power_start, power_end)
    opening = parser.peek()
    if opening.kind == "open" and opening.value in "([{":
        call = _bracketed(parser, name, base)
        if power is None:
            return parser.power(call, name)
        if parser.at_operator("^"):
            raise unclear.argument(parser, name, opening.start)
    else:
        call = _bare(parser, name, base)
    return call if power is None else Pow(call, power, (name.start, parser.previous().end))


def _base(parser: Parser, name: Token) -> Node | None:
    """Read the base of a logarithm, log_2 or log_b."""
    if parser.at("base"):
        parser.advance()
        with parser.nested(bars=0):
            return parser.atom()
    if not parser.at("sub"):
        return None
    token = parser.advance()
    span = (token.start, token.end)
    if name.value != "log":
        raise parser.error("unsupported", *span, typed=parser.text[token.start : token.end])
    if token.value.isdigit():
        return Number(token.value, span)
    if token.value == "e":
        return Constant("e", span)
    if len(token.value) == 1:
        return Variable(token.value, span)
    raise parser.error("unsupported", *span, typed=parser.text[token.start : token.end])


def _power(parser: Parser, name: Token) -> tuple[Node | None, int, int]:
    """Read the power in sin² x."""
    if not parser.at_operator("^"):
        return None, 0, 0
    start = parser.peek().start
    if name.value not in power_before_argument():
        raise parser.error("missing_argument", name.start, name.end, function=parser.text[name.start : name.end])
    parser.advance()
    first = parser.peek()
    with parser.nested():
        negative = parser.at_operator("-")
        if negative:
            parser.advance()
        exponent = parser.atom()
    if first.kind == "num" and len(first.value) > 1:
        raise parser.error(
            "ambiguous_argument", name.start, first.end, function=name.value, readings=_two_digits(parser, first)
        )
    return (Neg(exponent) if negative else exponent), start, parser.previous().end


def _two_digits(parser: Parser, number: Token) -> tuple[str, str]:
    """sin^22x is sin^{22} x or sin^{2} 2x."""
    end = len(parser.text)
    whole = parser.cut((0, number.start), "{", (number.start, number.end), "} ", (number.end, end))
    first = parser.cut((0, number.start), "{", (number.start, number.start + 1), "} ", (number.start + 1, end))
    return whole, first


def _bracketed(parser: Parser, name: Token, base: Node | None) -> Node:
    opening = parser.advance()
    if name.value == "sum":
        return _sum_call(parser, name, opening)
    arguments = list_of_arguments(parser, opening, name)
    if len(arguments) == 1:
        _note_log(parser, name, base)
    return build_call(name.value, arguments, base, (name.start, parser.previous().end))


def _note_log(parser: Parser, name: Token, base: Node | None) -> None:
    """Remember a bare log, which Korean schools read as log₁₀; np.log is clear."""
    if name.value == "log" and base is None and "." not in parser.text[name.start : name.end]:
        parser.bare_logs.append((name.start, name.end))


def list_of_arguments(parser: Parser, opening: Token, name: Token) -> tuple[Node, ...]:
    """Read arguments separated by commas, and the closing bracket."""
    if parser.at("open", "{") and opening.value == "{" and name.value in ("max", "min"):
        opening = parser.advance()
    if parser.at("close"):
        typed = parser.text[name.start : name.end]
        raise parser.error("missing_argument", name.start, parser.peek().end, function=typed)
    arguments = []
    with parser.nested(bars=0):
        arguments.append(parser.expression())
        while parser.at("comma"):
            comma = parser.advance()
            if (
                FUNCTIONS.get(name.value) == (1, 1)
                and (error := misplaced.comma(parser, comma)).code == "decimal_comma"
            ):
                raise error
            arguments.append(parser.expression())
    parser.close(opening)
    return tuple(arguments)


def user_call(parser: Parser, name: Token) -> Node:
    """Read the call of a function that the pasted program defines."""
    opening = parser.advance()
    arguments = list_of_arguments(parser, opening, name)
    return call_definition(name.value, parser.functions[name.value], arguments, (name.start, parser.previous().end))


def _sum_call(parser: Parser, name: Token, opening: Token) -> Node:
    """Read sum(body, i, 1, 2): the index stands behind the body that needs it, so the bounds are read first."""
    commas, level = [], 0
    for place in range(parser.position - 1, len(parser.tokens)):
        token = parser.tokens[place]
        level += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "comma" and level == 1:
            commas.append(place)
        if level == 0:
            break
    start = parser.position
    if len(commas) != 3 or parser.tokens[commas[0] + 1].kind != "var":
        raise parser.error("sum_form", name.start, opening.end)
    index = parser.tokens[commas[0] + 1].value
    bounds = []
    for comma in commas[1:]:
        parser.position = comma + 1
        first = parser.peek()
        bounds.append(sums.integer_bound(parser.term(), (first.start, max(first.end, first.start + 1))))
    parser.close(opening)
    end = parser.position
    parser.position = start
    parser.indices.append(index)
    sums.check_terms(bounds[0], bounds[1], (name.start, opening.end))
    with parser.nested(bars=0):
        body = parser.expression()
    parser.indices.pop()
    if parser.position != commas[0]:
        raise parser.error("sum_form", name.start, opening.end)
    parser.position = end
    return IndexedSum(index, bounds[0], bounds[1], body, (name.start, parser.previous().end))


def _bare(parser: Parser, name: Token, base: Node | None) -> Node:
    """Read an argument without brackets: the factors up to the next function, if it is clear where it ends."""
    typed = parser.text[name.start : name.end]
    first = parser.peek()
    minus = first.kind == "op" and first.value == "-" and first.space and not parser.peek(1).space
    if not (parser.at_factor() or minus or (first.kind == "bar" and first.value != "close" and _bar_opens(parser))):
        raise parser.error("missing_argument", name.start, name.end, function=typed)
    if (ARGUMENTS.get(name.value) or FUNCTIONS[name.value])[0] > 1:
        raise parser.error("missing_argument", name.start, name.end, function=typed)
    with parser.nested():
        if minus:
            parser.advance()
        argument = _bare_root(parser, name) if name.value in _ROOTS else _run(parser, name, first.start)
    span = (name.start, parser.previous().end)
    argument = Neg(argument, (first.start, parser.previous().end)) if minus else argument
    _note_log(parser, name, base)
    return build_call(name.value, (argument,), base, span)


def _bar_opens(parser: Parser) -> bool:
    """ln|x|: a bar right after a function can only open."""
    return parser.peek().kind == "bar"


def _bare_root(parser: Parser, name: Token) -> Node:
    start = parser.peek().start
    argument = parser.atom()
    if parser.at_operator("^") or (parser.at_factor() and parser.peek().kind not in ("func", "root")):
        raise unclear.root(parser, name, start)
    return argument


def _run(parser: Parser, name: Token, start: int) -> Node:
    """Read the factors of a bare argument: 2x, πx, x², or a function again (ln ln x)."""
    nested_function = parser.peek().kind in ("func", "user")
    in_bars = parser.peek().kind == "bar"
    argument = parser.factor()
    while parser.at_factor():
        token = parser.peek()
        if token.kind in ("func", "user") and not nested_function:
            break
        if nested_function or in_bars or not _continues(parser, argument, token):
            raise unclear.argument(parser, name, start)
        argument = Mul(argument, parser.factor(), (start, parser.previous().end))
    if parser.at_operator("*", "/") and parser.peek(1).kind != "func" and not in_bars:
        raise unclear.argument(parser, name, start)
    return argument


def _continues(parser: Parser, argument: Node, token: Token) -> bool:
    """Return True if a factor clearly still belongs to the bare argument, as the x of sin 2x does."""
    if token.kind not in ("var", "const", "indexed") or (token.value == "e" and token.kind == "const"):
        return False
    if isinstance(argument, Div):
        return is_constant(argument)
    before = parser.previous()
    letters = token.kind == "var" and not is_constant(argument)
    named = before.value in _GREEK or token.value in _GREEK
    latex = "\\" in parser.text  # in LaTeX a space says nothing
    return not (letters and token.space and not named and not latex)
