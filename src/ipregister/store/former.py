"""Former versions stand under the current one: what a record says now rules what may be seen of what it said before.

Every version that the register hands out carries the content it is judged by (`present`; `upcast.ruling` decodes it), so
that no door can give a former version by its own content alone.
"""

from collections.abc import Iterable

from ipregister.model.publicity import lies_in_content
from ipregister.store import bodies
from ipregister.store.rows import Present


def presents(alias: str, former: Iterable[tuple[str, str, str]]) -> dict[str, Present]:
    """The current contents of records by key, of those whose publicity lies in their content; for keys, offices and
    rights of former versions. The current versions of others are not read."""
    keys = {key for key, office, right in set(former) if lies_in_content(office, right)}
    found = bodies.current_bodies(alias, sorted(keys)) if keys else []
    return {one.key: Present(one.schema, one.body) for one in found}
