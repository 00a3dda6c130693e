from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseworkConfig(AppConfig):
    name = "services.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.casework import exporters, figures, notifications  # noqa: F401  declares the messages
        from services.casework.actions.follow_tree import follow
        from services.casework.actions.harmful import tell_of_harmful
        from services.casework.actions.one_woman import FOLLOWER
        from services.casework.kept_work import PAPERS
        from services.casework.queries import own
        from services.casework.queries.documents import all_documents
        from services.casework.registry import Papers, papers
        from services.foundation.kept_work import kept_work
        from services.organizations.registry import followers
        from services.privacy.registry import HeldData, held_data
        from services.workers.registry import record_followers

        exporters.CASES.register()
        saved_lists.register("casework_desk:list", pgettext_lazy("the desk", "Cases"))
        figures.register()
        followers.register("casework", follow)
        record_followers.register("casework", FOLLOWER)
        kept_work.register("papers", PAPERS)
        papers.register("casework.document", Papers(rows=all_documents, harmful=tell_of_harmful))
        held_data.register(
            "casework", HeldData(title=_("Your applications"), kinds=own.kinds_held, subjects=own.subjects_held)
        )
