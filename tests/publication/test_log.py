"""The log: the tree of RFC 6962 against its definition, what is logged when, and what a crash leaves."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.publication.keys import Salts, commitment, signer
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry, check_head
from ipregister.publication.log.following import Followed, follow
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.release import FILE
from ipregister.store.register import Register
from ipregister.store.snapshot import snapshot
from tests.publication.conftest import body_of, deliver, marks


def defined(leaves: list[bytes]) -> bytes:
    """The tree hash as RFC 6962, section 2.1, defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + defined(leaves[:half]) + defined(leaves[half:])).digest()


def contents(count: int) -> list[bytes]:
    return [b"leaf %d" % number for number in range(count)]


def node_of(leaves: list[bytes]) -> merkle.Node:
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    return lambda level, index: merkle.root_of(hashes[index << level : (index + 1) << level])


def test_the_tree_is_that_of_the_definition() -> None:
    assert merkle.root_of([]) == defined([])
    for count in range(1, 70):
        leaves = contents(count)
        assert merkle.root_of(map(merkle.leaf_hash, leaves)) == defined(leaves)
        assert merkle.root(node_of(leaves), count) == defined(leaves)
        kept = merkle.Frontier(count, merkle.frontier(node_of(leaves), count))
        assert kept.root() == defined(leaves)


@given(st.integers(1, 80), st.data())
def test_proofs_hold_and_no_others(size: int, data: st.DataObject) -> None:
    leaves = contents(size)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root, node = defined(leaves), node_of(leaves)
    path = merkle.inclusion(node, index, size)
    assert merkle.is_included(merkle.leaf_hash(leaves[index]), index, size, path, root)
    assert not merkle.is_included(merkle.leaf_hash(b"another"), index, size, path, root)
    assert not merkle.is_included(merkle.leaf_hash(leaves[index]), index, size, [*path, root], root)
    proof = merkle.consistency(node, first, size)
    assert merkle.is_consistent(first, size, defined(leaves[:first]), root, proof)
    forged = defined([*leaves[: first - 1], b"another"])
    assert not merkle.is_consistent(first, size, forged, root, proof)


def test_the_ledger_holds_the_same_tree_in_its_tiles(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.make()
    entries = [Entry("record", f"la-{number}", 1, number + 1, "ab" * 32) for number in range(1000)]
    for start, end in ((0, 1), (1, 255), (255, 700), (700, 1000)):
        with ledger.writing():
            assert ledger.append(entries[start:end]) == start
    leaves = [entry.content() for entry in entries]
    for size in (1, 255, 256, 257, 512, 999, 1000):
        assert ledger.tree(size).root == defined(leaves[:size]).hex()
    path = merkle.inclusion(ledger.node, 700, 1000)
    assert merkle.is_included(entries[700].leaf(), 700, 1000, path, defined(leaves))
    proof = merkle.consistency(ledger.node, 300, 1000)
    assert merkle.is_consistent(300, 1000, defined(leaves[:300]), defined(leaves), proof)
    assert [one.entry for one in ledger.entries(0, 1000)] == entries


def test_what_is_not_written_whole_is_not_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.make()
    with ledger.writing():
        ledger.append([Entry("record", "la-1", 1, 1, "ab" * 32)])
    with pytest.raises(ValueError, match="hex"), ledger.writing():
        ledger.append([Entry("record", "la-2", 1, 2, "ab" * 32), Entry("record", "la-3", 1, 2, "no hash")])
    assert ledger.size() == 1
    with ledger.writing():
        ledger.append([Entry("deleted", "la-1", 2, 3)])
    assert Ledger(tmp_path).tree().root == defined([e.entry.content() for e in ledger.entries(0, 9)]).hex()


def followed(register: Register, data: Path) -> tuple[Followed, Ledger]:
    ledger = Ledger(data)
    with snapshot(register.alias):
        return follow(register, data, ledger, processes=1), ledger


def kinds(ledger: Ledger, key: str) -> list[tuple[str, int]]:
    return [(one.entry.kind, one.entry.version) for one in ledger.of_keys([key])]


def test_every_released_version_is_a_salted_leaf(register: Register, data: Path) -> None:
    found, ledger = followed(register, data)
    assert found.head.head.size == 3
    check_head(found.head, signer(data).public)
    (leaf,) = ledger.of_keys(["la-2"])
    salt = Salts.of(data).salt("la-2", 1)
    assert leaf.entry.hash == commitment(salt, body_of("2")).hex()
    assert leaf.entry.hash != hashlib.sha256(body_of("2")).hexdigest()


def test_it_goes_on_and_says_nothing_twice(register: Register, data: Path) -> None:
    first, _ = followed(register, data)
    again, ledger = followed(register, data)
    assert again.head == first.head
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    deliver(register, "2026-02-02", marks("3", deleted=True))
    more, ledger = followed(register, data)
    assert kinds(ledger, "la-2") == [("record", 1), ("record", 2)]
    assert kinds(ledger, "la-3") == [("record", 1), ("deleted", 2)]
    old, new = first.head.head, more.head.head
    proof = merkle.consistency(ledger.node, old.size, new.size)
    assert merkle.is_consistent(old.size, new.size, bytes.fromhex(old.root), bytes.fromhex(new.root), proof)


def test_an_older_state_that_comes_late_does_not_stand(register: Register, data: Path) -> None:
    followed(register, data)
    deliver(register, "2025-06-01", marks("1", words="OLD"))
    _, ledger = followed(register, data)
    assert kinds(ledger, "la-1") == [("record", 1), ("record", 2)]
    assert ledger.standing(["la-1"])["la-1"].entry.version == 1


def test_what_is_not_released_is_not_in_the_log(register: Register, data: Path) -> None:
    (data / FILE).write_text('[[release]]\noffice = "LA"\n')
    found, ledger = followed(register, data)
    assert found.head.head.size == 0
    assert ledger.register_tree().size == 0


def test_other_terms_are_a_new_leaf_or_close_the_record(register: Register, data: Path) -> None:
    followed(register, data)
    (data / FILE).write_text('[[release]]\nchannels = ["bulk"]\nhidden = ["goods"]\n')
    _, ledger = followed(register, data)
    assert kinds(ledger, "la-1") == [("record", 1), ("record", 1)]
    (data / FILE).write_text("")
    _, ledger = followed(register, data)
    assert kinds(ledger, "la-1")[-1] == ("closed", 1)
    size = ledger.size()
    followed(register, data)
    assert ledger.size() == size


def test_the_register_tree_is_over_what_stands_in_the_order_of_keys(register: Register, data: Path) -> None:
    deliver(register, "2026-02-01", marks("1", words="NEW"))
    _, ledger = followed(register, data)
    standing = ledger.standing(["la-1", "la-2", "la-3"])
    leaves = [standing[key].entry.content() for key in sorted(standing)]
    assert ledger.register_tree().root == defined(leaves).hex()
