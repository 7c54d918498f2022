"""An address of which only place or country is known or released: ST.96 asks for a line all the same.

The line that stands there has the number 0 and says the country again, so that no element is empty; it is read as no
line.
"""

from ipregister.exchange.xml.walking import Element

_NUMBER = "0"


def stand_in(country: str) -> str:
    """The line of an address without lines."""
    return f'<com:AddressLineText com:sequenceNumber="{_NUMBER}">{country}</com:AddressLineText>'


def stands_in(element: Element) -> bool:
    """Whether a line only stands where the standard asks for one."""
    if element.get("sequenceNumber") != _NUMBER:
        return False
    told = (one.text for one in element.itersiblings() if one.tag == "CountryCode")
    return bool(element.text) and element.text == next(told, None)
