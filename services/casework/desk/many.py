"""Several cases at once: take in hand, hand over, pass a step, approve. Each is judged, and answered, by itself."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.casework import errors, policies, queries, wording
from services.casework.actions import handling, verbs
from services.casework.desk.lists import stage_words, titles_of
from services.casework.desk.pages import LIST, CaseworkPage, desk_url
from services.casework.enums import WAITING_ON_STAFF, Verb
from services.casework.exporters import cases_matching
from services.casework.forms.desk import HandOverForm, NoteForm
from services.casework.forms.filters import ALL
from services.casework.models import Case
from services.casework.queries.parties import read_parties
from services.casework.queries.timeline import move_from
from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_many import ManyAtOnce


class ManyCases(CaseworkPage, ManyAtOnce):
    """Ticked cases, or all that match the list's filters; all of them hers to see."""

    parameter = "case"
    form_class = NoteForm
    cells_template = "casework/desk/_many_cells.html"
    headings = (
        gettext_lazy("Number"),
        gettext_lazy("Applied for"),
        pgettext_lazy("person", "Name"),
        gettext_lazy("Union"),
        gettext_lazy("Stage"),
    )
    # Whether what each would be paid stands beside it.
    shows_sums = False
    nothing_ticked = gettext_lazy("Tick at least one case in the list.")
    too_old = gettext_lazy("This preview is too old. Choose the cases once more.")
    out_of_reach = gettext_lazy("A case isn't within your reach any more and was left as it is.")

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": self.list_url(), "label": LIST}, here]

    def list_url(self):
        return desk_url("list")

    def reach(self):
        return _whole(queries.listed(self.request.user, ALL, today=clock.today()))

    def matching(self, parameters):
        return _whole(cases_matching(self.request.user, parameters))

    def stamp(self, row):
        return f"{row.version}:{row.handler_id or 0}"

    def unchanged(self, row, stamp: str) -> None:
        """Raise ``ChangedMeanwhile`` unless the case is as the preview saw it."""
        if self.stamp(row) != stamp:
            raise errors.ChangedMeanwhile(what=row.get_stage_display())

    def prepare(self, rows):
        read_parties(rows)
        titles, sums = titles_of(rows), self.sums_of(rows) if self.shows_sums else {}
        for row in rows:
            row.title, row.sum = titles.get(row.pk, ""), sums.get(row.pk)

    def sums_of(self, rows) -> dict:
        """By key; what is sealed from her is left out."""
        found = {}
        for code in {row.service for row in rows}:
            if code in services:
                of_service = [row for row in rows if row.service == code]
                found |= services[code].sums(of_service, viewer=self.request.user)
        return found

    def by(self, form) -> dict:
        return {"by": self.request.user, "now": self.now, "note": form.cleaned_data.get("note", "")}


class ClaimMany(ManyCases):
    page_title = gettext_lazy("Take in hand")
    button = gettext_lazy("Take these cases in hand")
    will = gettext_lazy("Will be in your hands.")
    happened = gettext_lazy("In your hands.")
    before = gettext_lazy("Nothing: it was in your hands already.")

    def verdict(self, case: Case) -> str:
        if case.stage not in WAITING_ON_STAFF:
            return _("Nothing: it is “%(state)s”.") % {"state": case.get_stage_display()}
        if case.handler_id == self.request.user.pk:
            return str(self.before)
        if case.handler_id is not None:
            return _("Nothing: %(who)s has it in hand.") % {"who": case.handler.full_name}
        allowed = policies.may_handle(self.request.user, case)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, case, stamp, form):
        self.unchanged(case, stamp)
        handling.claim(case, by=self.request.user, now=self.now)
        return True

    def sentence(self, count, done):
        if done:
            return ngettext(
                "%(count)s case is in your hands.", "%(count)s cases are in your hands.", count
            ) % {"count": count}  # fmt: skip
        return ngettext(
            "%(count)s case will be in your hands.", "%(count)s cases will be in your hands.", count
        ) % {"count": count}  # fmt: skip


class HandOverMany(ManyCases):
    page_title = gettext_lazy("Hand over")
    button = gettext_lazy("Hand these cases over")
    will = gettext_lazy("Will be handed over; your colleague is told.")
    happened = gettext_lazy("Handed over.")

    def make_form(self, rows, data=None):
        """Offers whoever could take one of the cases; who can't take another reads so beside it."""
        desks = {row.desk_path for row in rows if row.desk_path}
        people = queries.colleagues(desks, but=[self.request.user.pk], on=clock.today())
        return HandOverForm(data, colleagues=people)

    def verdict(self, case: Case) -> str:
        if case.stage not in WAITING_ON_STAFF:
            return _("Nothing: it is “%(state)s”.") % {"state": case.get_stage_display()}
        allowed = policies.may_take_over(self.request.user, case)
        return "" if allowed else _("Nothing: %(why)s") % {"why": allowed.reason}

    def act(self, case, stamp, form):
        self.unchanged(case, stamp)
        handling.hand_over(case, to=form.cleaned_data["to"], **self.by(form))
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s case was handed over.", "%(count)s cases were handed over.", count) % {
                "count": count
            }
        return ngettext("%(count)s case will be handed over.", "%(count)s cases will be handed over.", count) % {
            "count": count
        }


class MoveMany(ManyCases):
    """One verb for all. What stands in the way of one is said beside it, before anything happens and again after."""

    verb = ""

    def verdict(self, case: Case) -> str:
        if not queries.offers(case, self.verb):
            return _("Nothing: it is “%(state)s”.") % {"state": stage_words(case)}
        allowed = policies.may_move(self.request.user, case, self.verb)
        if not allowed:
            return _("Nothing: %(why)s") % {"why": allowed.reason}
        return self.obstacles(case)

    def unchanged(self, row, stamp: str) -> None:
        """Raise ``DoneBefore`` when this very thing was done since the preview, ``ChangedMeanwhile`` for any other."""
        version = int(stamp.partition(":")[0])
        done = move_from(row, version) if version != row.version else None
        if done is not None and done.verb == self.verb:
            raise errors.DoneBefore(**wording.done(done, row))
        super().unchanged(row, stamp)

    def obstacles(self, case: Case) -> str:
        service = services[case.service]
        found = service.obstacles(case, self.verb, by=self.request.user, now=self.now)
        return " ".join([_("Nothing:"), *(service.explain(finding) for finding in found)]) if found else ""

    def act(self, case, stamp, form):
        self.unchanged(case, stamp)
        try:
            self.carry_out(case, seen=case.version, **self.by(form))
        except errors.Obstructed as refusal:
            raise errors.Obstructs(why=" ".join(services[case.service].explain(one) for one in refusal.findings))
        return True


class PassMany(MoveMany):
    page_title = gettext_lazy("Pass this step")
    button = gettext_lazy("Pass the step of these cases")
    verb = Verb.PASS_STEP
    will = gettext_lazy("Will go to the next step.")
    happened = gettext_lazy("Gone to the next step.")
    carry_out = staticmethod(verbs.pass_step)

    def sentence(self, count, done):
        if done:
            return ngettext(
                "%(count)s case went to its next step.", "%(count)s cases went to their next step.", count
            ) % {"count": count}  # fmt: skip
        return ngettext(
            "%(count)s case will go to its next step.", "%(count)s cases will go to their next step.", count
        ) % {"count": count}  # fmt: skip


class ApproveMany(MoveMany):
    page_title = gettext_lazy("Approve")
    button = gettext_lazy("Approve these cases")
    verb = Verb.APPROVE
    serious = True
    headings = (*ManyCases.headings, gettext_lazy("Sum in yuan"))
    shows_sums = True
    will = gettext_lazy("Will be approved; she is told, and payment can be prepared.")
    happened = gettext_lazy("Approved.")
    carry_out = staticmethod(verbs.approve)

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s case was approved.", "%(count)s cases were approved.", count) % {"count": count}
        return ngettext("%(count)s case will be approved.", "%(count)s cases will be approved.", count) % {
            "count": count
        }


def _whole(cases):
    """With all that the verdicts look at, so that two hundred cost as many queries as two."""
    return cases.select_related("worker__user", "authorisation").prefetch_related("route__steps", "events")
