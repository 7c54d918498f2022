"""The API under `/api/v1`: records, search, history, events, parties, coverage, code lists, offices.

Django-ninja reads parameters and draws the OpenAPI document; bodies are bytes of the one msgspec encoder, and their
schema is msgspec's. Every answer holds only what the offices released to the channel `api`."""
