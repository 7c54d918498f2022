"""Findings, remedies and rules of status as sentences in the reader's language.

One TOML file a language in `locale/`. A message is found by its code, a remedy by its English sentence; what
is not translated is said in English. Translations are made by machine until the codes stand in `reviewed`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from msgspec import Struct, convert

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.status import RULES as STATUS_RULES
from ipregister.model.status import State
from ipregister.quality.rules import kinds as rule_kinds

LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")
_ARGUMENT = re.compile(r"\{(\w+)\}(\.(?!\.))?")
_UNKNOWN = "{code}"


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of one language: `findings` and `status` by code, `remedies` by English, `words` by name."""

    language: str
    translated: str = ""
    reviewed: tuple[str, ...] = ()
    words: dict[str, str] = {}
    findings: dict[str, str] = {}
    remedies: dict[str, str] = {}
    status: dict[str, str] = {}


def table(lang: str) -> Table:
    """The sentences of a language (`lo`, `lo-LA`); English where there is no file for it."""
    code = lang.replace("_", "-").partition("-")[0].lower()
    return _read(code if code in LANGUAGES else "en")


@cache
def _read(code: str) -> Table:
    path = resources.files("ipregister.quality") / "locale" / f"{code}.toml"
    return convert(tomllib.loads(path.read_text(encoding="utf-8")), Table)


def catalogue(*groups: Iterable[FindingKind]) -> dict[str, FindingKind]:
    """The codes of the rules and of other groups (readers, intake) by code; a rule's own code wins."""
    merged = {kind.code: kind for group in groups for kind in group}
    return merged | {kind.code: kind for kind in rule_kinds()}


@cache
def _own() -> dict[str, FindingKind]:
    return catalogue()


def message(finding: Finding, lang: str, kinds: Mapping[str, FindingKind] | None = None) -> tuple[str, str]:
    """What a finding means and what to do, in a language; `kinds` from `catalogue`, the rules' own by default.

    A code that nobody declares is given as it is, without a remedy."""
    kind = (_own() if kinds is None else kinds).get(finding.code)
    sentences = table(lang)
    text = sentences.findings.get(finding.code) or (kind.message if kind else _UNKNOWN)
    remedy = kind.remedy if kind else ""
    arguments = {"value": finding.value, "path": finding.path, "code": finding.code, **finding.arguments}
    return fill(text, arguments), fill(sentences.remedies.get(remedy, remedy), arguments)


def why_held(
    reason: str, detail: str, key: str, lang: str, kinds: Mapping[str, FindingKind] | None = None
) -> tuple[str, str]:
    """Why a slice is in quarantine, and what to do: `key` is that of its record, which begins with the office that
    delivered it."""
    arguments = {"key": key or "…", "office": key.partition("-")[0].upper() or "…"}
    return message(Finding(reason, "error", value=detail or "…", arguments=arguments), lang, kinds)


def is_reviewed(code: str, lang: str) -> bool:
    """Whether a person has approved the translation of a code; English needs none."""
    sentences = table(lang)
    return sentences.language == "en" or code in sentences.reviewed


@cache
def _status_messages() -> dict[str, str]:
    return {rule.code: rule.message for rule in STATUS_RULES}


def reason(state: State, lang: str) -> str:
    """Why a right is in its state, in a language: the sentence of the rule that said so."""
    text = table(lang).status.get(state.rule) or _status_messages().get(state.rule, "")
    return fill(text, state.arguments)


def word(name: str, lang: str) -> str:
    """A heading or label of the reports in a language."""
    return table(lang).words.get(name) or table("en").words.get(name, name)


def fill(text: str, arguments: Mapping[str, str]) -> str:
    """A sentence with its arguments; one that is not given shows as `…`.

    An argument that ends in a full stop (`Ltd.`, `2026 г.`) or in dots (`…`) takes none at the end of a sentence."""

    def said(match: re.Match[str]) -> str:
        told = arguments.get(match[1], "…")
        return told if told.endswith((".", "…")) else told + (match[2] or "")

    return _ARGUMENT.sub(said, text)
