from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "services.coverage"
    label = "coverage"
    verbose_name = _("Women workers' organisations")

    def ready(self):
        from services.coverage import (
            figures,
            notifications,  # noqa: F401 - registers what it may say
        )
        from services.coverage.actions.standings import restate
        from services.organizations.registry import restated

        restated.register("coverage", restate)
        figures.register()
