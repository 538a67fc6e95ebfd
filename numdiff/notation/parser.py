"""Tokens → tree, by precedence climbing.

From loose to tight: + and −; a leading minus; products and quotients, from left to right; powers, from the right;
and then the single thing: a number, a name, brackets, bars, a fraction, a root, a function with its argument.
What could be read in two ways is refused with both readings (:mod:`numdiff.notation.unclear`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from numdiff.conditions import negated, piecewise
from numdiff.functions.registry import FUNCTIONS, having, row
from numdiff.notation import misplaced, sums, unclear
from numdiff.notation.calls import ARGUMENTS, Definition, build_call, call_definition, nth_root
from numdiff.notation.characters import GREEK, normalise
from numdiff.notation.cursor import Cursor
from numdiff.notation.errors import InputError, Note
from numdiff.notation.lexer import tokenize
from numdiff.notation.names import invertible, power_before_argument
from numdiff.notation.pieces import group
from numdiff.notation.pieces.condition import Compared, Typed
from numdiff.notation.scanner import Token
from numdiff.notation.words import resolve
from numdiff.tree import (
    Add,
    Comparison,
    Condition,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Joined,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Span,
    Sub,
    Variable,
    children,
    integer_literal,
    is_constant,
)

_PAIRS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
_ROOTS = ("sqrt", "cbrt")
_GREEK = frozenset(GREEK.values())
_DEPTH_OF_PIECES = 4
"""Levels that one level of pieces counts as: each is read by a parser of its own."""
_ROUNDING = {"⌊": "floor", "⌈": "ceil"}


class Parser(Cursor):
    """One formula being read; :meth:`parse` is the way in."""

    def __init__(
        self, text: str, tokens: list[Token], functions: Mapping[str, Definition], declared: Collection[str] = ()
    ) -> None:
        super().__init__(text, tokens)
        self.functions = functions
        self.declared = declared
        self.indices: list[str] = []
        self.bare_logs: list[Span] = []
        self.notes: list[Note] = []

    def parse(self) -> Node:
        """Return the tree of the whole formula.

        Raises
        ------
        InputError
            If it is no formula, or could be two.
        """
        node = self.expression()
        if not self.at("end"):
            raise misplaced.unexpected(self, self.peek())
        sums.check_indices(node)
        return node

    def expression(self) -> Node:
        """Read terms joined by + and −."""
        left = self.term()
        while self.at_operator("+", "-"):
            kind = Add if self.advance().value == "+" else Sub
            right = self.term()
            left = kind(left, right, self._span(left))
        return left

    def term(self) -> Node:
        """Read a product with its leading sign."""
        if self.at_operator("+", "-"):
            sign = self.advance()
            with self.nested():
                argument = self.term()
            return Neg(argument, (sign.start, self.previous().end)) if sign.value == "-" else argument
        start = self.peek().start
        return self._product(self.factor(), start)

    def _signed_factor(self) -> Node:
        if self.at_operator("+", "-"):
            sign = self.advance()
            with self.nested():
                argument = self._signed_factor()
            return Neg(argument, (sign.start, self.previous().end)) if sign.value == "-" else argument
        return self.factor()

    def _product(self, left: Node, start: int) -> Node:
        """Read what is multiplied or divided on, from left to right."""
        denominator_start = -1
        while True:
            if self.at_operator("*", "/"):
                kind = Mul if self.advance().value == "*" else Div
                denominator_start = self.peek().start if kind is Div else -1
                left = kind(left, self._signed_factor(), (start, self.previous().end))
            elif self.at_factor():
                left = self._times(left, start, denominator_start)
            else:
                return left

    def _times(self, left: Node, start: int, denominator_start: int) -> Node:
        """Read a factor that follows without a sign."""
        token, before = self.peek(), self.previous()
        if denominator_start >= 0 and isinstance(left, Div):
            if unclear.is_leibniz(left.left, Mul(left.right, self._peeked_variable())):
                raise self.error("derivative_sign", start, token.end)
            raise unclear.fraction(self, left, denominator_start, *self._read_on(operators=False))
        if token.kind == "num" or (token.kind == "frac" and before.kind == "num" and not token.space):
            raise unclear.product(self, before.start)
        if token.kind == "bar" and token.value == "" and before.kind != "bar" and self._bar_closed_since(start):
            raise unclear.bars(self, start)
        factor = self.factor()
        if before.kind == "num" and not token.space and (error := unclear.scientific(self, before, factor)):
            raise error
        return Mul(left, factor, (start, self.previous().end))

    def _peeked_variable(self) -> Node:
        token = self.peek()
        return Variable(token.value) if token.kind == "var" and not token.space else Number("1")

    def _bar_closed_since(self, start: int) -> bool:
        return any(t.kind == "bar" and t.value == "" and t.start >= start for t in self.tokens[: self.position])

    def _read_on(self, *, operators: bool) -> tuple[int, int]:
        """Return where what was read ends in the text, and where the product that goes on there does.

        Reads on over its factors; numbers after factors are let pass.
        """
        end = self.previous().end
        while self.at_factor() or (operators and self.at_operator("*", "/")):
            if self.at_operator("*", "/"):
                self.advance()
                self._signed_factor()
            else:
                self.factor()
        return end, self.previous().end

    def _exponent_end(self) -> int:
        """Read a power with its sign; return where it ends in the text."""
        self.advance()
        self.exponent()
        return self.previous().end

    def _argument_end(self) -> int:
        """Read what looks like an argument; return where it ends in the text."""
        if self.at("open"):
            self.factor()
        else:
            self._read_on(operators=False)
        return self.previous().end

    def _unclear_root(self, sign: Token, start: int) -> InputError:
        """Return the refusal of a root with something behind its radicand that may belong to it."""
        end, raised = self.previous().end, self.at_operator("^")
        stop = self._exponent_end() if raised else self._read_on(operators=False)[1]
        return unclear.root(self, sign, start, end, stop, raised=raised)

    def factor(self) -> Node:
        """Read a single thing with its powers."""
        start = self.peek()
        if start.kind == "func":
            return self._function()
        if start.kind == "root":
            return self._root_sign()
        return self.power(self.atom(), start)

    def power(self, base: Node, start: Token) -> Node:
        """Read the power that may follow a base."""
        if not self.at_operator("^"):
            return base
        self.advance()
        first = self.peek()
        exponent = self.exponent()
        if first.value == "{" and self.at_operator("^"):
            raise unclear.tower(self, start.start, first.start, self.previous().end, self._exponent_end())
        node = Pow(base, exponent, (start.start, self.previous().end))
        self._check_exponent(node, start, first)
        return node

    def exponent(self) -> Node:
        """Read an exponent: signs, one thing, and powers of it (from the right)."""
        with self.nested():
            if self.at_operator("+", "-"):
                sign = self.advance()
                inner = self.exponent()
                return Neg(inner, (sign.start, self.previous().end)) if sign.value == "-" else inner
            first = self.peek()
            if first.kind in ("func", "root"):
                return self.factor()
            base = self.atom()
            return base if first.value == "{" else self.power(base, first)

    def _check_exponent(self, node: Pow, start: Token, first: Token) -> None:
        """Refuse e^2x, e^xy and x^1/2; x^2y, e^x(x+1) and e^x y are clear."""
        if first.kind == "open":
            return
        following, literal = self.peek(), unclear.is_plain_exponent(node.exponent)
        if self.at_operator("/"):
            unsure = literal and unclear.is_unit(node.exponent)
        elif not self.at_factor():
            return
        elif literal and isinstance(node.base, Constant):
            unsure = True
        elif literal and (first.kind == "op" or isinstance(node.base, Number)):
            unsure = not following.space
        elif literal:
            return
        else:
            unsure = not following.space and following.kind not in ("open", "bar")
        if unsure:
            divided = self.at_operator("/")
            run = self._read_on(operators=divided)
            raise unclear.power(self, start.start, first.start, *run, divided=divided)

    def atom(self) -> Node:
        """Read one thing that needs no more: a number, a name, a bracket, bars, a fraction, a sum."""
        token = self.advance()
        span = (token.start, token.end)
        match token.kind:
            case "num":
                return Number(token.value, span)
            case "const":
                return Constant("e" if token.value == "e" else "pi", span)
            case "var":
                return Variable(token.value, span)
            case "indexed":
                return self._indexed(token)
            case "user":
                return self._user_call(token)
            case "open":
                return self._group(token)
            case "bar":
                return self._bars(token)
            case "frac":
                top, bottom = self._group(self.advance()), self._group(self.advance())
                span = (token.start, self.previous().end)
                if unclear.is_leibniz(top, bottom):
                    raise self.error("derivative_sign", *span)
                return Div(top, bottom, span)
            case "sum":
                return self._sum(token)
            case "pieces":
                return self._pieces(token)
            case "func" | "root":
                self.position -= 1
                return self.factor()
            case _:
                raise misplaced.operand(self, token)

    def _indexed(self, token: Token) -> Node:
        base, _, index = token.value.rpartition("_")
        if index in self.indices:
            return Indexed(base, index, (token.start, token.end))
        return Variable(token.value, (token.start, token.end))

    def _group(self, opening: Token) -> Node:
        """Read to the closing bracket; floor and ceiling brackets are functions."""
        closing = _PAIRS[opening.value]
        if self.at("close", closing):
            raise self.error("empty_brackets", opening.start, self.peek().end)
        with self.nested(bars=0):
            node = self.expression()
        self.close(opening)
        name = _ROUNDING.get(opening.value)
        return build_call(name, (node,), None, (opening.start, self.previous().end)) if name else node

    def close(self, opening: Token) -> None:
        """Take the bracket that closes this one.

        Raises
        ------
        InputError
            If something else stands there.
        """
        token = self.peek()
        if token.kind == "close" and token.value == _PAIRS[opening.value]:
            self.advance()
            return
        if token.kind == "end":
            raise self.error("unclosed_bracket", opening.start, opening.end, bracket=opening.value)
        if token.kind == "close":
            params = {"opening": opening.value, "closing": token.value}
            raise self.error("mismatched_bracket", token.start, token.end, **params)
        raise misplaced.unexpected(self, token)

    def _bars(self, opening: Token) -> Node:
        if opening.value == "close":
            raise misplaced.operand(self, opening)
        with self.nested():
            self.open_bars[-1] += 1
            node = self.expression()
            self.open_bars[-1] -= 1
        if not self.at("bar"):
            if self.at("end"):
                raise self.error("unclosed_bars", opening.start, opening.end)
            raise misplaced.unexpected(self, self.peek())
        self.advance()
        return build_call("abs", (node,), None, (opening.start, self.previous().end))

    def _root_sign(self) -> Node:
        """Read √ and what stands under it: a bracket, or one thing that nothing may follow unclearly."""
        sign = self.advance()
        first = self.peek()
        if first.kind == "op" or not (self.at_factor() or first.kind == "bar"):
            raise self.error("missing_argument", sign.start, sign.end, function=self.text[sign.start : sign.end])
        with self.nested():
            node = nth_root(self.atom(), int(sign.value), (sign.start, self.previous().end))
        if first.value == "{":
            return self.power(node, sign)
        if self.at_operator("^") or (first.kind != "open" and self._runs_on()):
            raise self._unclear_root(sign, first.start)
        return node

    def _runs_on(self) -> bool:
        return self.at_factor() and self.peek().kind not in ("func", "root", "user")

    def _sum(self, sign: Token) -> Node:
        """Read Σ with its bounds, in either order, and the product it sums."""
        subscript, upper = None, None
        while (self.at("sub") and subscript is None) or (self.at_operator("^") and upper is None):
            if self.at("sub"):
                subscript = self.advance()
            else:
                self.advance()
                first = self.peek()
                with self.nested():
                    upper = sums.integer_bound(self._signed_atom(), (first.start, max(first.end, self.previous().end)))
        if subscript is None or upper is None:
            raise self.error("sum_form", sign.start, self.previous().end)
        index, lower = sums.lower_bound(subscript.value, (subscript.start, subscript.end))
        return self.sum_of(sign, index, lower, upper)

    def _signed_atom(self) -> Node:
        if self.at_operator("-"):
            self.advance()
            return Neg(self.atom())
        return self.atom()

    def sum_of(self, sign: Token, index: str, lower: int, upper: int) -> Node:
        """Read the body of a sum whose bounds are known."""
        sums.check_terms(lower, upper, (sign.start, self.previous().end))
        if self.at("end"):
            raise self.error("missing_argument", sign.start, self.previous().end, function="Σ")
        self.indices.append(index)
        with self.nested():
            body = self.term()
        self.indices.pop()
        return IndexedSum(index, lower, upper, body, (sign.start, self.previous().end))

    def _span(self, left: Node) -> tuple[int, int]:
        return ((left.span or (0, 0))[0], self.previous().end)

    # --- pieces with conditions ----------------------------------------------------------------------------------

    def _pieces(self, token: Token) -> Node:
        """Read ``{x < 0: −x, x}``: each of its parts is a formula of its own."""
        found = group.pieces(normalise(self.text), (token.start, token.end))
        with self.nested():
            values = [self._part(piece.value) for piece in found]
            conditions = [None if piece.condition is None else self._condition(piece.condition) for piece in found]
        node = piecewise(values, conditions)
        return replace(node, span=(token.start, token.end)) if isinstance(node, Piecewise) else node

    def _condition(self, typed: Typed) -> Condition:
        if isinstance(typed, Compared):
            return Comparison(self._part(typed.left), typed.relation, self._part(typed.right))
        parts = tuple(map(self._condition, typed.parts))
        return negated(parts[0]) if typed.word == "not" else Joined(typed.word, parts)

    def _part(self, span: Span) -> Node:
        """Read a part of the text, in which the same names mean the same."""
        tokens = tokenize(self.text, *span, self.declared)
        resolved = resolve(self.text, tokens, self.declared, self.functions, self.indices)
        inner = Parser(self.text, resolved, self.functions, self.declared)
        inner.depth, inner.indices = self.depth + _DEPTH_OF_PIECES, self.indices
        inner.bare_logs, inner.notes = self.bare_logs, self.notes
        node = inner.expression()
        if not inner.at("end"):
            raise misplaced.unexpected(inner, inner.peek())
        return node

    # --- a function and its argument: in brackets, in bars, or bare as in sin 2x ----------------------------------

    def _function(self) -> Node:
        """Read a function with what belongs to it: log_2 x, sin² x, max(0, x), ln|x|."""
        name = self.advance()
        base = self._base(name)
        power, power_start, power_end = self._power_on_name(name)
        if power is not None and integer_literal(power) == -1 and name.value in invertible():
            return self._inverse(name, power_start, power_end)
        opening = self.peek()
        if opening.kind == "open" and opening.value in "([{":
            call = self._bracketed(name, base)
            if power is None:
                return self.power(call, name)
            if self.at_operator("^"):
                raise unclear.argument(self, name, opening.start, *self._read_on(operators=True))
        else:
            call = self._bare(name, base)
        return call if power is None else Pow(call, power, (name.start, self.previous().end))

    def _inverse(self, name: Token, power_start: int, power_end: int) -> Node:
        """Read sin⁻¹ x as arcsin x, as calculators do, and remember that it may be the reciprocal."""
        is_bracketed = self.at("open") and self.peek().value in "([{"
        call = self._bracketed(name, None) if is_bracketed else self._bare(name, None)
        if self.at_operator("^"):
            raise unclear.inverse(self, name, power_end, self.previous().end, self._exponent_end())
        reciprocal = unclear.reciprocal(self, name, power_start, power_end, self.previous().end)
        span = (name.start, self.previous().end)
        self.notes.append(Note("inverse_function", span, (reciprocal,)))
        return build_call(row(name.value).inverse, children(call), None, span)

    def _base(self, name: Token) -> Node | None:
        """Read the base of a logarithm, log_2 or log_b."""
        if self.at("base"):
            self.advance()
            with self.nested(bars=0):
                return self.atom()
        if not self.at("sub"):
            return None
        token = self.advance()
        span = (token.start, token.end)
        if name.value != "log":
            raise self.error("unsupported", *span, typed=self.text[token.start : token.end])
        if token.value.isdigit():
            return Number(token.value, span)
        if token.value == "e":
            return Constant("e", span)
        if len(token.value) == 1:
            return Variable(token.value, span)
        raise self.error("unsupported", *span, typed=self.text[token.start : token.end])

    def _power_on_name(self, name: Token) -> tuple[Node | None, int, int]:
        """Read the power in sin² x."""
        if not self.at_operator("^"):
            return None, 0, 0
        start = self.peek().start
        if name.value not in power_before_argument():
            raise self.error("missing_argument", name.start, name.end, function=self.text[name.start : name.end])
        self.advance()
        first = self.peek()
        with self.nested():
            negative = self.at_operator("-")
            if negative:
                self.advance()
            exponent = self.atom()
        if first.kind == "num" and len(first.value) > 1:
            raise self.error(
                "ambiguous_argument", name.start, first.end, function=name.value, readings=self._two_digits(first)
            )
        return (Neg(exponent) if negative else exponent), start, self.previous().end

    def _two_digits(self, number: Token) -> tuple[str, str]:
        """sin^22x is sin^{22} x or sin^{2} 2x."""
        end = len(self.text)
        whole = self.cut((0, number.start), "{", (number.start, number.end), "} ", (number.end, end))
        first = self.cut((0, number.start), "{", (number.start, number.start + 1), "} ", (number.start + 1, end))
        return whole, first

    def _bracketed(self, name: Token, base: Node | None) -> Node:
        opening = self.advance()
        if name.value == "sum":
            return self._sum_call(name, opening)
        arguments = self._arguments(opening, name)
        if len(arguments) == 1:
            self._note(name, base)
        return build_call(name.value, arguments, base, (name.start, self.previous().end))

    def _note(self, name: Token, base: Node | None) -> None:
        """Remember a bare log, which Korean schools read as log₁₀ (np.log is clear), and what others read otherwise."""
        place, typed = (name.start, name.end), self.text[name.start : name.end]
        if name.value == "gamma":
            product = self.cut((0, name.start), "γ·", (name.end, len(self.text)))
            self.notes.append(Note("gamma_function", place, (product,)))
        elif name.value in having(has_convention=True):
            numpys = self.cut((0, name.start), "np.", (name.start, len(self.text)))
            is_plain = name.value == "sinc" == typed and self.text.startswith("(", name.end)
            self.notes.append(Note(f"convention.{name.value}", place, (numpys,) if is_plain else ()))
        if name.value == "log" and base is None and "." not in self.text[name.start : name.end]:
            self.bare_logs.append((name.start, name.end))

    def _arguments(self, opening: Token, name: Token) -> tuple[Node, ...]:
        """Read arguments separated by commas, and the closing bracket."""
        if self.at("open", "{") and opening.value == "{" and name.value in ("max", "min"):
            opening = self.advance()
        if self.at("close"):
            typed = self.text[name.start : name.end]
            raise self.error("missing_argument", name.start, self.peek().end, function=typed)
        arguments = []
        with self.nested(bars=0):
            arguments.append(self.expression())
            while self.at("comma"):
                comma = self.advance()
                if (
                    FUNCTIONS.get(name.value) == (1, 1)
                    and (error := misplaced.comma(self, comma)).code == "decimal_comma"
                ):
                    raise error
                arguments.append(self.expression())
        self.close(opening)
        return tuple(arguments)

    def _user_call(self, name: Token) -> Node:
        """Read the call of a function that the pasted program defines."""
        opening = self.advance()
        arguments = self._arguments(opening, name)
        return call_definition(name.value, self.functions[name.value], arguments, (name.start, self.previous().end))

    def _sum_call(self, name: Token, opening: Token) -> Node:
        """Read sum(body, i, 1, 2): the index stands behind the body that needs it, so the bounds are read first."""
        commas, level = [], 0
        for place in range(self.position - 1, len(self.tokens)):
            token = self.tokens[place]
            level += {"open": 1, "close": -1}.get(token.kind, 0)
            if token.kind == "comma" and level == 1:
                commas.append(place)
            if level == 0:
                break
        start = self.position
        if len(commas) != 3 or self.tokens[commas[0] + 1].kind != "var":
            raise self.error("sum_form", name.start, opening.end)
        index = self.tokens[commas[0] + 1].value
        bounds = []
        for comma in commas[1:]:
            self.position = comma + 1
            first = self.peek()
            bounds.append(sums.integer_bound(self.term(), (first.start, max(first.end, first.start + 1))))
        self.close(opening)
        end = self.position
        self.position = start
        self.indices.append(index)
        sums.check_terms(bounds[0], bounds[1], (name.start, opening.end))
        with self.nested(bars=0):
            body = self.expression()
        self.indices.pop()
        if self.position != commas[0]:
            raise self.error("sum_form", name.start, opening.end)
        self.position = end
        return IndexedSum(index, bounds[0], bounds[1], body, (name.start, self.previous().end))

    def _bare(self, name: Token, base: Node | None) -> Node:
        """Read an argument without brackets: the factors up to the next function, if it is clear where it ends."""
        typed = self.text[name.start : name.end]
        first = self.peek()
        minus = first.kind == "op" and first.value == "-" and first.space and not self.peek(1).space
        if not (self.at_factor() or minus or (first.kind == "bar" and first.value != "close")):
            raise self.error("missing_argument", name.start, name.end, function=typed)
        if (ARGUMENTS.get(name.value) or FUNCTIONS[name.value])[0] > 1:
            raise self.error("missing_argument", name.start, name.end, function=typed)
        with self.nested():
            if minus:
                self.advance()
            argument = self._bare_root(name) if name.value in _ROOTS else self._run(name, first.start)
        span = (name.start, self.previous().end)
        argument = Neg(argument, (first.start, self.previous().end)) if minus else argument
        self._note(name, base)
        return build_call(name.value, (argument,), base, span)

    def _bare_root(self, name: Token) -> Node:
        start = self.peek().start
        argument = self.atom()
        if self.at_operator("^") or (self.at_factor() and self.peek().kind not in ("func", "root")):
            raise self._unclear_root(name, start)
        return argument

    def _run(self, name: Token, start: int) -> Node:
        """Read the factors of a bare argument: 2x, πx, x², or a function again (ln ln x)."""
        nested_function = self.peek().kind in ("func", "user")
        in_bars = self.peek().kind == "bar"
        argument = self.factor()
        while self.at_factor():
            token = self.peek()
            if token.kind in ("func", "user") and not nested_function:
                break
            if nested_function or in_bars or not self._continues(argument, token):
                raise unclear.argument(self, name, start, *self._read_on(operators=True))
            argument = Mul(argument, self.factor(), (start, self.previous().end))
        if self.at_operator("*", "/") and self.peek(1).kind != "func" and not in_bars:
            raise unclear.argument(self, name, start, *self._read_on(operators=True))
        return argument

    def _continues(self, argument: Node, token: Token) -> bool:
        """Return True if a factor clearly still belongs to the bare argument, as the x of sin 2x does."""
        if token.kind not in ("var", "const", "indexed") or (token.value == "e" and token.kind == "const"):
            return False
        if isinstance(argument, Div):
            return is_constant(argument)
        before = self.previous()
        letters = token.kind == "var" and not is_constant(argument)
        named = before.value in _GREEK or token.value in _GREEK
        latex = "\\" in self.text  # in LaTeX a space says nothing
        return not (letters and token.space and not named and not latex)
