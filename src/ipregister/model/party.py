"""Parties of a right: applicants, holders, representatives, correspondents, licensees."""

from msgspec import Struct

from ipregister.model.text import Text


class Contact(Struct, frozen=True, omit_defaults=True):
    """Ways to reach a party. Never public by default."""

    phone: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    url: tuple[str, ...] = ()


class Party(Struct, frozen=True, omit_defaults=True):
    """One party in one role. INID (730) applicant, (732) holder, (740) representative, (750) correspondence.

    `names` are the name lines as written, never split or reordered; `address_lines` the address lines in
    order; `country` is ST.3. `kind` is `natural`, `legal` or empty (unknown).
    `from_date` and `to_date` bound the role (ISO 8601).
    """

    identifier: str = ""
    kind: str = ""
    names: tuple[Text, ...] = ()
    first_names: tuple[Text, ...] = ()
    last_names: tuple[Text, ...] = ()
    organization_names: tuple[Text, ...] = ()
    address_lines: tuple[Text, ...] = ()
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    nationality: str = ""
    establishment: str = ""
    domicile: str = ""
    legal_entity: str = ""
    incorporation: str = ""
    contact: Contact | None = None
    role: str = ""
    from_date: str | None = None
    to_date: str | None = None
