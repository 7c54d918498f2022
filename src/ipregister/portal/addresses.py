"""The addresses of records and their pictures, made by the dozen for lists: the pattern is looked up once."""

from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

_SAFE = "/~:@!$&'()*+,;="
_KEY, _DIGEST = "-key-", "-digest-"
"""Stand in for the parts of an address while its pattern is looked up."""


def record_address(key: str) -> str:
    """The address of a record."""
    return _pattern(get_script_prefix(), "record", _KEY).replace(_KEY, quote(key, _SAFE))


def image_address(key: str, sha256: str) -> str:
    """The address of a picture of a record, as delivered."""
    pattern = _pattern(get_script_prefix(), "image", _KEY, _DIGEST)
    return pattern.replace(_KEY, quote(key, _SAFE)).replace(_DIGEST, quote(sha256, _SAFE))


def thumb_address(key: str, sha256: str) -> str:
    """The address of the small copy of a picture of a record."""
    pattern = _pattern(get_script_prefix(), "thumb", _KEY, _DIGEST)
    return pattern.replace(_KEY, quote(key, _SAFE)).replace(_DIGEST, quote(sha256, _SAFE))


@cache
def _pattern(_prefix: str, name: str, *parts: str) -> str:
    return reverse(name, args=parts)
