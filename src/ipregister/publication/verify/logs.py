"""The log of a data folder, one's own or a mirror's: leaves, tree and signed head must agree."""

from pathlib import Path

from ipregister.model.errors import RegisterError
from ipregister.publication.keys import PublicKey, named
from ipregister.publication.log.entries import check_head
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.log.merkle import Frontier
from ipregister.publication.verify.report import Report


def check_data(data: Path, key: PublicKey | None, report: Report) -> None:
    """Check the log of a data folder against its signed heads."""
    ledger = Ledger(data)
    try:
        keys = [key] if key else list(named(data).values())
        tree, heads = Frontier(), {head.head.size: head for head in ledger.heads(1_000_000)}
        for one in ledger.entries(0, ledger.size()):
            tree.add(one.entry.leaf())
            head = heads.get(tree.size)
            if head is not None and head.head.root != tree.root().hex():
                report.fault(str(ledger.path), f"the first {tree.size} leaves do not give the root that was signed",
                             "restore the log from the backup")  # fmt: skip
        for head in heads.values():
            signed_by = next((one for one in keys if one.id == head.key), keys[0] if keys else None)
            if signed_by is not None:
                check_head(head, signed_by)
        report.tree_size, report.tree_root = tree.size, tree.root().hex()
        if ledger.tree().root != report.tree_root:
            report.fault(
                str(ledger.path), "the tree does not fit its leaves", "restore the log from the backup"
            )
        standing = ledger.register_tree()
        report.records, report.register_root = standing.size, standing.root
        report.key = keys[0].text if keys else ""
    except RegisterError as error:
        report.fault(error.place or str(ledger.path), error.message, error.remedy)
    finally:
        ledger.close()
