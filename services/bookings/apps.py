from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "services.bookings"
    label = "bookings"
    verbose_name = _("Bookings")

    def ready(self):
        from services.bookings import notifications  # noqa: F401  declares the messages
        from services.bookings.actions.leaving import give_up_on_departure
        from services.bookings.actions.one_woman import FOLLOWER
        from services.bookings.exporters import SCANS
        from services.workers.registry import departures, record_followers

        SCANS.register()
        departures.register("bookings", give_up_on_departure)
        record_followers.register("bookings", FOLLOWER)
