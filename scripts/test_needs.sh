#!/bin/sh
# What `make test` needs beside Python: a PostgreSQL server, Chromium, fonts of the region's scripts.
# Installs what is missing where that is allowed (root, or sudo without a password); else says what to install.
set -u

has_postgresql() {
    for program in /usr/lib/postgresql/*/bin/initdb /usr/local/pgsql/bin/initdb \
        "${IPREGISTER_TEST_POSTGRESQL:-/nonexistent}/initdb"; do
        [ -x "$program" ] && return 0
    done
    command -v initdb >/dev/null 2>&1
}

has_chromium() {
    for program in "${IPREGISTER_TEST_CHROMIUM:-/nonexistent}" chromium chromium-browser google-chrome; do
        command -v "$program" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_fonts() {
    command -v fc-list >/dev/null 2>&1 || return 1
    for language in lo km th my; do
        [ -n "$(fc-list ":lang=$language" family)" ] || return 1
    done
}

missing=""
has_postgresql || missing="$missing postgresql"
has_chromium || missing="$missing chromium"
has_fonts || missing="$missing fontconfig fonts-noto-core"
[ -z "$missing" ] && exit 0

privileged=""
if [ "$(id -u)" -eq 0 ]; then
    privileged="env"
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    privileged="sudo -n env"
fi
if command -v apt-get >/dev/null 2>&1 && [ -n "$privileged" ]; then
    echo "installing what the tests need:$missing"
    $privileged DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null
    # shellcheck disable=SC2086
    $privileged DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing </dev/null >/dev/null
fi

still=""
has_postgresql || still="$still postgresql"
has_chromium || still="$still chromium"
has_fonts || still="$still fonts-noto-core"
[ -z "$still" ] && exit 0
echo "The tests need what is not here:$still" >&2
echo "On Debian:  sudo apt-get install$still" >&2
echo "On Ubuntu, where chromium comes as a snap: install any Chromium or Chrome and name its program in" >&2
echo "IPREGISTER_TEST_CHROMIUM; a PostgreSQL elsewhere is named by its folder of programs in IPREGISTER_TEST_POSTGRESQL." >&2
exit 1
