from django.apps import AppConfig
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    name = "services.screening"
    label = "screening"
    verbose_name = _("Screening")

    def ready(self):
        from services.bookings.registry import SiteLink, site_links, watchers
        from services.organizations.registry import known_of_a_year
        from services.privacy.enums import Purpose
        from services.privacy.registry import HeldData, WithdrawalEffect, held_data, terms, withdrawal_effects
        from services.screening import (  # noqa: F401  declares the messages
            exporters,
            figures,
            notifications,
            told,
            waiting_exporters,
        )
        from services.screening.actions import consenting, following, forgetting
        from services.screening.actions.one_woman import FOLLOWER
        from services.screening.actions.watching import ScreeningWatcher
        from services.screening.queries import results
        from services.workers.registry import record_followers

        figures.register()
        record_followers.register("screening", FOLLOWER)
        known_of_a_year.register("screening", told.SCREENED)
        exporters.BOOKINGS.register()
        waiting_exporters.WAITING.register()
        waiting_exporters.CHANGES.register()
        watchers.register("screening", ScreeningWatcher())
        site_links.register(
            "screening",
            SiteLink(
                url=reverse_lazy("screening_clinic:days"),
                title=_("After the examination"),
                line=_("Who came, results, women to call back"),
            ),
        )
        terms.register("screening", forgetting.TERM)
        withdrawal_effects.register(
            "screening",
            WithdrawalEffect(
                purpose=Purpose.SCREENING, consequences=consenting.consequences, act=consenting.end_bookings
            ),
        )
        withdrawal_effects.register(
            "screening_results",
            WithdrawalEffect(
                purpose=Purpose.SCREENING,
                consequences=consenting.consequences_for_results,
                act=following.stop_for_withdrawal,
            ),
        )
        withdrawal_effects.register(
            "screening_follow_up",
            WithdrawalEffect(
                purpose=Purpose.FOLLOW_UP,
                consequences=consenting.consequences_for_help,
                act=consenting.nothing_to_undo,
            ),
        )
        held_data.register(
            "screening",
            HeldData(title=_("Your screenings"), kinds=results.kinds_held, subjects=results.subjects_of),
        )
