"""Files that are no records: answers of data services (lists of hits, conversions of numbers, tables of a classification,
errors), tables of contents of packages of documents.

Who collects documents from a service (the EPO's Open Patent Services) keeps these beside them. They are told as what they
are, since nothing of an office's record is missing when one of them lies in a delivery.
"""

import re

from ipregister.model.evidence import Reading

ANSWER, ERROR, CONTENTS, NONE = "service-answer", "service-error", "package-contents", "no-record"
"""Reasons of quarantine and finding codes."""
_ANSWERS = frozenset({"world-patent-data", "register-search", "world-register-data"})
"""Root elements of a service's answers."""
_TABLE, _ENTRY = "Application-body", "ExtRef"
"""The root of a package's table of contents (EPO publication server, `toc.xml`), and the element for each of its files."""
_ENTRIES = re.compile(rb"<ExtRef\s[^<>]*?FileName\s*=")
_FAULTS = frozenset({"fault", "error", "errors"})
_HEAD = 8192
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)>")
_TEXT = re.compile(rb">([^<>]+)<")
_MOST = 200


def told(data: bytes) -> Reading:
    """The refusal of a file without a record: what the service answered, where it is a service's answer; how many files
    a table of contents names."""
    head = data[:_HEAD]
    names = [(found[1].decode("ascii", "replace"), found.end()) for found in _TAG.finditer(head)]
    root = names[0][0] if names else ""
    if root == _TABLE and any(name == _ENTRY for name, _ in names):
        return Reading(None, refusal=CONTENTS, refusal_detail=str(len(_ENTRIES.findall(data))))
    inside = [one for one in names[1:] if one[0] != "meta"]
    inner, end = next(iter(inside if root in _ANSWERS else names), ("", 0))
    if inner in _FAULTS:
        words = [text for found in _TEXT.findall(head[end - 1 :]) if (text := _line(found))]
        return Reading(None, refusal=ERROR, refusal_detail=" ".join(words)[:_MOST])
    if root in _ANSWERS:
        return Reading(None, refusal=ANSWER, refusal_detail=inner or root)
    return Reading(None, refusal=NONE)


def _line(text: bytes) -> str:
    return " ".join(text.decode("utf-8", "replace").split())
