"""`python -m ipregister.web`: the worker process of `serve`. Django is started before the worker is imported."""

import os
from importlib import import_module

from ipregister.web import bootstrap
from ipregister.web.options import read

if __name__ == "__main__":
    options = read(os.environ)
    bootstrap.setup(options)
    import_module("ipregister.web.worker").main(options)
