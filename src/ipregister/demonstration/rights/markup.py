"""Writing elements: small, with the escapes of XML."""

from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def one(name: str, text: str, **attributes: str) -> str:
    """An element with a text; nothing where there is no text. ``_`` in the name of an attribute is ``:``."""
    return f"<{name}{_said(attributes)}>{escape(text)}</{name}>\n" if text else ""


def around(name: str, *parts: str, **attributes: str) -> str:
    """An element around others; nothing where they are nothing."""
    inner = "".join(parts)
    return f"<{name}{_said(attributes)}>\n{inner}</{name}>\n" if inner else ""


def _said(attributes: dict[str, str]) -> str:
    return "".join(f" {name.replace('_', ':')}={quoteattr(text)}" for name, text in attributes.items())
