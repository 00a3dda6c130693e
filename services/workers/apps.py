from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    name = "services.workers"
    label = "workers"
    verbose_name = _("Workers")

    def ready(self):
        from services.organizations.registry import absorbers, dividers, known_of_a_year, occupants
        from services.privacy.registry import HeldData, held_data, terms
        from services.workers import (
            exporters,
            importers,
            notifications,  # noqa: F401
            queries,
            told,
        )
        from services.workers.actions.forgetting import TERM
        from services.workers.actions.merging import absorb
        from services.workers.actions.one_woman import FOLLOWER
        from services.workers.actions.splitting import BY_POST
        from services.workers.registry import record_followers

        importers.register()
        exporters.WORKERS.register()
        occupants.register("workers", queries.at_work_by_union)
        known_of_a_year.register("workers", told.ROSTER)
        absorbers.register("workers", absorb)
        dividers.register("workers", BY_POST)
        record_followers.register("workers", FOLLOWER)
        terms.register("workers", TERM)
        held_data.register(
            "workers", HeldData(title=_("Your record"), kinds=queries.kinds_held, subjects=queries.subjects_held)
        )
