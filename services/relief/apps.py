from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReliefConfig(AppConfig):
    name = "services.relief"
    label = "relief"
    verbose_name = _("Hardship relief")

    def ready(self):
        from services.casework.registry import services
        from services.organizations.registry import followers, known_of_a_year
        from services.payments.registry import watchers
        from services.privacy.enums import Purpose
        from services.privacy.registry import HeldData, WithdrawalEffect, held_data, withdrawal_effects
        from services.relief import (
            exporters,
            figures,
            importers,
            notifications,  # noqa: F401
            told,
        )
        from services.relief.actions import consenting
        from services.relief.actions.follow_tree import follow
        from services.relief.case_service import ReliefService
        from services.relief.payment_watcher import ReliefPayments
        from services.relief.queries import held

        services.register(ReliefService.code, ReliefService())
        watchers.register(ReliefService.code, ReliefPayments())
        importers.register()
        exporters.FILES.register()
        exporters.AWARDS.register()
        figures.register()
        followers.register("relief", follow)
        known_of_a_year.register("relief", told.ON_FILE)
        withdrawal_effects.register(
            "relief", WithdrawalEffect(Purpose.RELIEF, consenting.consequences, consenting.end_all)
        )
        held_data.register(
            "relief",
            HeldData(title=_("Your hardship file"), kinds=held.kinds_held, subjects=held.subjects_held),
        )
