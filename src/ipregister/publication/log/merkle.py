"""The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, roots, proofs and their checks.

A tree is given as a function from (level, index) to the hash of a whole subtree: level 0 are the leaves, a node
of level k stands over 2**k of them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Node = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""
SIZE = 32


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows: the roots of its whole subtrees, largest first, are all that is kept."""

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        if len(roots) != size.bit_count():
            raise ValueError("the roots do not belong to a tree of this size")
        self.size, self.roots = size, list(roots)

    def add(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        roots, size = self.roots, self.size
        while size & 1:
            leaf = hashlib.sha256(b"\x01" + roots.pop() + leaf).digest()
            size >>= 1
        roots.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self.roots:
            return EMPTY
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = node_hash(left, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over hashes of leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def frontier(node: Node, size: int) -> list[bytes]:
    """The roots of the whole subtrees of a tree, largest first."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append(node(level, start >> level))
            start += 1 << level
    return found


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def subtree(node: Node, start: int, size: int) -> bytes:
    """The hash over `size` leaves from `start`, which is where such a subtree begins."""
    if size.bit_count() == 1:
        level = size.bit_length() - 1
        return node(level, start >> level)
    left = _split(size)
    return node_hash(subtree(node, start, left), subtree(node, start + left, size - left))


def root(node: Node, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return subtree(node, 0, size) if size else EMPTY


def inclusion(node: Node, index: int, size: int) -> list[bytes]:
    """The audit path of a leaf in the tree of the first `size` leaves. Raises `ValueError` where it is not in it."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _path(node, index, 0, size)


def _path(node: Node, index: int, start: int, size: int) -> list[bytes]:
    if size == 1:
        return []
    left = _split(size)
    if index < left:
        return [*_path(node, index, start, left), subtree(node, start + left, size - left)]
    return [*_path(node, index - left, start + left, size - left), subtree(node, start, left)]


def consistency(node: Node, first: int, second: int) -> list[bytes]:
    """The proof that the tree of `first` leaves is the beginning of that of `second`. Raises `ValueError`."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {first} cannot be the beginning of one of {second}")
    return _proof(node, first, 0, second, whole=True) if first < second else []


def _proof(node: Node, first: int, start: int, size: int, *, whole: bool) -> list[bytes]:
    if first == size:
        return [] if whole else [subtree(node, start, size)]
    left = _split(size)
    if first <= left:
        return [*_proof(node, first, start, left, whole=whole), subtree(node, start + left, size - left)]
    rest = _proof(node, first - left, start + left, size - left, whole=False)
    return [*rest, subtree(node, start, left)]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether an audit path leads from a leaf to a root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    fn, sn, found = index, size - 1, leaf
    for one in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(one, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == expected


def is_consistent(first: int, second: int, old: bytes, new: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree `old` is the beginning of `new` (RFC 9162, section 2.1.4.2)."""
    if first == second:
        return not proof and old == new
    if not 0 < first < second or not proof:
        return first == 0 and not proof and old == EMPTY
    path = [old, *proof] if first.bit_count() == 1 else list(proof)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for one in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(one, fr), node_hash(one, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old and sr == new
