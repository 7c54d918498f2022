"""What the register gives away: release switches, bulk publications, the log that proves them, copies, withholding.

May import `model`, `exchange`, `quality`, `store`, `search`, `capture`. Public names: `release.Release`,
`released.released`, `log.Log`, `bulk.publish`, `verify.verify`, `withholding.withhold`.
"""
