#!/bin/sh
# Looks for what the set-up needs and prints the Python to use. Says what is missing and how to install it.
#   scripts/preflight.sh            prints the path of a usable Python on stdout, or exits 1
# PYTHON=... names one to use.
set -u

suitable() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

chosen=""
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if suitable "$candidate"; then
        chosen=$(command -v "$candidate")
        break
    fi
done

missing=""
if [ -z "$chosen" ]; then
    found=$(python3 --version 2>/dev/null || echo "none")
    echo "ipregister needs Python 3.11, 3.12 or 3.13 (found: ${PYTHON:+$PYTHON, }$found)." >&2
    missing="$missing python3"
    chosen=python3
elif ! "$chosen" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version is here, but not its module venv." >&2
    missing="$missing python3-venv"
    [ "$chosen" = "$(command -v python3)" ] || missing="$missing python$version-venv"
fi
command -v git >/dev/null 2>&1 || {
    echo "git is missing." >&2
    missing="$missing git"
}

if [ -n "$missing" ]; then
    echo "Missing:$missing" >&2
    if command -v apt-get >/dev/null 2>&1; then
        echo "Install on Debian or Ubuntu:  sudo apt-get install$missing" >&2
    else
        echo "Install them with the package manager of your system, then run make again." >&2
    fi
    exit 1
fi
echo "$chosen"
