"""All forms of a name that are compared: as it looks, as it is spelled, as it is spoken, its sounds, its words."""

from msgspec import Struct

from ipregister.search.similarity import folding
from ipregister.search.similarity.romanise import spoken as reading
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.sounds import skeleton, sound_key, word_key
from ipregister.search.similarity.words import distinctive


class Forms(Struct, frozen=True, gc=False):
    """A name in its forms. `spoken` and `spelled` are words of a-z and 0-9; `sounds`, `bones` and `core` (the sounds
    without legal forms and common words of trade) have no spaces; `keys` are the sounds of the words."""

    name: str
    script: str
    folded: str
    look: str
    spoken: str
    spelled: str
    sounds: str
    bones: str
    core: str
    keys: str


def forms(name: str) -> Forms:
    """The forms of a name of any script."""
    folded = folding.folded(name)
    script = script_of(folded)
    plain = folding.unleeted(folded)
    spoken = reading.spoken(plain, script)
    sounds = sound_key(spoken)
    core = sound_key(distinctive(spoken, script)) if " " in spoken else sounds
    keys = " ".join([word_key(word) or word for word in spoken.split()])
    return Forms(name, script, folded, folding.look(folded), spoken, reading.spelled(plain), sounds,
                 skeleton(sounds), core, keys)  # fmt: skip


def has_letters(name: str) -> bool:
    """Whether a name has a letter or digit of any script: signs alone cannot be compared."""
    return any(sign.isalnum() for sign in name)
