"""WIPO ST.37: authority files, which list every publication number that an office gave out.

`entry.Entry` is a line of one, `reader.read` takes XML or text, `writer.write` makes the XML form. The standard
speaks of patent documents; here the same form lists numbers of every right (`Entry.right` is not written).
"""
