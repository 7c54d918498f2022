"""The WSGI application that granian or gunicorn runs: `ipregister.web.wsgi:application`."""

import os

from ipregister.web import bootstrap
from ipregister.web.options import read

application = bootstrap.application(read(os.environ))
"""Made from `IPREGISTER_*`."""
