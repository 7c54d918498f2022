"""`/bulk/`: all publications, their manifests and files, the log and its proofs; for people and for machines."""

import re
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from ipregister.model.errors import RegisterError
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.publication.bulk.folders import folders
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, Manifest, hash_of
from ipregister.publication.bulk.publishing import FOLDER
from ipregister.publication.bulk.shelf import INDEX, Index, Shelf
from ipregister.publication.log import merkle
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.confirming import FILE as CONFIRMATIONS
from ipregister.publication.withholding.published import FILE as WITHHELD

Answer = TypeVar("Answer", bound=HttpResponseBase)
_CHUNK = 1 << 18
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TYPES = {".json": "application/json", ".sig": "application/json", ".zst": "application/zstd",
          ".zip": "application/zip", ".parquet": "application/vnd.apache.parquet"}  # fmt: skip
MOST_ENTRIES = 1000
"""So many leaves are given at once."""


def shelf_of(site: Site) -> Shelf:
    """The folder that was last published into, or the usual one."""
    with closing(Ledger(site.data)) as ledger:
        noted = folders(ledger) if ledger.exists else []
    return Shelf(next((one for one in noted if one.is_dir()), site.data / FOLDER))


def _index(shelf: Shelf) -> Index:
    try:
        return shelf.index()
    except RegisterError as error:
        raise Http404 from error


def publications(site: Site, request: HttpRequest) -> HttpResponse:
    """All publications, the newest first."""
    index = _index(shelf_of(site))
    if wants_json(request):
        return _open(HttpResponse(index.content(), content_type="application/json"))
    listed = [msgspec.to_builtins(one) for one in reversed(index.publications)]
    values = {"publications": listed, "key": index.key, "head": index.head.head if index.head else None}
    return page(site, request, "bulk.html", values, section="bulk")


def publication(site: Site, request: HttpRequest, name: str) -> HttpResponseBase:
    """A publication: its manifest, as a page or as it is."""
    manifest = _manifest(shelf_of(site), name)
    if wants_json(request):
        return _open(HttpResponse(manifest.content(), content_type="application/json"))
    terms = [{**msgspec.to_builtins(one), "channels": sorted(one.channels)} for one in manifest.terms]
    values = {
        "manifest": manifest,
        "files": manifest.files,
        "terms": terms,
        "hash": hash_of(manifest.content()),
    }
    return page(site, request, "publication.html", values, section="bulk")


def _manifest(shelf: Shelf, name: str) -> Manifest:
    if name not in {one.name for one in _index(shelf).publications}:
        raise Http404
    return shelf.manifest(name)


def index_file(site: Site, request: HttpRequest) -> HttpResponseBase:
    """The index as it was written."""
    path = shelf_of(site).folder / INDEX
    if not path.is_file():
        raise Http404
    return _file(request, path, "")


def confirmations(site: Site, request: HttpRequest) -> HttpResponseBase:
    """What this node, a mirror, confirmed: that it withheld what publishers withheld. An empty list where nothing."""
    del request
    try:
        content = (site.data / CONFIRMATIONS).read_bytes()
    except FileNotFoundError:
        content = b"[]\n"
    return _open(HttpResponse(content, content_type="application/json"))


def file(site: Site, request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a publication, whole or a range of it."""
    shelf = shelf_of(site)
    manifest = _manifest(shelf, name)
    hashes = {one.name: one.sha256 for one in manifest.files} | {MANIFEST: "", SIGNATURE: "", WITHHELD: ""}
    if (shelf.folder / name / WITHHELD).is_file():
        hashes = dict.fromkeys(hashes, "")
    path = shelf.folder / name / file
    if file not in hashes or not path.is_file():
        raise Http404
    return _file(request, path, hashes[file])


def _file(request: HttpRequest, path: Path, sha256: str) -> HttpResponseBase:
    told = path.stat()
    size, tag = told.st_size, f'"{sha256 or f"{told.st_mtime_ns:x}-{told.st_size:x}"}"'
    if tag in request.headers.get("If-None-Match", ""):
        answer: HttpResponseBase = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        answer["ETag"] = tag
        return _open(answer)
    wanted = request.headers.get("Range", "")
    if_range = request.headers.get("If-Range", tag)
    part = _part(wanted, size) if wanted and if_range == tag else (0, size)
    if part is None:
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return _open(answer)
    start, end = part
    answer = StreamingHttpResponse(
        _bytes(path, start, end), content_type=_TYPES.get(path.suffix, "application/octet-stream")
    )
    if (start, end) != (0, size) or (wanted and if_range == tag and _RANGE.fullmatch(wanted)):
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer["Content-Length"] = str(end - start)
    answer["ETag"] = tag
    answer["Content-Disposition"] = f'attachment; filename="{path.name}"'
    answer["Content-Encoding"] = "identity"
    return _open(answer)


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """Start and end of one range; the whole file for what is no such range, None for one that lies outside."""
    found = _RANGE.fullmatch(wanted)
    if not found or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size) if length else None
    start, end = int(found[1]), int(found[2]) + 1 if found[2] else size
    return (start, min(end, size)) if start < size and start < end else None


def _bytes(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(_CHUNK, end - start))):
            start += len(chunk)
            yield chunk


def _open(answer: Answer) -> Answer:
    """Pages of other sites may read it; it can be had in parts."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Accept-Ranges"] = "bytes"
    return answer


def log(site: Site, request: HttpRequest, what: str) -> HttpResponse:
    """The log: `head`, `heads`, `entries?start=&end=`, `proof?leaf=&size=`, `consistency?first=&second=`."""
    with closing(Ledger(site.data)) as ledger:
        heads = ledger.heads(MOST_ENTRIES if what == "heads" else 1) if ledger.exists else []
        if not heads:
            raise Http404
        try:
            found = _asked(request, ledger, what, heads[0].head.size)
        except ValueError as error:
            return _open(json_answer({"error": "bad-request", "message": str(error)}, HTTPStatus.BAD_REQUEST))
        if found is None:
            found = [msgspec.to_builtins(head) for head in heads]
            found = found if what == "heads" else found[0]
    return _open(json_answer(found))


def _asked(request: HttpRequest, ledger: Ledger, what: str, signed: int) -> Any:
    """What is asked of the log up to the signed head; None for the head itself. Raises `ValueError`."""
    if what == "entries":
        start = _number(request, "start", 0)
        end = min(_number(request, "end", start + MOST_ENTRIES), start + MOST_ENTRIES, signed)
        return {
            "start": start,
            "entries": [msgspec.to_builtins(one.entry) for one in ledger.entries(start, end)],
        }
    if what == "proof":
        leaf, size = _number(request, "leaf", -1), min(_number(request, "size", signed), signed)
        path, entry = merkle.inclusion(ledger.node, leaf, size), ledger.entry(leaf)
        return {"leaf": leaf, "entry": msgspec.to_builtins(entry), "tree": msgspec.to_builtins(ledger.tree(size)),
                "path": [one.hex() for one in path]}  # fmt: skip
    if what == "consistency":
        first, second = _number(request, "first", 0), min(_number(request, "second", signed), signed)
        proof = merkle.consistency(ledger.node, first, second)
        return {"first": msgspec.to_builtins(ledger.tree(first)), "second": msgspec.to_builtins(ledger.tree(second)),
                "proof": [one.hex() for one in proof]}  # fmt: skip
    if what not in ("head", "heads"):
        raise Http404
    return None


def _number(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return usual
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise ValueError(f"{name} is no number")
    return int(text)
