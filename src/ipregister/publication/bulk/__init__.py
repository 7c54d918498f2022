"""Bulk publications: dated full and delta folders with a signed manifest, deterministic and resumable.

`lines`, `parquet`, `documents`, `images` are the formats, `parts` a piece of work, `manifest` what a folder says of
itself, `shelf` the folder of all publications, `publishing` makes one.
"""
