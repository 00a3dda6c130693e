from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "services.figures"
    label = "figures"
    verbose_name = _("Figures")

    def ready(self):
        from services.figures import tasks  # noqa: F401 - the beat names them, so they must be known
        from services.figures.actions.watching import lift_triggers, watch_tables
        from services.figures.registry import watch_the_tree
        from services.organizations.models import Organization

        watch_the_tree(Organization.steplen)
        pre_migrate.connect(lift_triggers, sender=self, dispatch_uid="figures.lift_triggers")
        post_migrate.connect(watch_tables, sender=self, dispatch_uid="figures.watch_tables")
