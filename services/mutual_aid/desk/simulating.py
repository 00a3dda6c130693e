"""The rule simulator: a draft over last year's claims. Counts and sums, nobody's name, nobody's illness."""

from decimal import Decimal

from django.conf import settings
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from services.foundation import clock
from services.foundation.said import yuan
from services.mutual_aid import policies, queries
from services.mutual_aid.actions.simulating import run_simulation
from services.mutual_aid.desk.pages import KeeperForm, KeepsIt
from services.mutual_aid.forms.schemes import YearForm


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


class Simulate(KeepsIt, KeeperForm):
    """A year that is over is chosen; the runs of this draft stand below, the newest first."""

    page_title = _("What would change?")
    form_class = YearForm
    submit_label = _("Run it")
    template_name = "mutual_aid/desk/simulate.html"
    intro = _(
        "The draft is run over the claims decided in a year that is over. Claims stay as they were decided; what is "
        "kept are counts and sums."
    )

    def allowed(self):
        return policies.may_keep_scheme(self.request.user, self.scheme)

    @cached_property
    def years(self) -> list[int]:
        return queries.years_decided(self.scheme, clock.today().year)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"years": self.years}

    def get(self, request, *args, **kwargs):
        if self.draft is None or self.in_force is None:
            return redirect(super().get_success_url())
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        return self.request.path

    def act(self, form):
        found = run_simulation(
            self.draft or self.newest, year=form.cleaned_data["year"], by=self.request.user, now=clock.now()
        )
        return _("%(changed)s of %(claims)s claims would get another sum.") % {
            "changed": found.more + found.less,
            "claims": found.claims,
        }

    def get_context_data(self, **kwargs):
        runs = list(self.draft.simulations.select_related("made_by", "present")[:10]) if self.draft else []
        mark = queries.fingerprint(self.draft) if self.draft else ""
        shown = [
            {
                "run": run,
                "changed": run.more + run.less,
                "before": _yuan(run.before),
                "after": _yuan(run.after),
                "difference": _yuan(run.after - run.before),
                "places": [one | {name: yuan(one[name]) for name in ("before", "after")} for one in run.places],
                "current": run.fingerprint == mark,
                "told": run.claims >= settings.SMALL_CELL_THRESHOLD,
            }
            for run in runs
        ]
        return super().get_context_data(
            runs=shown, years=self.years, least=settings.SMALL_CELL_THRESHOLD, back=super().get_success_url(), **kwargs
        )
