from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReliefConfig(AppConfig):
    name = "services.relief"
    label = "relief"
    verbose_name = _("Hardship relief")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.casework.registry import benefits_given, reminders, services
        from services.organizations.registry import followers, known_of_a_year
        from services.payments.registry import watchers
        from services.privacy.enums import Purpose
        from services.privacy.registry import HeldData, WithdrawalEffect, held_data, terms, withdrawal_effects
        from services.relief import (
            exporters,
            figures,
            importers,
            notifications,  # noqa: F401
            told,
        )
        from services.relief.actions import consenting, forgetting
        from services.relief.actions.follow_tree import follow
        from services.relief.actions.one_woman import FOLLOWER
        from services.relief.case_service import ReliefService
        from services.relief.payment_watcher import ReliefPayments
        from services.relief.queries import held, overlaps, reminding
        from services.workers.registry import record_followers

        services.register(ReliefService.code, ReliefService())
        benefits_given.register(ReliefService.code, overlaps.benefits_given)
        reminders.register(ReliefService.code, reminding.IllnessRelieved())
        watchers.register(ReliefService.code, ReliefPayments())
        importers.register()
        exporters.FILES.register()
        saved_lists.register("relief_desk:files", _("Hardship files"))
        exporters.AWARDS.register()
        figures.register()
        followers.register("relief", follow)
        record_followers.register("relief", FOLLOWER)
        known_of_a_year.register("relief", told.ON_FILE)
        terms.register("relief_nothing", forgetting.NOTHING)
        terms.register("relief_paid", forgetting.PAID)
        withdrawal_effects.register(
            "relief", WithdrawalEffect(Purpose.RELIEF, consenting.consequences, consenting.end_all)
        )
        held_data.register(
            "relief",
            HeldData(title=_("Your hardship file"), kinds=held.kinds_held, subjects=held.subjects_held),
        )
