from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "services.coverage"
    label = "coverage"
    verbose_name = _("Women workers' organisations")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.casework.registry import Papers, papers
        from services.coverage import (
            exporters,
            figures,
            importers,
            indicator_sources,
            notifications,  # noqa: F401
            return_exporters,
            return_notifications,  # noqa: F401
            then_exporters,
            told,
        )
        from services.coverage.actions.merging import absorb
        from services.coverage.actions.papers import note_harmful
        from services.coverage.actions.returns.follow_tree import follow as returns_follow
        from services.coverage.actions.standings import restate
        from services.coverage.queries.papers import all_papers
        from services.organizations.registry import absorbers, followers, known_of_a_year, restated

        importers.register()
        saved_lists.register("coverage_view:unions", _("Where unions stand, and whom to call"))
        saved_lists.register("coverage_view:changes", _("Who moved"))
        saved_lists.register("coverage_records:list", _("Unions and their records"))
        saved_lists.register("coverage_returns:list", _("Annual returns"))
        saved_lists.register("coverage_standard:assessments", _("Self-assessments"))
        restated.register("coverage", restate)
        papers.register("coverage.paper", Papers(rows=all_papers, harmful=note_harmful))
        absorbers.register("coverage", absorb)
        for listing in (exporters.COVERAGE, exporters.CALLS, exporters.CHANGES):
            listing.register()
        followers.register("coverage_returns", returns_follow)
        known_of_a_year.register("coverage_record", told.RECORD)
        known_of_a_year.register("organizations", told.REGISTER)
        return_exporters.RETURNS.register()
        then_exporters.THEN.register()
        figures.register()
        indicator_sources.register()
