from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "services.figures"
    label = "figures"
    verbose_name = _("Figures")

    def ready(self):
        from services.figures import tasks  # noqa: F401 - the beat names them, so they must be known
        from services.figures.actions.watching import watch_tables
        from services.figures.registry import watch_the_tree

        watch_the_tree()
        post_migrate.connect(watch_tables, sender=self, dispatch_uid="figures.watch_tables")
