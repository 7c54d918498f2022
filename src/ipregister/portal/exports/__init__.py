"""Whole result sets as files: asked for on a page, made by the worker, fetched by who asked, deleted after a day.

`asking` keeps a request in a folder of its own, named by a random id: the queue of the worker and the log of the
server know the id alone. `walking` reads the hits page by page, `writing` makes the file, `making` does both and can
be taken up again after a crash. Public: `pages`, `making.make`, `asking.discard_old`, `walking.walk`, `writing`.
"""
