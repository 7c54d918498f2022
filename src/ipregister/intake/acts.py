"""Acts of several registrations, in quarantine: whether the registrations that the register holds tell them; and acts
whose registration has come meanwhile."""

from ipregister.exchange.st96.design.lone_acts import ALONE, TOLD, LoneAct, act_of, is_told
from ipregister.model.design import Design
from ipregister.model.offices import Office
from ipregister.store.register import Register


def standing(register: Register, office: Office, raw: bytes) -> tuple[str, str]:
    """The reason why an act stays in quarantine, and what to say of it: `act-told` where every registration that it
    is about is held and tells it, so that nothing is missing."""
    act = act_of(raw, office)
    if act is None:
        return ALONE, ""
    keys: list[str] = []
    for number in act.numbers:
        found = [one.key for one in register.resolve(number) if _tells(register, office, one.key, act)]
        if not found:
            return ALONE, act.told
        keys += found
    return (TOLD, f"{act.told}: {', '.join(keys)}") if keys else (ALONE, act.told)


def _tells(register: Register, office: Office, key: str, act: LoneAct) -> bool:
    version = register.get(key)
    record = register.record(version) if version is not None else None
    if not isinstance(record, Design) or record.office != office.code:
        return False
    return record.registration_number in act.numbers and is_told(act, record)
