"""The sign-in log: who came in or failed to, when, by which way."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from services.accounts import policies, queries
from services.accounts.exporters import SIGN_INS
from services.accounts.forms import SignInFilters
from services.accounts.models import SignInEvent
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column


class SignInLog(DeskListView):
    model = SignInEvent
    page_title = _("Sign-in log")
    verbose_name_plural = _("sign-ins")
    header_icon = "history"
    index_url_name = "wagtailusers_users:sign_ins"
    index_results_url_name = "wagtailusers_users:sign_ins_results"
    default_ordering = "-at"
    filterset_class = SignInFilters
    columns = [
        DateColumn("at", label=_("At"), sort_key="at"),
        Column("who", label=_("Account"), accessor="who"),
        Column("way", label=_("Way"), accessor="get_way_display"),
        Column("outcome", label=_("Outcome"), accessor="get_outcome_display"),
    ]
    listing = SIGN_INS.code

    def allowed(self):
        return policies.may_read_sign_ins(self.request.user)

    def rows(self, user):
        return queries.sign_ins_within_reach(user, roles=policies.READERS)
