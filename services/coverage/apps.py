from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "services.coverage"
    label = "coverage"
    verbose_name = _("Women workers' organisations")

    def ready(self):
        from services.coverage import exporters, importers, notifications  # noqa: F401
        from services.coverage.actions.standings import restate
        from services.organizations.registry import restated

        importers.register()
        restated.register("coverage", restate)
        exporters.COVERAGE.register()
