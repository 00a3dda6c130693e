"""Several returns at once: accept those that have come, remind the units whose haven't."""

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions import returns as actions
from services.coverage.desk.returns.pages import LIST, ReturnsPage, desk_url
from services.coverage.enums import NOT_HANDED_IN, ReturnState
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.coverage.return_exporters import returns_matching
from services.foundation.desk_many import ManyAtOnce


class ManyReturns(ReturnsPage, ManyAtOnce):
    """Ticked returns, or all that match the list's filters."""

    parameter = "return"
    cells_template = "coverage/desk/returns/_many_cells.html"
    headings = (
        gettext_lazy("Union"),
        gettext_lazy("Level"),
        gettext_lazy("State"),
        gettext_lazy("Explained by a word"),
        gettext_lazy("Returns below"),
    )
    nothing_ticked = gettext_lazy("Tick at least one return in the list.")
    too_old = gettext_lazy("This preview is too old. Choose the returns once more.")
    out_of_reach = gettext_lazy("A return isn't within your reach any more and was left as it is.")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url(), "label": LIST},
            {"url": "", "label": self.get_page_title()},
        ]

    def list_url(self):
        return desk_url("list")

    def reach(self):
        return queries.returns_listed(self.request.user).annotate(token=F("pk")).order_by("-pk")

    def chosen(self):
        """What isn't the key of a row is passed over."""
        post = self.request.POST.copy()
        post.setlist(
            self.parameter,
            [one for one in post.getlist(self.parameter) if one.isascii() and one.isdigit() and len(one) < 19][:300],
        )
        self.request.POST = post
        return super().chosen()

    def matching(self, parameters):
        return returns_matching(self.request.user, parameters).order_by("-pk")

    def stamp(self, row):
        return str(row.changes)


class AcceptMany(ManyReturns):
    page_title = gettext_lazy("Accept annual returns")
    button = gettext_lazy("Accept these returns")
    will = gettext_lazy("Will be accepted and counted.")
    happened = gettext_lazy("Accepted.")
    before = gettext_lazy("Nothing: it was accepted before.")

    def verdict(self, row: AnnualReturn) -> str:
        if row.state != ReturnState.SUBMITTED:
            return _("Nothing: it is “%(state)s”.") % {"state": row.get_state_display()}
        allowed = policies.may_decide(self.request.user, row)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, row, stamp, form):
        if row.state in (ReturnState.ACCEPTED, ReturnState.LOCKED):
            return False
        actions.accept(row, by=self.request.user, now=self.now, seen=int(stamp))
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s return was accepted.", "%(count)s returns were accepted.", count) % {
                "count": count
            }
        return ngettext("%(count)s return will be accepted.", "%(count)s returns will be accepted.", count) % {
            "count": count
        }


class RemindMany(ManyReturns):
    page_title = gettext_lazy("Remind of annual returns")
    button = gettext_lazy("Remind these units")
    will = gettext_lazy("Its officers will be reminded, and the reminder goes on record.")
    happened = gettext_lazy("Reminded.")
    before = gettext_lazy("Nothing: reminded today already.")

    def prepare(self, rows):
        self.officers = actions.officers_of(rows, on=localdate(self.now))

    def verdict(self, row: AnnualReturn) -> str:
        if row.state not in NOT_HANDED_IN:
            return _("Nothing: it is “%(state)s”.") % {"state": row.get_state_display()}
        if row.organization_id not in self.officers:
            return errors.NobodyToRemind(union=row.organization.name).message(staff=True)
        allowed = policies.may_remind(self.request.user, row)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, row, stamp, form):
        actions.remind(row, by=self.request.user, now=self.now)
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s unit was reminded.", "%(count)s units were reminded.", count) % {"count": count}
        return ngettext("%(count)s unit will be reminded.", "%(count)s units will be reminded.", count) % {
            "count": count
        }
