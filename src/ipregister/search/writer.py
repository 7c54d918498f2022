"""Writing the index. One process at a time, the one that holds the lock of the index folder."""

import gc
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import tantivy

from ipregister.search import days, order, schema
from ipregister.search.document import IndexDocument
from ipregister.search.due import Due
from ipregister.search.facets import Facets
from ipregister.search.fields import KEY
from ipregister.search.folder import (
    Checkpoint,
    IndexFolder,
    is_of_layout,
    read_checkpoint,
    write_checkpoint,
)
from ipregister.search.whole import keep_whole

HEAP = 160_000_000
_log = logging.getLogger("ipregister.search")


class IndexWriter(Protocol):
    """What the indexer needs of an index."""

    def checkpoint(self) -> Checkpoint:
        """How far the index is."""

    def apply(self, documents: Iterable[IndexDocument], deletions: Iterable[str]) -> None:
        """Replaces documents by key, and removes keys. Seen after `commit`."""

    def commit(self, change: int, day: str) -> None:
        """Makes everything applied visible; the index is then complete up to `change`."""

    def publish(self) -> None:
        """Makes this index the one that is read, where it is a new one."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Documents hold no cycles; looking for some costs more than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class TantivyWriter:
    """The writer of an index folder; a context manager that holds the lock.

    Goes on with the current generation; begins a new one where there is none, where the present one was made
    by another analyzer, table of fields or engine, or where `afresh` is set. A new one that replaces another
    is read only from `publish` on; until then searches use the old one. What is begun is taken up again."""

    def __init__(self, path: Path, *, afresh: bool = False, heap: int = HEAP) -> None:
        self._folder = IndexFolder(path)
        self._afresh = afresh
        self._heap = heap
        self._checkpoint = Checkpoint()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._folder.locked())
        try:
            self._open()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._writer.wait_merging_threads()
        finally:
            self._stack.close()

    def _open(self) -> None:
        current = self._folder.current()
        self._published = current is not None and is_of_layout(current) and not self._afresh
        if current is not None and self._published:
            self._generation = current
        else:
            begun = None if self._afresh else self._folder.unfinished()
            self._generation = begun or self._folder.begin()
            if current is None:
                self.publish()
        self._schema = schema.build()
        index = tantivy.Index(self._schema, path=str(self._generation))
        schema.register(index)
        index.config_reader("manual")
        self._writer = index.writer(heap_size=self._heap, num_threads=1)
        self._checkpoint = read_checkpoint(self._generation)
        self._index = index
        self._due = Due(self._generation)
        self._look()

    def _look(self) -> None:
        """Reads the index as it was last committed; what is written from now on is noted."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self._written: set[str] = set()
        self._empty = self._searcher.num_docs == 0

    def checkpoint(self) -> Checkpoint:
        """How far the index is."""
        return self._checkpoint

    def note(self, key: str, day: str) -> None:
        """A record that is not public yet: look at it again on a day; empty for no day."""
        self._due.note(key, day)

    def to_look_at(self, first: str, last: str) -> list[str]:
        """Keys of records whose state or publicity may change on a day between two (both included): those that
        expire on it, and those that were noted for it or for an earlier day."""
        searcher = self._searcher
        low, high = order.dated_from(days.number(first)), order.dated_from(days.number(last) + 1) - 1
        expiring = tantivy.Query.range_query(
            self._schema, "expires_order", tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high
        )
        hits = searcher.search(
            expiring, max(searcher.num_docs, 1), count=False, order_by_field="expires_order"
        ).hits
        keys = [order.plain(searcher.doc(address)[KEY][0]) for _, address in hits]
        return list(dict.fromkeys((*keys, *self._due.until(last))))

    def beside(self, keys: Sequence[str]) -> list[str]:
        """Keys of the other records in the files that hold these, as last committed: when they are written anew, the
        engine throws those files away, with all bytes of what was withheld."""
        files: set[int] = set()
        for key in keys:
            wanted = tantivy.Query.term_query(self._schema, KEY, order.natural(key))
            files |= {
                address.segment_ord for _, address in self._searcher.search(wanted, 10, count=False).hits
            }
        if not files:
            return []
        most = max(self._searcher.num_docs, 1)
        held = self._searcher.search(tantivy.Query.all_query(), most, count=False).hits
        there = [address for _, address in held if address.segment_ord in files]
        names = [order.plain(self._searcher.doc(address)[KEY][0]) for address in there]
        return sorted(set(names) - set(keys))

    @property
    def is_published(self) -> bool:
        """Whether this is the index that is read."""
        return self._published

    def apply(self, documents: Iterable[IndexDocument], deletions: Iterable[str] = ()) -> None:
        """Replaces documents by key, and removes keys. Seen after `commit`."""
        with without_collector():
            self._apply(documents, deletions)

    def _apply(self, documents: Iterable[IndexDocument], deletions: Iterable[str]) -> None:
        for key in deletions:
            self._remove(order.natural(key))
        for document in documents:
            key = document.values[KEY]
            self._remove(key)
            self._written.add(key)
            try:
                made = schema.engine_document(document, self._schema)
            except (ValueError, OverflowError) as error:  # one record must not keep all others out
                _log.error("%s cannot be searched: %s", document.key, error)
                continue
            self._writer.add_document(made)

    def _remove(self, key: str) -> None:
        """Asks the engine to remove only what may be there: its way of removing costs more than looking."""
        if key in self._written or not (self._empty or self._searcher.doc_freq(KEY, key) == 0):
            self._writer.delete_documents_by_term(KEY, key)

    def commit(self, change: int, day: str) -> None:
        """Makes everything applied visible. The checkpoint is written after the engine's commit, so that after
        a crash between the two the same changes are applied again, to the same effect."""
        self._due.save()
        self._writer.commit()
        self._look()
        self._checkpoint = Checkpoint(change, self._checkpoint.commit + 1, day)
        if self._published:
            self._count()
        write_checkpoint(self._generation, self._checkpoint)

    def _count(self) -> None:
        """Counts over all records, made ready for readers before they see the commit."""
        keep_whole(self._generation, Facets(self._searcher, self._schema).whole(self._checkpoint.commit))

    def publish(self) -> None:
        """Makes this generation the one that is read."""
        if not self._published:
            if self._checkpoint.commit:
                self._count()
            self._folder.publish(self._generation)
            self._published = True
