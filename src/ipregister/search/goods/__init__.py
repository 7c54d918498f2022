"""Goods and services: which classes plain words belong to, which terms there are, how near two lists are.

`plain_words` holds words of our own in eight languages, `related` the classes that are of one trade; `terms` a list of
terms that the operator loads, `reader` what is learnt from it; `said` counts what published records say. `suggest`
puts these together, `likeness` compares two lists. No list of the classification is part of this package.
Imports only `model` and `search`. Public: `suggest.suggest`, `likeness.compare`, `terms`, `said`.
"""
