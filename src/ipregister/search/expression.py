"""Expressions between slashes: `/colou?r/`. A small, bounded grammar of our own, made into the engine's.

    either = all ("|" all)*          all = (one [* | + | ? | {m} | {m,} | {m,n}])*
    one    = letter | . | [a-z] | [^a-z] | (either) | \\d | \\ before any sign

An expression is compared with whole words, never with parts of them. What it may cost is bounded before the engine
sees it: its length, its brackets, and the letters that it stands for once its repetitions are written out.
"""

import re
from collections.abc import Callable

from ipregister.search.analyzer import ANY, ONE
from ipregister.search.faults import QueryError

LONGEST, DEEPEST, LARGEST, MOST_REPEATS = 80, 3, 120, 20
"""Signs, brackets in brackets, letters with all repetitions written out, and times that a letter is repeated."""
OPEN_COST = 4
"""What `.` and a class of letters cost more than a letter."""
FEWEST_LETTERS = 2
Fold = Callable[[str], str]
_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$#&\-~/])")
_COUNT = re.compile(r"\{(\d{1,2})(?:(,)(\d{1,2})?)?\}")
_MARKS = "*+?"


def literal(text: str) -> str:
    """A text as an expression that fits nothing but it."""
    return _SPECIAL.sub(r"\\\1", text)


def of_pattern(token: str) -> str:
    """A word with stand-ins for wildcards as the engine's expression; all else is literal."""
    return literal(token).replace(ANY, ".*").replace(ONE, ".")


def check(text: str) -> None:
    """Raises `QueryError` where an expression is none, or is larger than the bounds."""
    translated(text, lambda letters: letters)


def translated(text: str, fold: Fold) -> str:
    """The expression as the engine takes it, its letters folded as the words of the index are."""
    if len(text) > LONGEST:
        raise QueryError("expression-too-large")
    reader = _Reader(text, fold)
    made, cost = reader.either(0)
    if reader.rest():
        raise QueryError("expression-wrong")
    if cost > LARGEST:
        raise QueryError("expression-too-large")
    wanted = FEWEST_LETTERS if text.isascii() else 1
    if reader.letters < wanted:
        raise QueryError("wildcard-too-short")
    return made


class _Reader:
    """Recursive descent over the signs of an expression; each part gives its translation and its cost."""

    def __init__(self, text: str, fold: Fold) -> None:
        self._text, self._fold = text, fold
        self._place = 0
        self.letters = 0

    def rest(self) -> str:
        """What is not read yet."""
        return self._text[self._place :]

    def _peek(self) -> str:
        return self._text[self._place] if self._place < len(self._text) else ""

    def _take(self) -> str:
        sign = self._peek()
        if not sign:
            raise QueryError("expression-wrong")
        self._place += 1
        return sign

    def either(self, depth: int) -> tuple[str, int]:
        """Alternatives. None of them may be empty."""
        if depth > DEEPEST:
            raise QueryError("expression-too-large")
        parts = [self._all(depth)]
        while self._peek() == "|":
            self._take()
            parts.append(self._all(depth))
        return "|".join(made for made, _ in parts), sum(cost for _, cost in parts)

    def _all(self, depth: int) -> tuple[str, int]:
        made, cost, run = "", 0, ""
        while self._peek() and self._peek() not in "|)":
            sign = self._plain()
            if sign and not self._repeats():
                run += sign
                continue
            one = (literal(self._fold(sign)), 1) if sign else self._one(depth)
            again, times = self._repeated()
            cost += len(run) + one[1] * times
            made += literal(self._fold(run)) + (f"(?:{one[0]}){again}" if again else one[0])
            run = ""
        if not made and not run:
            raise QueryError("expression-wrong")
        return made + literal(self._fold(run)), cost + len(run)

    def _plain(self) -> str:
        """The next sign where it stands for itself; empty where it does not."""
        sign = self._peek()
        if sign == "\\" and self._text[self._place + 1 : self._place + 2] != "d":
            self._take()
            sign = self._take()
        elif sign in "\\.[({" or sign in _MARKS or sign in "^$]}":
            return ""
        else:
            self._take()
        self.letters += sign.isalnum()
        return sign

    def _repeats(self) -> bool:
        return bool(self._peek()) and self._peek() in _MARKS + "{"

    def _one(self, depth: int) -> tuple[str, int]:
        match self._take():
            case ".":
                return ".", OPEN_COST
            case "\\":
                self._take()
                self.letters += 1
                return "[0-9]", 1
            case "[":
                return self._class(), OPEN_COST
            case "(":
                inner, cost = self.either(depth + 1)
                if self._take() != ")":
                    raise QueryError("expression-wrong")
                return f"(?:{inner})", cost
        raise QueryError("expression-wrong")

    def _class(self) -> str:
        made = "["
        if self._peek() == "^":
            made += self._take()
        empty = made
        while self._peek() != "]":
            first = self._of_class()
            if self._peek() == "-":
                self._take()
                last = self._of_class()
                if last < first:
                    raise QueryError("expression-wrong")
                made += f"{literal(first)}-{literal(last)}"
            else:
                made += literal(first)
        self._take()
        if made == empty:
            raise QueryError("expression-wrong")
        self.letters += 1
        return made + "]"

    def _of_class(self) -> str:
        sign = self._take()
        if sign == "\\":
            sign = self._take()
        elif sign in "[^-":
            raise QueryError("expression-wrong")
        folded = self._fold(sign)
        return folded if len(folded) == 1 else sign

    def _repeated(self) -> tuple[str, int]:
        """A sign of repetition and how many letters it stands for at most; a second one is none."""
        sign = self._peek()
        if sign and sign in _MARKS:
            self._take()
            again, times = sign, 1 if sign == "?" else 2
        elif sign == "{":
            again, times = self._counted()
        else:
            return "", 1
        if self._repeats():
            raise QueryError("expression-wrong")
        return again, times

    def _counted(self) -> tuple[str, int]:
        match = _COUNT.match(self._text, self._place)
        if match is None:
            raise QueryError("expression-wrong")
        low = int(match[1])
        high = int(match[3]) if match[3] else low
        if high < low or not high:
            raise QueryError("expression-wrong")
        if high > MOST_REPEATS:
            raise QueryError("expression-too-large")
        self._place = match.end()
        return match[0], high + bool(match[2] and not match[3])
