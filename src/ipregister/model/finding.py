"""Findings: what was noticed about a delivered value. Data, never a sentence."""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "notice"]


class Finding(Struct, frozen=True, omit_defaults=True, gc=False):
    """One finding on one value of one record.

    `code` is declared in a rule list (`quality/rules.py` or a reader); `path` is the JSON pointer of the
    field in the record (or, before there is a record, a place in the file); `value` is the delivered text;
    `arguments` fill the message of the code, name -> text.
    """

    code: str
    severity: Severity
    path: str = ""
    value: str = ""
    arguments: dict[str, str] = {}


class FindingKind(Struct, frozen=True, gc=False):
    """The declaration of a finding code.

    `message` and `remedy` are English and are message keys for the translations; `{name}` marks an
    argument, `{value}` the delivered text. `source` names the standard or law, with paragraph.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    source: str = ""
