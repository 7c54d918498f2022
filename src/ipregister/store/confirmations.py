"""Which deliveries said a state again: their numbers, packed into a few bytes beside the state.

A record that does not change is only marked with the number of each delivery that confirmed it. With these a
state can be cut exactly where an older delivery, arriving late, says something else.
"""

_MORE, _LOW = 0x80, 0x7F


def added(log: bytes, delivery: int) -> bytes:
    """The confirmations with one more; the last one is not noted twice."""
    number = _packed(delivery)
    before = len(log) - len(number)
    if log.endswith(number) and (before == 0 or not log[before - 1] & _MORE):
        return log
    return log + number


def packed(deliveries: list[int]) -> bytes:
    """Numbers of deliveries as confirmations."""
    return b"".join(map(_packed, deliveries))


def deliveries(log: bytes) -> list[int]:
    """The numbers of the deliveries, in the order in which they came."""
    found, number = [], 0
    for one in log:
        number = number << 7 | one & _LOW
        if not one & _MORE:
            found.append(number)
            number = 0
    return found


def _packed(number: int) -> bytes:
    """Seven bits a byte, the highest first; all bytes but the last have their first bit set."""
    parts = [number & _LOW]
    while number := number >> 7:
        parts.append(number & _LOW | _MORE)
    return bytes(reversed(parts))
