from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeInspectionsConfig(AppConfig):
    name = "services.home_inspections"
    label = "home_inspections"
    verbose_name = _("Inspections of homes")

    def ready(self):
        from services.casework.registry import Papers, papers
        from services.childrens_homes.registry import home_facts, home_panels, obstacles
        from services.home_inspections import (
            exporters,
            notifications,  # noqa: F401
            told,
        )
        from services.home_inspections.actions.photos import note_harmful
        from services.home_inspections.models import Photo

        for one in exporters.LISTS:
            one.register()
        papers.register("home_inspections.photo", Papers(rows=lambda: told.all_photos(Photo), harmful=note_harmful))
        home_panels.register("home_inspections", told.panel)
        home_facts.register("home_inspections", told.facts)
        obstacles.register("home_inspections", told.obstacles)
