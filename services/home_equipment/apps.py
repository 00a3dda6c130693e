from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeEquipmentConfig(AppConfig):
    name = "services.home_equipment"
    label = "home_equipment"
    verbose_name = _("Equipment of homes")

    def ready(self):
        from services.casework.registry import Papers, papers
        from services.childrens_homes import registry
        from services.home_equipment import (
            exporters,
            notifications,  # noqa: F401
            told,
        )
        from services.home_equipment.actions import tasks
        from services.home_equipment.actions.photos import note_harmful
        from services.home_equipment.queries.keeping import all_photos

        registry.home_facts.register("home_equipment", told.facts)
        registry.home_panels.register("home_equipment", told.panel)
        registry.obstacles.register("home_equipment", told.obstacles)
        registry.shortfall_opened.register("home_equipment", tasks.open_task)
        registry.shortfall_closed.register("home_equipment", tasks.close_task)
        papers.register("home_equipment.photo", Papers(rows=all_photos, harmful=note_harmful))
        exporters.REGISTER.register()
        exporters.PROGRESS.register()
