from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _first_notices(sender, using, **kwargs):
    from services.child_files.actions.notices import ensure_first_notices

    if using == "default":
        ensure_first_notices()


class ChildFilesConfig(AppConfig):
    name = "services.child_files"
    label = "child_files"
    verbose_name = _("Files of children")

    def ready(self):
        from services.casework.registry import Papers, papers
        from services.child_files import (
            exporters,
            facts,
            figures,
            indicator_sources,
            notifications,  # noqa: F401
        )
        from services.child_files.actions.papers import note_harmful
        from services.child_files.queries.files import all_papers

        papers.register("child_files.childpaper", Papers(rows=all_papers, harmful=note_harmful))
        exporters.CHILDREN.register()
        facts.register()
        figures.register()
        indicator_sources.register()
        post_migrate.connect(_first_notices, sender=self)
