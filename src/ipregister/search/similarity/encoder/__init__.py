"""The trained reader of names: one vector a name, near for names that are spoken alike in any script.

`characters` makes numbers of a name, `network` computes the vector with numpy alone, `trained` of the folder above finds the file.
Everything works without the file: `trained.encoder()` gives None then.
"""
