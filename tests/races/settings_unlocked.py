"""The settings of server processes with the lock switched off, for the negative control."""

from tests.races.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.races.unlocked.Unlocked"]  # noqa: F405
