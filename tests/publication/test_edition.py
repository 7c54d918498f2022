"""Offline editions: packed with a signed list, proved before they are served, refused where anything was changed."""

import shutil
import urllib.error
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from ipregister.model.errors import Unproven, UnreadableInput
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import new, public_key, signer
from ipregister.publication.mirroring.edition import pack, unpack
from ipregister.publication.verify import edition as signing
from ipregister.publication.verify.edition import Edition, Member
from ipregister.publication.verify.proving import verify
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.portal.releasing import serving_edition
from tests.publication.test_mirror import node, run

__all__ = ["node"]


@pytest.fixture
def made(data: Path, register: Register, tmp_path: Path) -> Path:
    """An edition of the whole data folder."""
    file = tmp_path / "la.edition"
    pack(data, file, "LA", signer(data))
    return file


def rewritten(file: Path, changes: dict[str, bytes | None], to: Path) -> Path:
    """The same edition with members changed, added, or (None) left out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as out:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                out.writestr(name, content)
        for name in changes.keys() - set(old.namelist()):
            out.writestr(name, changes[name] or b"")
    return to


def test_an_edition_is_packed_and_unpacked_once(made: Path, data: Path, tmp_path: Path) -> None:
    names = zipfile.ZipFile(made).namelist()
    assert {"register.sqlite3", "edition.json", "edition.sig"} <= set(names)
    assert not any("secret" in name or "service" in name or name.startswith("keys") for name in names)
    there = unpack(made, tmp_path / "editions")
    assert (there.data / "register.sqlite3").is_file()
    assert (there.office, there.key) == ("LA", signer(data).public)
    once = (there.data / ".unpacked").stat().st_mtime_ns
    assert unpack(made, tmp_path / "editions", signer(data).public) == there
    assert (there.data / ".unpacked").stat().st_mtime_ns == once


@pytest.mark.parametrize("how", ["changed", "lacking", "added", "linked", "journal"])
def test_what_was_changed_in_the_unpacked_folder_is_unpacked_anew(
    made: Path, tmp_path: Path, how: str
) -> None:
    """Before it is served again, under the sentence that all files are as signed."""
    there = unpack(made, tmp_path / "editions")
    place = there.data / "release.toml"
    content = place.read_bytes()
    if how == "added":
        place = there.data / "offices" / "la.toml"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"notice = 1")
    elif how == "journal":
        place = there.data / "register.sqlite3-wal"
        place.write_bytes(b"changes")
    elif how == "changed":
        place.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        place.unlink()
    if how == "linked":
        (tmp_path / "elsewhere").write_bytes(content)
        place.symlink_to(tmp_path / "elsewhere")
    again = unpack(made, tmp_path / "editions")
    assert again.changed == place.relative_to(there.data).as_posix()
    assert (there.data / "release.toml").read_bytes() == content
    assert not (there.data / "release.toml").is_symlink()
    assert not (there.data / "offices" / "la.toml").exists()
    (there.data / "register.sqlite3-wal").touch()
    (there.data / "register.sqlite3-shm").write_bytes(b"\0" * 32768)
    assert unpack(made, tmp_path / "editions").changed == ""


@pytest.mark.slow
def test_serving_leaves_the_unpacked_folder_as_it_was_signed(
    data: Path, register: Register, tmp_path: Path
) -> None:
    made = tmp_path / "la.edition"
    code, _rows, errors = run(data, "edition", "LA", "-o", str(made))
    assert code == 0, errors
    with serving_edition(made, tmp_path / "any") as address:
        for path in (
            "/",
            "/search?q=1&format=json",
            "/r/la-1",
            "/api/v1/search?q=",
            "/similar?name=a",
            "/oai?verb=Identify",
        ):
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(f"{address}{path}", timeout=20).read()
    there = unpack(made, tmp_path / "any" / "editions")
    assert there.changed == ""
    for name in ("names", "statistics", "anything"):
        made_of_it = there.data / name / "x" / "part.npy"
        made_of_it.parent.mkdir(parents=True, exist_ok=True)
        made_of_it.write_bytes(b"changed")
        assert unpack(made, tmp_path / "any" / "editions").changed == ""
        assert not made_of_it.exists()


@pytest.mark.parametrize("where", ["behind", "before", "between", "comment"])
def test_bytes_that_are_of_no_file_are_refused(made: Path, tmp_path: Path, where: str) -> None:
    content, bad = made.read_bytes(), tmp_path / "bad.edition"
    if where == "comment":
        bad.write_bytes(content)
        with zipfile.ZipFile(bad, "a") as archive:
            archive.comment = b"hidden bytes"
    elif where == "between":
        bad.write_bytes(content)
        with zipfile.ZipFile(bad, "a") as archive:
            archive.fp.write(b"hidden bytes")  # type: ignore[union-attr]  # open
            archive.start_dir += len(b"hidden bytes")
            archive._didModify = True  # type: ignore[attr-defined]  # so that the list of members is written behind
    else:
        bad.write_bytes(content + b"hidden bytes" if where == "behind" else b"hidden bytes" + content)
    assert zipfile.is_zipfile(bad)
    with pytest.raises((Unproven, UnreadableInput)):
        unpack(bad, tmp_path / "editions")
    report = verify(str(bad))
    assert not report.holds
    assert "of no file that was signed" in report.faults[0].message
    assert "publisher" in report.faults[0].remedy


def test_an_empty_file_is_told_with_what_can_be_verified(tmp_path: Path) -> None:
    (tmp_path / "la.edition").write_bytes(b"")
    with pytest.raises(UnreadableInput, match="is empty") as told:
        verify(str(tmp_path / "la.edition"))
    for kind in ("offline edition", "again", "manifest.json", "copy of published data"):
        assert kind in told.value.remedy
    (tmp_path / "text").write_bytes(b"no copy")
    assert "edition" in verify(str(tmp_path / "text")).faults[0].remedy


@pytest.mark.parametrize("name", ["register.sqlite3", "release.toml"])
@pytest.mark.parametrize("how", ["changed", "lacking", "added"])
def test_a_changed_edition_is_refused(made: Path, tmp_path: Path, name: str, how: str) -> None:
    with zipfile.ZipFile(made) as archive:
        content = archive.read(name)
    changes: dict[str, bytes | None] = {
        "changed": {name: content[:-1] + bytes([content[-1] ^ 1])},
        "lacking": {name: None},
        "added": {f"packs/{name}": content},
    }[how]  # type: ignore[assignment]  # one of three
    bad = rewritten(made, changes, tmp_path / "bad.edition")
    with pytest.raises((Unproven, UnreadableInput)):
        unpack(bad, tmp_path / "editions")
    report = verify(str(bad))
    assert not report.holds
    assert not list((tmp_path / "editions").rglob(".unpacked"))
    good = verify(str(made))
    assert (good.holds, good.what) == (True, "offline edition")
    assert good.files > 1


def test_the_list_itself_is_signed(made: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        listed = msgspec.json.decode(archive.read("edition.json"), type=Edition)
        left = [one for one in archive.namelist() if not one.startswith("edition.")]
    assert [one.name for one in listed.files] == left
    other = msgspec.structs.replace(listed, files=(*listed.files[:-1], Member(left[-1], 1, "0" * 64)))
    bad = rewritten(made, {"edition.json": other.content()}, tmp_path / "bad.edition")
    with pytest.raises(Unproven, match="not what was signed"):
        unpack(bad, tmp_path / "editions")
    unsigned = rewritten(made, {"edition.sig": None}, tmp_path / "unsigned.edition")
    with pytest.raises(Unproven, match="not signed"):
        unpack(unsigned, tmp_path / "editions")
    broken = rewritten(made, {"edition.sig": b"{}"}, tmp_path / "broken.edition")
    with pytest.raises(Unproven, match="cannot be read"):
        unpack(broken, tmp_path / "editions")


def test_who_signs_it_anew_does_not_have_the_key_of_the_publisher(
    made: Path, data: Path, tmp_path: Path
) -> None:
    """Without the key of the publisher a file that another signed anew is in order: so the key is told."""
    other = tmp_path / "other"
    other.mkdir()
    new(other)
    with zipfile.ZipFile(made) as archive:
        listed = msgspec.json.decode(archive.read("edition.json"), type=Edition)
    bad = rewritten(made, {"edition.sig": signing.signed(listed, signer(other))}, tmp_path / "bad.edition")
    assert unpack(bad, tmp_path / "editions").key == signer(other).public
    with pytest.raises(Unproven, match="not by the key that was given"):
        unpack(bad, tmp_path / "editions", signer(data).public)


@pytest.mark.slow
def test_the_log_in_it_must_be_of_who_signed_it(
    data: Path, register: Register, node: Path, tmp_path: Path
) -> None:
    """A mirror packed by somebody else, with another key over its files: the log inside is not his."""
    folder = tmp_path / "published"
    publish(register, data, folder, "full", processes=1)
    assert run(node, "mirror", str(folder))[0] == 0
    shutil.copy(data / "release.toml", node / "release.toml")
    pack(node, tmp_path / "la.edition", "LA", signer(data))
    assert unpack(tmp_path / "la.edition", tmp_path / "editions").key == signer(data).public
    (log,) = node.glob("mirror/*/log/log.sqlite3")
    assert log.is_file()
    other = tmp_path / "other"
    other.mkdir()
    pack(node, tmp_path / "bad.edition", "LA", signer(other))
    with pytest.raises(Unproven):
        unpack(tmp_path / "bad.edition", tmp_path / "editions")
    assert len(list((tmp_path / "editions").glob("*/.unpacked"))) == 1


@pytest.mark.slow
def test_serving_a_changed_edition_ends_before_it_serves(made: Path, node: Path, tmp_path: Path) -> None:
    bad = rewritten(made, {"release.toml": b""}, tmp_path / "bad.edition")
    code, _rows, errors = run(node, "serve", "--edition", str(bad), "--port", "1")
    assert (code, "not the file that was signed" in errors) == (6, True)
    code, _rows, errors = run(
        node, "serve", "--edition", str(made), "--key", public_key("ed25519:" + "0" * 64).text
    )
    assert (code, "not by the key that was given" in errors) == (6, True)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "other/x", "packs/../../x"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "bad", "w") as out:
        out.writestr("register.sqlite3", b"x")
        out.writestr(name, b"x")
    with pytest.raises(UnreadableInput):
        unpack(tmp_path / "bad", tmp_path / "editions")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_edition_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(UnreadableInput):
        unpack(tmp_path / "bad", tmp_path / "editions")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_an_edition_that_was_cut_off_is_told_with_its_name(made: Path, tmp_path: Path, share: float) -> None:
    cut = tmp_path / "cut.edition"
    content = made.read_bytes()
    cut.write_bytes(content[: int(len(content) * share)])
    for open_it in (lambda: unpack(cut, tmp_path / "editions"), lambda: verify(str(cut))):
        with pytest.raises(UnreadableInput, match=r"cut off: it ends after \d+ bytes") as told:
            open_it()
        assert told.value.place == str(cut)
        assert "publisher" in told.value.remedy


def test_a_verified_edition_tells_what_was_looked_at(made: Path, node: Path) -> None:
    verified = command(Options(data=node))("verify", made)
    assert verified.code == 0, verified.err
    assert verified.row["files"] > 0
    assert not {"records", "tree_size", "tree_root", "register_root"} & verified.row.keys()
