"""The register itself: records, versions, evidence, findings, deliveries and the files they came in.

A Django application (label `register_store`, database alias `register`), the same on SQLite and PostgreSQL.
May import `model` only. Public names: `register.Register`, `packs.Packs`, the structs of `rows`, `upcast.decode`.
"""
