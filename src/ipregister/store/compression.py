"""How bodies and evidence lie in the tables: zstd over canonical JSON, with a dictionary of what records are made of.

A compressed text names its dictionary by number in its own head (0: none, as texts were written before there was
one), so that texts of every age stand side by side. Dictionaries are files of this package and are never changed.
"""

import hashlib
import threading
from functools import cache
from pathlib import Path

import msgspec
import zstandard

from ipregister.model.errors import Damaged
from ipregister.model.evidence import Origin
from ipregister.model.finding import Finding

DICTIONARY = 40_001
"""The dictionary that new texts are compressed with."""
_DICTIONARIES = Path(__file__).parent / "dictionaries"
_LEVEL = 1
_NUMBERED = 3
"""Bits of a text's fifth byte that tell whether it names a dictionary."""
_local = threading.local()
_encoder = msgspec.json.Encoder()
_evidence = msgspec.json.Decoder(tuple[dict[str, int | str | tuple[int | str, ...]], tuple[str, ...]])
_findings = msgspec.json.Decoder(dict[str, str])


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    try:
        trained = zstandard.ZstdCompressionDict((_DICTIONARIES / f"{number}.zdict").read_bytes())
    except FileNotFoundError as error:
        remedy = "upgrade: a newer version wrote it"
        raise Damaged(f"a stored text is compressed with dictionary {number}, which is not here",
                      remedy=remedy) from error  # fmt: skip
    trained.precompute_compress(level=_LEVEL)
    return trained


def squeeze(plain: bytes) -> bytes:
    """Compressed bytes."""
    compressor: zstandard.ZstdCompressor | None = getattr(_local, "compressor", None)
    if compressor is None:
        compressor = _local.compressor = zstandard.ZstdCompressor(dict_data=_dictionary(DICTIONARY))
    return compressor.compress(plain)


def unsqueeze(packed: bytes | memoryview) -> bytes:
    """The bytes again. Raises `Damaged` where they are none."""
    try:
        return _unsqueezed(packed)
    except (zstandard.ZstdError, IndexError) as error:
        raise Damaged(f"a stored text cannot be expanded: {error}") from error


def _unsqueezed(packed: bytes | memoryview) -> bytes:
    expanders: dict[int, zstandard.ZstdDecompressor] | None = getattr(_local, "expanders", None)
    if expanders is None:
        expanders = _local.expanders = {}
    number = zstandard.get_frame_parameters(packed).dict_id if packed[4] & _NUMBERED else 0
    expander = expanders.get(number)
    if expander is None:
        known = _dictionary(number) if number else None
        expander = expanders[number] = zstandard.ZstdDecompressor(dict_data=known)
    return expander.decompress(packed)


def squeeze_evidence(evidence: dict[str, Origin], slice_repairs: tuple[str, ...]) -> bytes:
    """Evidence of a version and the repairs of its slice, as compressed bytes."""
    return squeeze(_encoder.encode((evidence, slice_repairs)))


def unsqueeze_evidence(packed: bytes | memoryview) -> tuple[dict[str, Origin], tuple[str, ...]]:
    """The same again."""
    return _evidence.decode(unsqueeze(packed))


def findings_hash(findings: tuple[Finding, ...]) -> bytes:
    """Hash of findings in their order; empty for none."""
    return hashlib.sha256(_encoder.encode(findings)).digest() if findings else b""


def arguments_text(arguments: dict[str, str]) -> str:
    """Arguments of a finding as text; empty for none."""
    return _encoder.encode(arguments).decode() if arguments else ""


def arguments_of(text: str) -> dict[str, str]:
    """The same again."""
    return _findings.decode(text) if text else {}
