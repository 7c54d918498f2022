"""The reading of a sample: all that a load would make of its records, without a register.

Samples are `CASE.in.xml` or `CASE.in.json` with what is read from it beside it, `CASE.out.json`, reviewed by a person. The
outcome depends on the file, the office's facts and the day alone.
"""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.capture.delivery import open_delivery
from ipregister.intake.preparing import Preparation
from ipregister.model import canonical
from ipregister.model.evidence import Origin, split_origin
from ipregister.model.finding import Finding
from ipregister.model.numbers import gbd_id, key_of
from ipregister.model.offices import Office
from ipregister.model.status import State, derive
from ipregister.store.joining import ACT, ACT_ALONE
from ipregister.store.rows import Incoming, MediaRef

DAY = dt.date(2026, 1, 31)
"""The day on which samples are read where none is given."""
SOURCES, OUTCOME = (".in.xml", ".in.json"), ".out.json"


class SampleRecord(Struct, frozen=True):
    """What becomes of one record of a sample.

    `record` is the canonical record, or None where none can be read; with a `refusal` it goes into quarantine
    under a provisional key. `evidence` maps each value to its position in the raw record and its repairs.
    `findings` are those of the reader, then those of the rules.
    """

    key: str
    st13: str
    gbd_id: str
    state: State | None
    record: dict[str, Any] | None
    evidence: dict[str, str]
    findings: tuple[Finding, ...]
    slice_repairs: tuple[str, ...]
    media: tuple[MediaRef, ...]
    refusal: str
    refusal_detail: str


class Sample(Struct, frozen=True):
    """The reading of one file on a day. `findings` are those on the file as a whole."""

    office: str
    day: str
    findings: tuple[Finding, ...]
    records: tuple[SampleRecord, ...]


def sample(path: Path, office: Office, day: dt.date = DAY) -> Sample:
    """Read the records of a file as a load would on that day. Raises `UnreadableInput`."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_delivery(path, office, scratch=Path(scratch), day=day) as delivery,
    ):
        slices = list(delivery.slices())
        with delivery.container.open("rb") as container:
            ready = Preparation(None, office, delivery, container, delivery.digest).prepare(slices)
        records = tuple(_record(one, office, day) for one in ready)
        return Sample(office.code, day.isoformat(), tuple(delivery.findings), records)


def _record(one: Incoming, office: Office, day: dt.date) -> SampleRecord:
    record = canonical.decode(one.body) if one.body else None
    keyed = key_of(record, office) if record else None
    return SampleRecord(
        key=one.key,
        st13=keyed.st13 if keyed else "",
        gbd_id=gbd_id(record, office) if record else "",
        state=derive(record, office, day, day.isoformat()) if record and one.part != ACT else None,
        record=msgspec.json.decode(one.body) if one.body else None,
        evidence={pointer: _origin(origin) for pointer, origin in one.evidence.items()},
        findings=one.findings,
        slice_repairs=one.slice_repairs,
        media=one.media,
        refusal=one.quarantine or (ACT_ALONE if one.part == ACT else ""),
        refusal_detail=one.detail,
    )


def _origin(origin: Origin) -> str:
    position, repairs = split_origin(origin)
    return " ".join((position, *repairs))


def as_json(made: Sample) -> str:
    """A reading as JSON to be reviewed: indented, in the order of the record, other scripts as they are."""
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def case_of(path: Path) -> str:
    """The name of the case that a file is a sample of; empty for a file that is not named as a sample."""
    return next((path.name.removesuffix(one) for one in SOURCES if path.name.endswith(one)), "")


def outcome_path(path: Path) -> Path | None:
    """The file beside a sample that holds its outcome; None for a file that is not named as a sample."""
    case = case_of(path)
    return path.with_name(case + OUTCOME) if case else None
