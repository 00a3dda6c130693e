#!/usr/bin/env python
"""Command-line entry point. Without DJANGO_SETTINGS_MODULE it runs the demo settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
