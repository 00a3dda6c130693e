from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignupsConfig(AppConfig):
    name = "services.signups"
    label = "signups"
    verbose_name = _("Activities and training")

    def ready(self):
        from services.bookings.registry import watchers
        from services.organizations.registry import known_of_a_year
        from services.privacy.registry import HeldData, held_data
        from services.signups import (  # noqa: F401  declares the messages
            exporters,
            figures,
            notifications,
            told,
            waiting_exporters,
        )
        from services.signups.actions.one_woman import FOLLOWER
        from services.signups.actions.watching import SignupsWatcher
        from services.signups.importers import ATTENDANCE
        from services.signups.queries import held
        from services.workers.registry import record_followers

        figures.register()
        ATTENDANCE.register()
        for one in (*exporters.LISTS, waiting_exporters.WAITING):
            one.register()
        watchers.register("signups", SignupsWatcher())
        record_followers.register("signups", FOLLOWER)
        known_of_a_year.register("signups", told.HELD)
        held_data.register(
            "signups",
            HeldData(title=_("Activities and training"), kinds=held.kinds_held, subjects=held.subjects_of),
        )
