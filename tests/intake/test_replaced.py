"""Letters that we replaced on reading are not told as lost by the office, nor the other way round."""

from pathlib import Path

from ipregister.intake.replaced import REPLACED
from ipregister.intake.sampling import sample
from ipregister.model.offices import office
from ipregister.quality.checks.texts import LOST
from tests.exchange.documents import ipas

LAO = "ກາເຟ ຈຳປາສັກ"
OURS, SENT = b"CHAM\x01PA<", "CHAM\ufffdPA<".encode()


def lost_in(folder: Path, *changes: tuple[bytes, bytes]) -> list[tuple[str, str]]:
    """Code and value of what is told of lost letters in the record with its texts replaced."""
    raw = ipas()
    for old, new in changes:
        assert old in raw
        raw = raw.replace(old, new)
    path = folder / "la.xml"
    path.write_bytes(raw)
    (one,) = sample(path, office("LA")).records
    return [(found.code, found.value) for found in one.findings if found.code in (REPLACED, LOST.code)]


WORD, OWNER = b"CHAMPA<", b"Champa Coffee"


def test_a_control_sign_that_we_replaced_is_told_so(tmp_path: Path) -> None:
    assert lost_in(tmp_path, (WORD, OURS)) == [(REPLACED, "CHAM\ufffdPA")]


def test_a_byte_that_is_no_letter_is_told_so(tmp_path: Path) -> None:
    text = LAO.encode()
    assert lost_in(tmp_path, (WORD, text[:6] + b"\xff" + text[6:] + b"<")) == [
        (REPLACED, LAO[:2] + "\ufffd" + LAO[2:])
    ]


def test_what_the_office_sent_is_told_as_lost_before(tmp_path: Path) -> None:
    assert lost_in(tmp_path, (WORD, SENT)) == [(LOST.code, "CHAM\ufffdPA")]


def test_both_in_one_record_are_told_apart(tmp_path: Path) -> None:
    assert lost_in(tmp_path, (WORD, SENT), (OWNER, b"Bolaven\x02 Coffee")) == [
        (LOST.code, "CHAM\ufffdPA"), (REPLACED, "Bolaven\ufffd Coffee Co., Ltd."),
    ]  # fmt: skip
