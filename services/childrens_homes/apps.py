from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChildrensHomesConfig(AppConfig):
    name = "services.childrens_homes"
    label = "childrens_homes"
    verbose_name = _("Homes for left-behind children")

    def ready(self):
        from services.casework.registry import Papers, papers
        from services.childrens_homes import (
            exporters,
            importers,
            indicator_sources,
            notifications,  # noqa: F401
            told,
        )
        from services.childrens_homes.actions.follow_tree import follow
        from services.childrens_homes.actions.papers import note_harmful
        from services.childrens_homes.queries.papers import all_papers
        from services.childrens_homes.registry import home_facts
        from services.organizations.registry import followers

        home_facts.register("childrens_homes", told.facts)
        papers.register("childrens_homes.paper", Papers(rows=all_papers, harmful=note_harmful))
        followers.register("childrens_homes", follow)
        importers.register()
        indicator_sources.register()
        for one in exporters.LISTS:
            one.register()
