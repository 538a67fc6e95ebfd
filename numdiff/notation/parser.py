"""Tokens → tree, by precedence climbing.

From loose to tight: + and −; a leading minus; products and quotients, from left to right; powers, from the right;
and then the single thing: a number, a name, brackets, bars, a fraction, a root, a function with its argument.
What could be read in two ways is refused with both readings (:mod:`numdiff.notation.unclear`).
"""

from __future__ import annotations

from collections.abc import Mapping

from numdiff.notation import application, misplaced, sums, unclear
from numdiff.notation.calls import Definition, build_call, nth_root
from numdiff.notation.cursor import Cursor
from numdiff.notation.scanner import Token
from numdiff.tree import Add, Constant, Div, Indexed, IndexedSum, Mul, Neg, Node, Number, Pow, Span, Sub, Variable

_PAIRS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
_ROUNDING = {"⌊": "floor", "⌈": "ceil"}


class Parser(Cursor):
    """One formula being read; :meth:`parse` is the way in."""

    def __init__(self, text: str, tokens: list[Token], functions: Mapping[str, Definition]) -> None:
        super().__init__(text, tokens)
        self.functions = functions
        self.indices: list[str] = []
        self.bare_logs: list[Span] = []

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
            raise unclear.fraction(self, left, denominator_start)
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

    def skip_product(self, *, operators: bool) -> None:
        """Read on over the factors of a product, to find where it ends; numbers after factors are let pass."""
        while self.at_factor() or (operators and self.at_operator("*", "/")):
            if self.at_operator("*", "/"):
                self.advance()
                self._signed_factor()
            else:
                self.factor()

    def factor(self) -> Node:
        """Read a single thing with its powers."""
        start = self.peek()
        if start.kind == "func":
            return application.function(self)
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
            raise unclear.tower(self, start.start, first.start)
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
            raise unclear.power(self, start.start, first.start)

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
                return application.user_call(self, token)
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
            raise unclear.root(self, sign, first.start)
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
