from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "services.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self):
        from services.casework import exporters, figures, notifications  # noqa: F401  declares the messages
        from services.casework.actions.follow_tree import follow
        from services.casework.actions.harmful import tell_of_harmful
        from services.casework.queries import own
        from services.casework.queries.documents import all_documents
        from services.casework.registry import Papers, papers
        from services.organizations.registry import followers
        from services.privacy.registry import HeldData, held_data

        exporters.CASES.register()
        figures.register()
        followers.register("casework", follow)
        papers.register("casework.document", Papers(rows=all_documents, harmful=tell_of_harmful))
        held_data.register(
            "casework", HeldData(title=_("Your applications"), kinds=own.kinds_held, subjects=own.subjects_held)
        )
