"""What women thought of it, as far as that tells on nobody."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services.foundation import clock
from services.signups.desk.pages import ManagerPage
from services.signups.enums import Score
from services.signups.models import EvaluationSheet
from services.signups.queries.evaluation import results_of


class EvaluationPage(ManagerPage, TemplateView):
    template_name = "signups/desk/evaluation.html"
    page_title = gettext_lazy("Evaluation")

    def get_context_data(self, **kwargs):
        results = results_of(self.activity, now=clock.now())
        labels = {True: _("yes"), False: _("no")} | {int(score): str(score.label) for score in Score}
        shown = [
            {
                "title": str(EvaluationSheet._meta.get_field(name).verbose_name),
                "mean": one.mean,
                "rows": [(labels[option], number) for option, number in one.counts.items()],
            }
            for name, one in results.tallies.items()
        ]
        return super().get_context_data(results=results, tallies=shown, fewest=settings.SMALL_CELL_THRESHOLD, **kwargs)
