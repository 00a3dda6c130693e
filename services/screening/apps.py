from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    name = "services.screening"
    label = "screening"
    verbose_name = _("Screening")

    def ready(self):
        from services.bookings.registry import watchers
        from services.privacy.enums import Purpose
        from services.privacy.registry import WithdrawalEffect, withdrawal_effects
        from services.screening import figures
        from services.screening.actions import consenting
        from services.screening.actions.watching import ScreeningWatcher

        figures.register()
        watchers.register("screening", ScreeningWatcher())
        withdrawal_effects.register(
            "screening",
            WithdrawalEffect(
                purpose=Purpose.SCREENING, consequences=consenting.consequences, act=consenting.end_bookings
            ),
        )
