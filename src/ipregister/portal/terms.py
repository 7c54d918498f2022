"""The terms on which offices let their records go, as every page states them and every other answer carries them.

Licence, whom to name, the legal source of the release, and the same of pictures where they differ.
"""

from typing import Any

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.offices import office
from ipregister.portal.labels import label
from ipregister.portal.names import short_name
from ipregister.portal.site import Site
from ipregister.publication.release import FILE, Release, Terms
from ipregister.search.tree import Closed, Node

Group = tuple[str, str]
"""Office and right."""


class Stated(Struct, frozen=True):
    """Terms and whose they are: the offices in the reader's words, empty where they are all of them."""

    whose: str
    licence: str
    address: str
    attribution: str
    source: str
    images: str


class Switches(Struct):
    """The switches of an installation, the terms that were looked up in them, and what goes out to machines, once it
    was asked for: the offices and rights, the same as a part of a query, and the search fields that some of them close.
    `kept` is for what is made for machines."""

    release: Release
    terms: dict[Group, Terms]
    groups: tuple[Group, ...] | None = None
    allowed: Node | None = None
    closed: tuple[Closed, ...] | None = None
    kept: dict[str, tuple[float, list[Any]]] = {}


def switches(site: Site) -> Switches:
    """The switches, read again when their file changed."""
    try:
        changed = (site.data / FILE).stat().st_mtime_ns / 1e9
    except OSError:
        changed = 0.0
    made, known = site.kept.get("release", (-1.0, []))
    if made != changed or not known:
        known = [Switches(Release.load(site.data), {})]
        site.kept["release"] = changed, known
    found: Switches = known[0]
    return found


def all_of(site: Site) -> list[Terms]:
    """The terms of every office and right that the law makes public at all."""
    held = switches(site)
    found = []
    for code in offices.codes():
        for right in office(code).publicity:
            terms = held.terms.get((code, right))
            if terms is None:
                terms = held.terms[code, right] = held.release.terms(code, right)
            found.append(terms)
    return found


def of_pictures(terms: Terms) -> Terms:
    """The terms of pictures, as those of an answer that is one."""
    return msgspec.structs.replace(
        terms,
        licence=terms.image_licence or terms.licence,
        attribution=terms.image_attribution or terms.attribution,
    )


def of_address(site: Site, key: str, code: str) -> list[Terms]:
    """The terms of the record or office that an address names; of all where it names none that is known."""
    head = site.register.head(key) if key else None
    every = all_of(site)
    if head is not None:
        return [one for one in every if (one.office, one.right) == (head.office, head.right)] or [
            switches(site).release.terms(head.office, head.right)
        ]
    return [one for one in every if one.office == code.upper()] or every


def stated(site: Site) -> list[Stated]:
    """All terms, each once with whose they are; none where the operator states none."""
    whose: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for one in all_of(site):
        images = ", ".join(filter(None, (one.image_licence, one.image_attribution)))
        told = one.licence, one.attribution, one.source, images
        named = one.attribution.startswith(office(one.office).name)  # the office, or one of its registers
        if any((one.licence, one.source, images, not named)):
            whose.setdefault(told, {}).setdefault(one.office, []).append(one.right)
    return [
        Stated(_named(held), told[0], licence_address(told[0]), *told[1:]) for told, held in whose.items()
    ]


def _named(held: dict[str, list[str]]) -> str:
    """Offices in words, with their rights where these are not all."""
    lang = get_language() or "en"
    whole = {code for code, rights in held.items() if len(rights) == len(office(code).publicity)}
    if whole == {code for code in offices.codes() if office(code).publicity}:
        return _("All offices")
    return ", ".join(
        short_name(office(code), lang)
        + ("" if code in whole else f" ({', '.join(label('right', one) for one in rights)})")
        for code, rights in held.items()
    )


def licence_address(licence: str) -> str:
    """The address of a licence that is named by its SPDX identifier or its address; empty for other words."""
    if licence.startswith(("https://", "http://")):
        return licence if licence.isascii() and not set(licence) & set('<>" ') else ""
    plain = licence.replace("-", "").replace(".", "").replace("+", "")
    return f"https://spdx.org/licenses/{licence}.html" if plain.isascii() and plain.isalnum() else ""


def terms_told(terms: Terms) -> dict[str, Any]:
    """The terms as the body of an answer carries them."""
    told = {"licence": terms.licence, "attribution": terms.attribution, "source": terms.source}
    if terms.allows("images"):
        told |= {"image_licence": terms.image_licence or terms.licence,
                 "image_attribution": terms.image_attribution or terms.attribution}  # fmt: skip
    return told
