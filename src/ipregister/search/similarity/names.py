"""All forms of a name that are compared: as it looks, as it is spelled, as it is spoken, its sounds, its words."""

from typing import NamedTuple

from ipregister.search.similarity import folding
from ipregister.search.similarity.romanise import spoken as reading
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.sounds import skeleton, sound_key


class Forms(NamedTuple):
    """A name in its forms. `spoken` and `spelled` are words of a-z and 0-9; `sounds` and `bones` have no spaces."""

    name: str
    script: str
    folded: str
    look: str
    spoken: str
    spelled: str
    sounds: str
    bones: str


def forms(name: str) -> Forms:
    """The forms of a name of any script."""
    folded = folding.folded(name)
    script = script_of(folded)
    plain = folding.unleeted(folded)
    spoken = reading.spoken(plain, script)
    sounds = sound_key(spoken)
    return Forms(name, script, folded, folding.look(folded), spoken, reading.spelled(plain), sounds,
                 skeleton(sounds))  # fmt: skip
