"""Makes what the pages work with out of the options."""

from django.conf import settings

import ipregister
from ipregister.portal.site import Site
from ipregister.search.index import TantivyIndex
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking
from ipregister.store.register import Register
from ipregister.watch.sending import Sender
from ipregister.web.options import Options

_made: list[tuple[Options, Site]] = []


def site_of(options: Options) -> Site:
    """The site of an installation."""
    return Site(
        register=Register(packs=options.path("packs")),
        index=TantivyIndex(options.path("index")),
        data=options.data,
        role=options.role,
        public_address=options.public_address,
        upload_limit=options.upload_limit_mb << 20,
        behind_proxy=options.behind_proxy,
        version=ipregister.__version__,
        contact=options.mail_from,
        sender=Sender(options.secret_key(), options.allow_private_hosts),
        quotas=(options.anonymous_per_minute, options.key_per_minute),
        names=NameShelf(options.path("names"), encoder(), ranking()),
    )


def site() -> Site:
    """The site of this process; made once for its options."""
    options: Options = settings.OPTIONS
    if not _made or _made[0][0] is not options:
        _made[:] = [(options, site_of(options))]
    return _made[0][1]
