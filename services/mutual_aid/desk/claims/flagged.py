"""Claims that were marked because something was learnt of the cover after the decision: somebody looks again (D15)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.mutual_aid.actions.correcting import decision_stands
from services.mutual_aid.desk.claims.one import OneClaim
from services.mutual_aid.forms.adjudicating import StandsForm
from services.mutual_aid.forms.claim_filters import FlaggedFilters
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import case_page
from services.mutual_aid.queries.claims import flagged_claims


class FlaggedList(DeskListView):
    model = Claim
    index_url_name = "claims_desk:flagged"
    index_results_url_name = "claims_desk:flagged_results"
    page_title = gettext_lazy("To be looked at again")
    header_icon = "warning"
    filterset_class = FlaggedFilters
    default_ordering = ("-decided_on", "-pk")
    is_searchable = False
    list_export = ()

    def allowed(self):
        return policies.may_read_flagged(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("case.number", label=_("Case"), get_url=lambda one: case_page(one.case)),
            Column("case.worker.masked_name", label=_("Woman")),
            Column("case.organization.name", label=_("Union")),
            Column("scheme.name", label=_("Scheme")),
            StatusTagColumn("case.get_stage_display", label=_("Stage")),
            DayColumn("decided_on", label=_("Decided on")),
            Column("flagged", label=_("Because")),
        ]

    def rows(self, user):
        return flagged_claims(user, policies.ADJUDICATORS)


class LookAgain(OneClaim, DeskFormView):
    page_title = gettext_lazy("The decision stands")
    submit_label = gettext_lazy("I have looked: it stands")
    form_class = StandsForm
    intro = gettext_lazy(
        "If it doesn't stand, don't confirm this: a closed case is reopened on its page, and a refused one when she "
        "asks for another look."
    )

    def allowed(self):
        return policies.may_look_again(self.request.user, self.claim)

    def act(self, form):
        decision_stands(self.claim, **self.stamp())
        return _("Noted: the decision stands.")

    def get_success_url(self):
        return reverse("claims_desk:flagged") if self.request.method == "POST" else case_page(self.claim.case)
