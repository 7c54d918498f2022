"""Places of kept files are emptied, all others stay where they were: plain files, zips, zips in zips."""

import io
import zipfile
from pathlib import Path

import pytest

from ipregister.capture.kept import read_member
from ipregister.model.errors import NotFound
from ipregister.publication.withholding import raw
from ipregister.store.packs import Packs
from ipregister.store.rows import RawRef

RECORDS = b"<list>" + b"".join(b"<r>SECRET-%03d</r>" % number for number in range(200)) + b"</list>"
AT, LENGTH = RECORDS.index(b"<r>SECRET-007"), len(b"<r>SECRET-007</r>")


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def kept(packs: Packs, tmp_path: Path, content: bytes) -> str:
    (tmp_path / "delivery").write_bytes(content)
    return packs.keep(tmp_path / "delivery")


@pytest.mark.parametrize(
    ("content", "member"),
    [(RECORDS, ""), (zipped(a=b"before" * 99, b=RECORDS, c=b"after"), "b"),
     (zipped(x=b"before", y=zipped(b=RECORDS, d=b"deep")), "y!b")],
    ids=["plain", "zip", "zip in zip"],
)  # fmt: skip
def test_a_place_is_emptied_and_nothing_else(content: bytes, member: str, tmp_path: Path) -> None:
    packs = Packs(tmp_path / "packs")
    digest, other = kept(packs, tmp_path, content), kept(packs, tmp_path, b"<another/>")
    assert raw.empty(packs, [RawRef(digest, member, AT, LENGTH)], tmp_path / "scratch") == 1
    fresh = Packs(tmp_path / "packs")
    with fresh.open(digest) as container:
        found = read_member(container, member)
    assert found == RECORDS.replace(b"<r>SECRET-007</r>", b" " * LENGTH)
    assert fresh.verify() == []
    with fresh.open(other) as container:
        assert container.read() == b"<another/>"
    assert kept(fresh, tmp_path, content) == digest
    with fresh.open(digest) as container:
        assert b"SECRET-007" not in read_member(container, member)
    assert list((tmp_path / "scratch").iterdir()) == []
    assert all(content not in path.read_bytes() for path in (tmp_path / "packs").glob("*.pack"))


def test_members_beside_stay_as_they_were(tmp_path: Path) -> None:
    packs = Packs(tmp_path / "packs")
    digest = kept(packs, tmp_path, zipped(a=b"A" * 50, picture=bytes(range(256)), c=b"C" * 50))
    raw.empty(packs, [RawRef(digest, "picture", 0, 0)], tmp_path / "scratch")
    with packs.open(digest) as container:
        assert read_member(container, "a") == b"A" * 50
        assert read_member(container, "c") == b"C" * 50
        assert read_member(container, "picture") == b" " * 256


def test_a_crash_is_made_good_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = Packs(tmp_path / "packs")
    digest = kept(packs, tmp_path, RECORDS)
    with monkeypatch.context() as patch:
        patch.setattr(Packs, "overwrite", lambda *given: (_ for _ in ()).throw(NotFound("crash")))
        with pytest.raises(NotFound):
            raw.empty(packs, [RawRef(digest, "", AT, LENGTH)], tmp_path / "scratch")
    raw.empty(packs, [], tmp_path / "scratch")
    with packs.open(digest) as container:
        assert b"SECRET-007" not in container.read()
