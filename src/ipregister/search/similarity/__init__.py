"""Names that are alike however they are written, spoken or divided, in any script.

`names.forms` makes the forms of a name; `shelf` holds the forms of all names of the register in files that
processes share; `candidates` compares a query with all of them cheaply; `features` and `ranking` compare the best
of those closely; `reasons` says why. `trained` holds the weights. Public: `search.similar_names`, `ranking.VERSION`,
`shelf`. Pictures are in `pictures`.
Imports only `model` and third-party packages. Runs without the trained weights, and then ranks by set weights.
"""
