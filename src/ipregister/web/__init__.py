"""The web door: settings read once, wired, and served. The top floor, beside `cli.py`.

`options` holds the typed settings, `settings` makes Django's from them, `bootstrap` starts Django and makes
the data folder, `serving` runs the web processes and the worker. Only this folder and `cli.py` read
`os.environ` and `django.conf.settings`.
"""
