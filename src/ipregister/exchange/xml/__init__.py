"""XML records: one slice parsed alone and hardened, mended where bytes are wrong, walked with positions.

`slices.parse` -> an lxml tree; `sheet.Sheet` collects values, evidence, findings; `rules` are the shapes
by which a reader's tables say where each element's text goes.
"""
