"""Production's settings, but that invented people are people: for rehearsals alone.

``check --deploy`` refuses this (portal.E004), so it can't be put into production by mistake.
"""

from portal.settings.production import *  # noqa: F403

ALLOW_INVENTED_IDENTITIES = True
