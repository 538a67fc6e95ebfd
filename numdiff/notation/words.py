"""Runs of letters → names: which functions, constants and variables ``xlnx`` or ``야식`` are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from numdiff.functions.compounds import is_compound
from numdiff.functions.registry import FUNCTIONS, asked, is_known
from numdiff.indices import negative_index
from numdiff.notation import names
from numdiff.notation.errors import InputError
from numdiff.notation.scanner import Token

_FUNCTION_LETTERS = ("f", "g", "h")
_CALLED = {"sigma": "sigmoid", "σ": "sigmoid", "gamma": "gamma", "Gamma": "gamma"}
"""Greek letters that are functions where a bracket follows."""
_LONGEST_PRODUCT = 4
_LETTERS_AROUND = 2
_BARE_NAMES = ("e", "pi")


@asked
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted((n for n in names.functions() if n.isalpha() and len(n) > 1), key=len, reverse=True))


@asked
def _whole_functions() -> tuple[str, ...]:
    """Return what is not looked for inside a run of letters; a run that begins with one is refused (``absx``)."""
    return tuple(n for n in _longest_first() if n not in names.splittable() and len(n) > 2)


def canonical(base: str, subscript: str) -> str:
    """Return a variable's name: x1, x_1, x₁ and x_{1} are all ``x_1``."""
    return f"{base}_{subscript}" if subscript else base


@dataclass(frozen=True, slots=True)
class Resolver:
    """Turns word and sub tokens into names; :func:`resolve` is the way in."""

    text: str
    declared: Collection[str]
    indices: Collection[str]
    functions: Collection[str]

    def word(self, token: Token, sub: Token | None, following: Token) -> Iterator[Token]:
        """Yield the names that one run of letters (with what is attached to it) stands for."""
        opens = following.kind == "open" and following.value in "([" and not following.space
        end = sub.end if sub else token.end
        name = token.value
        full = canonical(name, sub.value) if sub else name
        if opens and self.text[token.start : end] in self.functions:
            yield replace(token, kind="user", value=self.text[token.start : end], end=end)
        elif full in self.declared or (sub is None and name in self.declared):
            yield replace(token, kind="var", value=full, end=end)
        elif (known := self._function(token, opens)) is not None:
            yield from self._after_function(replace(token, kind="func", value=known), sub, following)
        elif name in names.CONSTANTS or (len(name) > 1 and name.lower() in names.CONSTANTS):
            yield from self._constant(token, sub)
        elif name.lower() in ("inf", "infty", "infinity", "oo"):
            raise InputError("infinity", (token.start, end))
        elif token.whole and (words := self._declared_parts(name)):
            raise InputError("unknown_name", (token.start, end), self._unknown(token, sub, self._spaced(token, words)))
        elif name in names.GREEK_NAMES or token.whole or len(name) == 1:
            self._refuse_unknown_call(token, sub, opens)
            yield from self._variable(token, sub)
        else:
            yield from self._split(token, sub, following)

    def _declared_parts(self, name: str) -> tuple[str, str] | None:
        """야식운동 where 야식 and 운동 are declared is not a third variable."""
        return next(
            ((a, name[len(a) :]) for a in self.declared if name.startswith(a) and name[len(a) :] in self.declared), None
        )

    def _spaced(self, token: Token, words: tuple[str, str]) -> str:
        return f"{self.text[: token.start]}{'·'.join(words)}{self.text[token.end :]}"

    def _function(self, token: Token, opens: bool) -> str | None:
        if token.value in _CALLED and (token.whole or token.value != "sigma"):
            is_letter = self.text[token.start : token.end] in {r"\gamma", "γ"}
            return _CALLED[token.value] if opens and not is_letter else None
        name = names.functions().get(token.value.lower()) if len(token.value) > 1 else None
        # NumPy's sinc is sin πx/(πx)
        is_other = name == "sinc" and self.text[token.start : token.end].partition(".")[0] in {
            "np",
            "numpy",
            "jnp",
            "torch",
        }
        return None if is_other else name

    def _after_function(self, token: Token, sub: Token | None, following: Token) -> Iterator[Token]:
        """Yield a function and what is attached: the base of log_2, the 2 of sin2x."""
        yield token
        if sub is None:
            return
        if token.value == "log" and not sub.whole:
            yield sub
        elif not sub.whole:
            raise InputError("unknown_name", (token.start, sub.end), self._unknown(token, sub))
        elif token.value == "log":
            yield from self._log_digits(token, sub, following)
        elif token.value == "exp" or token.value.endswith("tan"):
            raise InputError("unknown_function", (token.start, sub.end), self._unknown(token, sub))
        else:
            yield replace(sub, kind="num", whole=False)

    def _log_digits(self, token: Token, sub: Token, following: Token) -> Iterator[Token]:
        if following.kind == "open" or (following.space and sub.value in ("2", "10")):
            yield replace(sub, whole=False)
            return
        head, tail = self.text[: sub.start], self.text[sub.end :]
        base = f"{head}_{sub.value}({tail[: following.end - sub.end]}){self.text[following.end :]}"
        whole = f"{head}({self.text[sub.start : following.end]}){self.text[following.end :]}"
        raise InputError("ambiguous_logarithm", (token.start, following.end), {"readings": (base, whole)})

    def _constant(self, token: Token, sub: Token | None) -> Iterator[Token]:
        if sub is not None and not sub.whole and token.value == "e":  # an index that was typed as one: an error e_1
            yield from self._variable(token, sub)
            return
        yield replace(token, kind="const", value=token.value.lower())
        if sub is not None:
            head, tail = self.text[: sub.start], self.text[sub.end :]
            readings: tuple[str, ...] = (f"{head}·{sub.value}{tail}", f"{head}^{{{sub.value}}}{tail}")
            if token.value == "e" and not self.text[: token.start][-1:].isalnum():
                readings = (*readings, f"{head}_{{{sub.value}}}{tail}")
            raise InputError("ambiguous_product", (token.start, sub.end), {"readings": readings})

    def _variable(self, token: Token, sub: Token | None) -> Iterator[Token]:
        if sub is None:
            yield replace(token, kind="var")
            return
        index = next((i for i in self.indices if sub.value.startswith(i)), None)
        if index is None or sub.whole or negative_index(sub.value):
            yield replace(token, kind="var", value=canonical(token.value, sub.value), end=sub.end)
            return
        cut = sub.start + self.text[sub.start : sub.end].find(index) + len(index) if sub.value != index else sub.end
        yield replace(token, kind="indexed", value=f"{token.value}_{index}", end=cut)
        if rest := sub.value[len(index) :]:
            yield from self._letters(rest, cut)

    def _letters(self, letters: str, start: int) -> Iterator[Token]:
        for place, letter in enumerate(letters, start):
            yield Token("const" if letter == "e" else "var", letter, place, place + 1)

    def _refuse_unknown_call(self, token: Token, sub: Token | None, opens: bool) -> None:
        """f(x) inside a formula is a function nobody has defined, whatever the letter; x(x+1) is a product."""
        typed = self.text[token.start : token.end]
        is_named = typed.startswith(r"\operatorname") or "." in typed or (token.whole and is_compound(token.value))
        if opens and sub is None and (is_named or token.value in _FUNCTION_LETTERS):
            reading = f"{self.text[: token.end]}·{self.text[token.end :]}"
            raise InputError(
                "unknown_function", (token.start, token.end), {"name": token.value, "readings": (reading,)}
            )

    def _unknown(self, token: Token, sub: Token | None, *readings: str) -> dict[str, str | int | tuple[str, ...]]:
        end = sub.end if sub else token.end
        return {"name": self.text[token.start : end], "readings": readings}

    # -- products of letters and functions written without a space ----------------------------------------------

    def _split(self, token: Token, sub: Token | None, following: Token) -> Iterator[Token]:
        pieces = _pieces(token.value)
        opens = following.kind == "open" and not following.space and sub is None
        is_other = opens and is_compound(token.value) and not all(map(_is_function, pieces or ()))
        if (
            pieces is None
            or is_other
            or (opens and len(token.value) > _LETTERS_AROUND and not _is_function(pieces[-1]))
        ):
            raise self._unknown_word(token, sub, opens)
        start = token.start
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            part = Token("word", piece, start, start + len(piece), token.space and number == 0)
            start += len(piece)
            if _is_function(piece):
                function = replace(part, kind="func", value=names.functions()[piece.lower()])
                yield from self._after_function(function, sub if last else None, following)
            elif piece in names.CONSTANTS:
                yield from self._constant(part, sub if last else None)
            else:
                yield from self._variable(part, sub if last else None)

    def _unknown_word(self, token: Token, sub: Token | None, opens: bool) -> InputError:
        word = token.value
        if opens and is_known(word):
            return InputError("no_derivative", (token.start, token.end), {"function": word})
        head, tail = self.text[: token.start], self.text[token.end :]
        readings = [f"{head}{guess}{tail}" for guess in _guesses(word, opens)] if sub is None else []
        code = "unknown_function" if opens else "unknown_name"
        return InputError(code, (token.start, (sub or token).end), self._unknown(token, sub, *readings))


def _guesses(word: str, opens: bool) -> Iterator[str]:
    """Yield what an unknown run of letters could stand for; ``opens`` says that a bracket follows."""
    lower = word.lower()
    if meant := names.elsewhere().get(lower):
        yield meant
        if len(word) > _LETTERS_AROUND:
            return
    suffix = next((n for n in _longest_first() if lower.endswith(n)), "")
    prefix = next((n for n in _longest_first() if lower.startswith(n)), "")
    if opens and suffix and len(word) - len(suffix) <= _LETTERS_AROUND:
        yield f"{word[: -len(suffix)]}·{suffix}"
    elif prefix and FUNCTIONS.get(names.functions()[prefix], (1, 1))[0] > 1:
        return
    elif prefix and not opens and len(word) - len(prefix) <= _LETTERS_AROUND:
        yield f"{prefix}({word[len(prefix) :]})"
        if prefix in names.arc_short():
            yield f"a·{prefix[1:]}({word[len(prefix) :]})"
    elif len(word) <= _LONGEST_PRODUCT and word not in names.no_products():
        yield "·".join(word) + ("·" if opens else "")


def _is_function(piece: str) -> bool:
    return len(piece) > 1 and piece not in names.CONSTANTS


def _pieces(word: str) -> list[str] | None:
    """Return the names that a run of letters is made of, or None where that is not clear."""
    lower = word.lower()
    if (
        lower in names.elsewhere()
        or lower in names.functions()
        or word in names.no_products()
        or any(short in lower for short in names.arc_short() if "arc" not in lower)
    ):
        return None
    if len(lower) > _LETTERS_AROUND and any(lower.startswith(name) for name in _whole_functions()):
        return None
    found: list[str] = []
    place = 0
    while place < len(word):
        name = next((n for n in names.splittable() if lower.startswith(n, place)), "")
        if not name and lower.startswith("pi", place) and place in (0, len(word) - 2):
            name = "pi"
        found.append(name or word[place])
        place += len(name) or 1
    return found if _is_clear(found) else None


def _is_clear(pieces: list[str]) -> bool:
    """Judge a division into names: English words such as ``sine`` or ``using`` must not pass for products."""
    if any(map(_is_function, pieces)):
        runs = "".join("." if _is_function(p) else ("p" if p == "pi" else p) for p in pieces).split(".")
        glued_e = any(_is_function(a) and b == "e" for a, b in pairwise(pieces))
        return not glued_e and all(len(run) <= _LETTERS_AROUND for run in runs)
    if "pi" in pieces:
        return len(pieces) <= 1 + _LETTERS_AROUND
    return len(pieces) < _LONGEST_PRODUCT or (len(pieces) == _LONGEST_PRODUCT and len(set(pieces)) == len(pieces))


def resolve(
    text: str,
    tokens: list[Token],
    declared: Collection[str] = (),
    functions: Collection[str] = (),
    indices: Collection[str] = (),
) -> list[Token]:
    """Return the tokens with every word turned into var, const, func, user or indexed tokens.

    Parameters
    ----------
    text : str
        The typed text the tokens come from.
    tokens : list[Token]
        Raw tokens of :func:`numdiff.notation.lexer.tokenize`.
    declared : Collection[str]
        Names that a header declares as variables.
    functions : Collection[str]
        Names that the pasted program defines as functions.
    indices : Collection[str]
        Summation indices of what stands around the tokens.

    Raises
    ------
    InputError
        For a word that is no name, or could be several.
    """
    resolver = Resolver(text, frozenset(declared), _indices(tokens) | frozenset(indices), frozenset(functions))
    resolved: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind != "word":
            resolved.append(token)
            continue
        sub = tokens[place] if tokens[place].kind == "sub" else None
        place += sub is not None
        resolved.extend(resolver.word(token, sub, tokens[place]))
    return resolved


def _indices(tokens: list[Token]) -> frozenset[str]:
    """Return the names of the summation indices: the i of Σ_{i=1}, and of sum(…, i, 1, 2)."""
    found = {token.value.split("=")[0] for token in tokens if token.kind == "sub" and "=" in token.value}
    for number, token in enumerate(tokens):
        if token.kind == "word" and token.value == "sum":
            found |= set(_call_index(tokens[number + 1 :]))
    return frozenset(found)


def _call_index(tokens: list[Token]) -> Iterator[str]:
    """Yield the second argument of a call if it is a single word."""
    level, commas = 0, 0
    for token, following in pairwise(tokens):
        level += {"open": 1, "close": -1}.get(token.kind, 0)
        if level == 0:
            return
        if level == 1 and token.kind == "comma":
            commas += 1
            if commas == 1 and following.kind == "word":
                yield following.value
