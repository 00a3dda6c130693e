from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "services.payments"
    label = "payments"
    verbose_name = _("Payments")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.organizations.registry import followers
        from services.payments import exporters, figures, notifications  # noqa: F401  declares the messages
        from services.payments.actions.follow_tree import follow
        from services.payments.actions.one_woman import FOLLOWER
        from services.payments.queries import hers
        from services.privacy.registry import HeldData, held_data
        from services.workers.registry import record_followers

        exporters.PAYABLES.register()
        saved_lists.register("payments_desk:payables", _("Payables"))
        figures.register()
        followers.register("payments", follow)
        record_followers.register("payments", FOLLOWER)
        held_data.register(
            "payments", HeldData(title=_("Your payments"), kinds=hers.kinds_held, subjects=hers.subjects_of)
        )
