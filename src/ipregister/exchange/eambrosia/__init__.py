"""The list of geographical indications of the European Union, as JSON (`register.json`): `read`, an object each."""

from ipregister.exchange.eambrosia.reader import read

__all__ = ["read"]
