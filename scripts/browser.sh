#!/bin/sh
# Makes sure that Chromium and a Chinese font are there. Installs Debian's when it may, else says how and fails.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
if ! { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }; then
    missing="$missing fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$( [ "${missing#chromium}" = "$missing" ] || printf ' ')$missing for the journeys in a real browser"
    apt-get update -qq
    # shellcheck disable=SC2086 -- a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
else
    echo "The tests walk the product in a real browser. As root: apt-get install $missing" >&2
    exit 1
fi
