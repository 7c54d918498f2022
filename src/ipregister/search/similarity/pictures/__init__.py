"""Logo search: pictures that look alike, with the reason of every hit.

A picture becomes views (`normalise`, `views`): the whole mark freed of background, colour and polarity, the
inside of its frame, its parts. Each view has a cheap vector (`shapes`) and, once the worker has seen it, a
network vector (`network`) and letters (`letters`). `ranking` compares; `index` keeps them in the data folder.
"""
