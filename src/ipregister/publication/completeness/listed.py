"""The numbers of a list that an office declared, and which of them are held, in whatever spelling each is written.

`la 20000`, `LA-20000` and `020000` are one number at the office `LA`. Each record stands for one declared number, and
each declared number for one number of records."""

from collections.abc import Iterable, Iterator, Sequence

from ipregister.model.numbers import exact_form, folds


def identity(number: str, office: str) -> str:
    """What two spellings of a number of an office have in common: its parts in lower case, without the office's code
    before them and without leading zeros; empty where there is no number."""
    code = office.lower()
    before, _blank, behind = number.strip().partition(" ")
    first, *rest = exact_form(behind if behind and before.casefold() == code else number).split("/")
    if rest and first == code:
        first, *rest = rest
    elif first.startswith(code) and first[len(code) : len(code) + 1].isdecimal():
        first = first[len(code) :]
    return "/".join(part.lstrip("0") or part[:1] for part in (first, *rest))


class Listed:
    """Declared numbers of an office by their identities, held against the numbers of records, one after another."""

    def __init__(self, numbers: Iterable[str], office: str) -> None:
        self._office = office
        self.declared = frozenset(identity(number, office) for number in numbers)
        self._found: dict[str, str] = {}
        self._left: dict[tuple[str, ...], None] = {}
        self._settled: tuple[frozenset[str], frozenset[str]] | None = None

    def take(self, numbers: Sequence[str]) -> None:
        """Look at a record, by the numbers under any of which it may be listed, the usual one first."""
        given = tuple(filter(None, map(exact_form, numbers)))
        if not given:
            return
        self._settled = None
        if not self._claim(given[0]):
            self._left[given] = None

    def _claim(self, form: str) -> bool:
        """Whether a number is a declared one that no other number of records stands for."""
        name = identity(form, self._office)
        return name in self.declared and self._found.setdefault(name, form) == form

    def _claim_free(self, form: str) -> bool:
        """Whether a number is a declared one that no number of records stands for yet."""
        name = identity(form, self._office)
        return name in self.declared and name not in self._found and self._claim(form)

    @property
    def found(self) -> frozenset[str]:
        """The identities of the declared numbers that are held."""
        return self._settle()[0]

    @property
    def others(self) -> frozenset[str]:
        """The numbers that are held and not declared, one of each record."""
        return self._settle()[1]

    def _settle(self) -> tuple[frozenset[str], frozenset[str]]:
        """What is left is looked for by its further numbers, and then as search looks for numbers."""
        if self._settled is None:
            claimed = dict(self._found)
            left = [given for given in self._left if not any(map(self._claim_free, given[1:]))]
            others = set(self._by_folds(left))
            self._settled = frozenset(self._found), frozenset(others)
            self._found = claimed
        return self._settled

    def _by_folds(self, left: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """Find what is written with other separators; the numbers that are not declared."""
        spelled: dict[str, set[str]] = {}
        for name in self.declared - self._found.keys() if left else ():
            for form in folds(name):
                spelled.setdefault(form, set()).add(name)
        for given in left:
            names = {name for form in given for name in self._like(form, spelled)}
            if len(names) == 1 and not names <= self._found.keys():
                self._found[names.pop()] = given[0]
            else:
                yield given[0]

    def _like(self, form: str, spelled: dict[str, set[str]]) -> Iterator[str]:
        """The declared numbers that a number may be with other separators: of as many parts, they are others."""
        name = identity(form, self._office)
        for one in folds(name) if spelled else ():
            yield from (other for other in spelled.get(one, ()) if other.count("/") != name.count("/"))
