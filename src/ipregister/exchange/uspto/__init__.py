"""The daily trademark files of the United States office (`trademark-applications-daily`, V2.0): `read`, a case file each."""

from ipregister.exchange.uspto.reader import read

__all__ = ["read"]
