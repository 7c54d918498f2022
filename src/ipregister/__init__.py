"""An intellectual-property register for a region: from an office's delivery to a public register with evidence.

The floors, from the ground up (each imports only from below; checked by import contracts):
`model`; then `exchange`, `quality`, `store`, `search`; then `capture`, `office`, `desk`;
then `intake`, `publication`, `watch`, `demonstration`; then `portal`; on top the doors `cli` and `web`.
"""

__version__ = "0.1.0"
