"""What a clearance works with on this site: names, pictures, coverage, the state of the register."""

from collections.abc import Sequence

from ipregister.desk.clearance import SearchPictures, Surroundings
from ipregister.portal.pictures import Searched, index_of, public_hits
from ipregister.portal.searched import searched, sources_of
from ipregister.portal.site import Site
from ipregister.publication.log.ledger import Ledger
from ipregister.search.similarity.pictures.similar import PictureHit, decoded
from ipregister.search.similarity.pictures.wanted import Wanted

FOLDER = "searches"
"""The folder of the data folder that holds batches and sealed answers."""


def surroundings(site: Site, offices: Sequence[str] = ()) -> Surroundings:
    """All that a clearance needs beside its question. Raises `Busy` until the index of names is made."""
    return Surroundings(
        sources_of(site), searched(site, offices), pictures_of(site), site.register.last_change(), site.clock(),
        f"ipregister {site.version}", _log_head(site),
    )  # fmt: skip


def _log_head(site: Site) -> tuple[int, str]:
    """Size and root (hexadecimal) of the last head of the public log; nothing where none is kept."""
    ledger = Ledger(site.data)
    if not ledger.exists:
        return 0, ""
    try:
        signed = next(iter(ledger.heads()), None)
    finally:
        ledger.close()
    return (signed.head.size, signed.head.root) if signed else (0, "")


def pictures_of(site: Site) -> SearchPictures | None:
    """The search by picture, among those that the public may see today; None where no picture was looked at yet."""
    index = index_of(site)
    if not index.storage.exists():
        return None

    def search(images: Sequence[bytes], offices: Sequence[str], limit: int) -> list[PictureHit]:
        seen = [index.seen(one) for one in decoded(index, images)]
        asked = Searched(wanted=Wanted(offices=tuple(offices)), limit=limit)
        return [hit for hit, _side in public_hits(site, seen, asked)]

    return search
