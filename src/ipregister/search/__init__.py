"""Search: one table of fields, one analyzer, one query tree, one index behind a protocol.

Imports only `model`. Public names: `fields.FIELDS`, `analyzer.Analyzer`, `query.parse`, `query.from_form`,
`tree.render`, `document.document`, `index.SearchIndex`, `index.TantivyIndex`.
"""
