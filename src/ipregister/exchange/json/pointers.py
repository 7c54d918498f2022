"""How a position in a raw JSON record is written: a JSON pointer, RFC 6901."""


def step(name: str) -> str:
    """A member's name as a part of a pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def name_of(step: str) -> str:
    """The member's name that a part of a pointer means."""
    return step.replace("~1", "/").replace("~0", "~")


def twin(count: int) -> str:
    """What follows the name of a member that comes in one object for the second time: `#2`."""
    return f"#{count}" if count > 1 else ""
