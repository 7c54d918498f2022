"""Every language-tagged text of a record with its place."""

from ipregister.model.mark import Trademark
from ipregister.model.party import Party
from ipregister.model.text import Text

Spoken = list[tuple[str, tuple[Text, ...]]]
"""Places and the texts there; the text at index 2 of `/notes` stands at `/notes/2/text`."""

_OF_MARK = (
    "verbal",
    "significant",
    "translations",
    "transliterations",
    "descriptions",
    "disclaimers",
    "conditions",
)
_OF_IMAGE = ("colour_claims", "descriptions", "vienna_texts")
_OF_PARTY = ("names", "organization_names", "first_names", "last_names", "address_lines")
_ROLES = ("applicants", "holders", "representatives", "correspondents")


def spoken(record: Trademark) -> Spoken:
    """All texts of a record, empty places left out."""
    places: Spoken = []
    mark = record.mark
    for field in _OF_MARK:
        texts = getattr(mark, field)
        if texts:
            places.append((f"/mark/{field}", texts))
    for number, image in enumerate(mark.images):
        for field in _OF_IMAGE:
            texts = getattr(image, field)
            if texts:
                places.append((f"/mark/images/{number}/{field}", texts))
    places.extend(
        (f"/goods/{number}/texts", goods.texts) for number, goods in enumerate(record.goods) if goods.texts
    )
    for field in ("goods_unclassified", "notes"):
        texts = getattr(record, field)
        if texts:
            places.append((f"/{field}", texts))
    for role in _ROLES:
        _of_parties(f"/{role}", getattr(record, role), places)
    for number, event in enumerate(record.events):
        if event.office_description:
            places.append((f"/events/{number}/office_description", event.office_description))
    for number, act in enumerate(record.recordals):
        if act.texts:
            places.append((f"/recordals/{number}/texts", act.texts))
        _of_parties(f"/recordals/{number}/parties", act.parties, places)
    return places


def _of_parties(path: str, parties: tuple[Party, ...], places: Spoken) -> None:
    for number, party in enumerate(parties):
        for field in _OF_PARTY:
            texts = getattr(party, field)
            if texts:
                places.append((f"{path}/{number}/{field}", texts))
