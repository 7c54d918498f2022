"""How bodies and evidence lie in the tables: zstd over canonical JSON."""

import hashlib
import threading

import msgspec
import zstandard

from ipregister.model.evidence import Origin
from ipregister.model.finding import Finding

_LEVEL = 3
_local = threading.local()
_encoder = msgspec.json.Encoder()
_evidence = msgspec.json.Decoder(tuple[dict[str, int | str | tuple[int | str, ...]], tuple[str, ...]])
_findings = msgspec.json.Decoder(dict[str, str])


def squeeze(plain: bytes) -> bytes:
    """Compressed bytes."""
    compressor: zstandard.ZstdCompressor | None = getattr(_local, "compressor", None)
    if compressor is None:
        compressor = _local.compressor = zstandard.ZstdCompressor(level=_LEVEL)
    return compressor.compress(plain)


def unsqueeze(packed: bytes | memoryview) -> bytes:
    """The bytes again."""
    expander: zstandard.ZstdDecompressor | None = getattr(_local, "expander", None)
    if expander is None:
        expander = _local.expander = zstandard.ZstdDecompressor()
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
