"""`python -m ipregister.web serve`: what `ipregister serve` becomes; with `worker PID`, the worker of that process.

Django is started before anything that needs it is imported.
"""

import os
import sys
from importlib import import_module

from ipregister.web import bootstrap
from ipregister.web.options import read

if __name__ == "__main__":
    options = read(os.environ)
    bootstrap.setup(options)
    if sys.argv[1:] == ["serve"]:
        import_module("ipregister.web.serving").run(options)
    else:
        import_module("ipregister.web.worker").main(options, parent=int(sys.argv[2]))
