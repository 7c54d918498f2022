"""The belt in: opens deliveries, reads and checks them, stores them, and lets the index follow.

May import `model`, the four specialists (`exchange`, `quality`, `store`, `search`) and `capture`.
Public names: `loading.load`, `checking.check`, `rereading.reload`, `rereading.retry`, `inbox.watch`,
`indexer.follow`.
"""
