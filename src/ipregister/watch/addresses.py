"""Where requests may go: public addresses only, unless a setting allows others; looked up once and held to that."""

import ipaddress
import socket
from urllib.parse import urlsplit

from msgspec import Struct

from ipregister.model.errors import UsageError

PORTS = frozenset({80, 443, 8000, 8080, 8443})
"""Ports of web servers: a webhook reaches no mail server and no database."""
LONGEST = 2_000
_SETTING = "an operator may allow others: IPREGISTER_ALLOW_PRIVATE_HOSTS=1"


class Target(Struct, frozen=True):
    """An address that was looked up: the connection goes to `ip`, whatever the name means a moment later."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str


def target(address: str, *, private: bool) -> Target:
    """Look an address up. Raises `UsageError` where it is none, cannot be found, or leads into a private network."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError as error:
        raise UsageError("this is no web address", remedy="give https://host/path") from error
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or len(address) > LONGEST
        or not address.isascii()
    ):
        raise UsageError("this is no web address", remedy="give https://host/path")
    if parts.username or parts.password or parts.fragment:
        raise UsageError("an address holds no name, password or fragment", remedy="leave them out")
    if port not in PORTS and not private:
        raise UsageError(
            f"port {port} is not one of web servers", remedy=f"use one of {sorted(PORTS)}; {_SETTING}"
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, _looked_up(parts.hostname, port, private=private), path)


def _looked_up(host: str, port: int, *, private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{host} cannot be found", remedy="check the name") from error
    ips = [str(entry[4][0]) for entry in found]
    if not private and not all(_is_public(ip) for ip in ips):
        raise UsageError(
            f"{host} is in a private network", remedy=f"give an address that everybody can reach; {_SETTING}"
        )
    return ips[0]


def _is_public(text: str) -> bool:
    ip = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if mapped is not None:
        ip = mapped
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
