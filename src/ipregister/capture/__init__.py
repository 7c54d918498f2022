"""What arrives: an office's delivery is opened, cut into raw records, and read by the reader of its feed.

`delivery.open_delivery` opens a zip, a folder or a file; `readers.read` reads one slice of it; `kept`
finds a slice or an attachment again in the container that is kept. May import `model` and `exchange`.
"""
