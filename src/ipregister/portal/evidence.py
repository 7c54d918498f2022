"""Where a shown value comes from: file, place, text as delivered, repairs."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.capture.kept import read_slice
from ipregister.exchange.origin import raw_value
from ipregister.model import canonical
from ipregister.model.errors import RegisterError
from ipregister.model.evidence import split_origin, version_of
from ipregister.model.publicity import public_kept
from ipregister.model.repairs import REPAIRS
from ipregister.portal.publicly import ShownVersion
from ipregister.portal.site import Site
from ipregister.store.upcast import ruling

MOST_TEXT = 20_000


def evidence(site: Site, side: ShownVersion, pointer: str) -> dict[str, Any]:
    """The evidence of the public value at a JSON pointer; `known` is false where there is none to show."""
    try:
        value = canonical.resolve(side.plain, pointer)
    except KeyError:
        return {"known": False, "reason": _("There is no such value in what is public of this record.")}
    origin = side.version.evidence.get(_stored(site, side, pointer))
    if origin is None or isinstance(value, dict | list | tuple):
        return {
            "known": False,
            "reason": _("This value was set by the register itself, not by the office's file."),
        }
    told, repairs = split_origin(origin)
    number, position = version_of(told)
    version = side.version if not number else site.register.get(side.key, number)
    if version is None:
        return {"known": False, "reason": _("The delivered file cannot be read at the moment.")}
    raw = version.raw
    try:
        with site.register.open_container(raw.blob) as container:
            document = read_slice(container, raw.member, raw.offset, raw.length)
        path, text = raw_value(document, version.slice_repairs, position)
    except (RegisterError, KeyError, ValueError):
        return {"known": False, "reason": _("The delivered file cannot be read at the moment.")}
    delivery = version.delivery
    return {
        "known": True,
        "pointer": pointer,
        "value": value,
        "raw": text[:MOST_TEXT],
        "path": path,
        "position": position,
        "repairs": [{"code": code, "text": repair_text(code)} for code in (*version.slice_repairs, *repairs)],
        "file": f"{delivery.name}{'!' + raw.member if raw.member else ''}",
        "offset": raw.offset,
        "length": raw.length,
        "sha256": raw.blob,
        "delivery": delivery.name,
        "day": delivery.extracted.partition("#")[0],
    }


def _stored(site: Site, side: ShownVersion, pointer: str) -> str:
    """The pointer in the stored record: values in `kept` are counted anew in the public part."""
    first, _, rest = pointer.removeprefix("/kept/").partition("/")
    if not pointer.startswith("/kept/") or not first.isdecimal():
        return pointer
    places = public_kept(site.register.record(side.version), side.office, site.today(side.office),
                         *ruling(side.version))  # fmt: skip
    return f"/kept/{places[int(first)]}/{rest}"


def repair_text(code: str) -> str:
    """What a repair does."""
    kind = REPAIRS.get(code.partition(":")[0])
    return _(kind.does) if kind else ""
