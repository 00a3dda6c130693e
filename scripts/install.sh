#!/bin/sh
# Installs one lock file into the environment: with uv where it is on the PATH, else with the environment's own pip.
set -eu
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    uv pip install --quiet --python "$VENV/bin/python" -r "$1"
else
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r "$1"
fi
