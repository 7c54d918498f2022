"""The staff pages: sign-in, deliveries and their reports, uploads, quarantine, people. Denied by default.

Every page stands in `pages.STAFF` with the role it needs; `access.guarded` asks for it before the view runs,
and the view asks for the office. Every write leaves a line in the audit table.
"""
