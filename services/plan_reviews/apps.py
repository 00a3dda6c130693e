from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanReviewsConfig(AppConfig):
    name = "services.plan_reviews"
    label = "plan_reviews"
    verbose_name = _("Evaluation of the plans")

    def ready(self):
        from services.indicators.registry import locked, recounted, relied_on
        from services.plan_reviews import exporters
        from services.plan_reviews.actions import issues
        from services.plan_reviews.queries.plans import has_target

        for one in exporters.LISTS:
            one.register()
        locked.register("plan_reviews", issues.follow_lock)
        recounted.register("plan_reviews", issues.follow_recount)
        relied_on.register("plan_reviews", has_target)
