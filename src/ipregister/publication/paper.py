"""A verified copy of published data on paper: a PDF (PDF/A-2b) with a QR code to the online check."""

import datetime as dt
import io
import json
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import segno

from ipregister.desk.fonts import Typesetter, shown
from ipregister.model.canonical import leaves
from ipregister.publication.extract import SignedCopy

TITLE = "Verified copy of published data"
WARNING = ("This copy proves what this register published. It is no certificate and proves no title. Whether it still "
           "stands is told at the address below.")  # fmt: skip
_PATH_WIDTH = 70


def paper(signed: SignedCopy, setter: Typesetter | None = None) -> bytes:
    """A copy as a PDF. What no font of the machine shows stands by its sound, and the paper says so."""
    setter = setter or _typesetter()
    data = _data(signed)
    seen = shown(
        setter, sorted({text for row in data["record"] for text in row} | {data["office"], data["notice"]})
    )
    data["record"] = [[seen.text(text) for text in row] for row in data["record"]]
    data["office"], data["notice"] = seen.text(data["office"]), seen.text(data["notice"])
    if seen.scripts:
        data["findings"] = [f"No font of this machine shows the script {one}; its letters stand by their sound in "
                            "brackets. The copy as JSON has them as they are." for one in seen.scripts]  # fmt: skip
    source = (resources.files(__package__) / "paper.typ").read_bytes()
    head = signed.copy.head.head
    made = (
        int(dt.datetime.fromisoformat(head.moment.replace("Z", "+00:00")).timestamp()) if head.moment else 0
    )
    return setter.pdf(source, {"data": json.dumps(data)}, made=made)


@cache
def _typesetter() -> Typesetter:
    """The typesetter of this process: its fonts are read once."""
    return Typesetter()


def _data(signed: SignedCopy) -> dict[str, Any]:
    made, terms = signed.copy, signed.copy.terms
    plain = msgspec.json.decode(bytes(made.record))
    facts = [
        ["Record", f"{made.entry.key}, version {made.entry.version}"],
        ["Said by the office", f"since {made.extracted[:10]}, confirmed {made.confirmed[:10]}"],
        ["Licence", terms.licence],
        ["Attribution", terms.attribution],
        ["Legal source of the release", terms.source],
    ]
    proof = [
        ["Leaf of the log", f"{made.leaf} of {made.head.head.size}"],
        ["Salted hash", made.entry.hash],
        ["Salt", made.salt],
        ["Root of the log", made.head.head.root],
        ["Signed with", signed.key],
        ["Signature", signed.signature],
    ]
    return {
        "title": TITLE,
        "warning": WARNING,
        "office": made.office_name,
        "notice": made.notice,
        "facts": [row for row in facts if row[1]],
        "record": [[pointer[:_PATH_WIDTH], str(value)] for pointer, value in leaves(plain)],
        "proof": proof,
        "check": made.check,
        "qr": _qr(made.check),
        "findings": [],
    }


def _qr(text: str) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, scale=4, xmldecl=False, svgns=True
    )
    return out.getvalue().decode()
