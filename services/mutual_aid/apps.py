from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    name = "services.mutual_aid"
    label = "mutual_aid"
    verbose_name = _("Mutual aid")

    def ready(self):
        from services.accounts.registry import saved_lists
        from services.casework.registry import Papers, papers
        from services.mutual_aid import claiming, exporters, figures, importers, told
        from services.mutual_aid.actions import forgetting
        from services.mutual_aid.actions.batch_papers import tell_of_harmful
        from services.mutual_aid.actions.follow_tree import follow
        from services.mutual_aid.actions.one_woman import FOLLOWER
        from services.mutual_aid.queries.joining import all_papers
        from services.organizations.registry import followers, known_of_a_year
        from services.privacy.registry import terms
        from services.workers.registry import record_followers

        followers.register("mutual_aid", follow)
        record_followers.register("mutual_aid", FOLLOWER)
        papers.register("mutual_aid.batchpaper", Papers(rows=all_papers, harmful=tell_of_harmful))
        terms.register("mutual_aid", forgetting.COVERS)
        terms.register("mutual_aid_paid", forgetting.PAID)
        importers.register()
        exporters.COVERS.register()
        saved_lists.register("mutual_aid_joining:covers", _("Covers"))
        figures.register()
        claiming.register()
        known_of_a_year.register("mutual_aid", told.JOINED)
        known_of_a_year.register("mutual_aid_claims", told.CLAIMED)
