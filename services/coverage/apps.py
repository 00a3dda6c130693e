from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "services.coverage"
    label = "coverage"
    verbose_name = _("Women workers' organisations")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.coverage import exporters, figures, notifications  # noqa: F401
        from services.coverage.actions.merging import absorb
        from services.coverage.actions.standings import restate
        from services.organizations.registry import absorbers, restated

        saved_lists.register("coverage_view:unions", _("Where unions stand, and whom to call"))
        saved_lists.register("coverage_view:changes", _("Who moved"))
        restated.register("coverage", restate)
        absorbers.register("coverage", absorb)
        exporters.COVERAGE.register()
        figures.register()
