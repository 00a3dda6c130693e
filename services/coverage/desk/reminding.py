"""One click and a union is reminded; or several, each shown first with what will happen to it."""

from django import forms
from django.conf import settings
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views import View
from wagtail.admin import messages

from services.coverage import policies
from services.coverage.actions.calling import remind
from services.coverage.enums import READERS, Subject
from services.coverage.forms.union_filters import UnionFilters
from services.coverage.queries.reminders import officers_of, with_last_reminder
from services.coverage.queries.unions import names_above, unions_listed
from services.coverage.rules.subjects import applies, may_be_reminded_from
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.desk_many import MOST_AT_ONCE, ManyAtOnce
from services.foundation.errors import Refused
from services.organizations.models import Organization

_LONGEST_STATE = 1000


def list_address(query: str = "") -> str:
    url = reverse("coverage_view:unions")
    return f"{url}?{query}" if query else url


def _within(request) -> QueryDict:
    return QueryDict(request.POST.get("within", "")[:_LONGEST_STATE])


class RemindOne(DeskView, View):
    """Posts of the list's buttons. What stands in the way is said above the list, and nothing is sent."""

    http_method_names = ["post"]

    def allowed(self):
        user = self.request.user
        verdict = policies.may_read_records(user)
        if verdict:
            reach = Organization.objects.visible_to(user, roles=READERS)
            self.organization = get_object_or_404(reach, code=self.kwargs["organization"])
            verdict = policies.may_remind(user, self.organization)
        return verdict

    def post(self, request, *args, **kwargs):
        about = request.POST.get("about", "")
        if about not in Subject.values:
            raise Http404
        try:
            made = remind(self.organization, about=Subject(about), by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, f"{self.organization.name}: {refusal.message(staff=True)}")
        else:
            said = ngettext(
                "%(union)s: %(told)s officer was reminded.", "%(union)s: %(told)s officers were reminded.", made.told
            )
            messages.success(request, said % {"union": self.organization.name, "told": made.told})
        return redirect(list_address(_within(request).urlencode()))


class AgainForm(forms.Form):
    again = forms.BooleanField(label=gettext_lazy("Remind those again who were reminded lately"), required=False)


class RemindMany(ManyAtOnce):
    form_class = AgainForm
    parameter = "union"
    page_title = gettext_lazy("Remind these unions")
    cells_template = "coverage/desk/_many_cells.html"
    headings = (
        gettext_lazy("Union"),
        gettext_lazy("Union above"),
        pgettext_lazy("reminder", "About"),
        gettext_lazy("Last reminder"),
    )
    button = gettext_lazy("Remind them")
    will = gettext_lazy("Its officers will be written to.")
    happened = gettext_lazy("Reminded.")
    before = gettext_lazy("Nothing: it was reminded before.")
    nothing_ticked = gettext_lazy("Tick at least one union in the list.")
    too_old = gettext_lazy("This preview is too old. Choose the unions once more.")
    out_of_reach = gettext_lazy("A union isn't within your reach any more and was left as it is.")

    def allowed(self):
        verdict = policies.may_remind_somewhere(self.request.user)
        if verdict and self.request.method == "POST" and self.subject not in Subject.values:
            raise Http404
        return verdict

    @cached_property
    def subject(self) -> str:
        return self.within.get("about", "")

    def list_url(self):
        return list_address()

    def reach(self):
        return with_last_reminder(unions_listed(self.request.user, roles=READERS), self.subject).order_by("pk")

    def matching(self, parameters):
        filters = UnionFilters(parameters, queryset=self.reach(), request=self.request)
        return filters.qs if filters.is_valid() else self.reach().none()

    def chosen(self):
        if self.request.POST.get("which") == "all":
            found = self.matching(self.within)
        else:
            codes = self.request.POST.getlist(self.parameter)[: MOST_AT_ONCE + 1]
            found = self.reach().filter(organization__code__in=codes)
        rows = list(found[: MOST_AT_ONCE + 1])
        return rows[:MOST_AT_ONCE], len(rows) > MOST_AT_ONCE

    def prepare(self, rows):
        names_above(rows)
        self.today = timezone.localdate(self.now)
        self.officers = officers_of([row.organization_id for row in rows], on=self.today)
        for row in rows:
            row.about = Subject(self.subject).label

    def stamp(self, row):
        return f"{row.reminded_at:%Y%m%d%H%M%S%f}" if row.reminded_at else ""

    def verdict(self, row):
        allowed = policies.may_remind(self.request.user, row.organization)
        if not allowed:
            return _("Nothing: %(why)s") % {"why": allowed.reason}
        if not applies(self.subject, row):
            return _("Nothing: “%(about)s” isn't true of this union any more.") % {"about": row.about}
        if not self.officers.get(row.organization_id):
            contact = row.organization.officer_contact or "–"
            return _("Nothing: nobody holds an officer's post there. Contact: %(contact)s") % {"contact": contact}
        return ""

    def shown(self, lines, **context):
        """Beside who was reminded lately: that she is only reminded again when the tick below says so."""
        if not context.get("done"):
            lines = [self._lately(line) for line in lines]
        return super().shown(lines, **context)

    def _lately(self, line):
        day = line.row and line.row.reminded_at and timezone.localdate(line.row.reminded_at)
        days = settings.COVERAGE_REMIND_AGAIN_AFTER_DAYS
        if not line.good or not day or self.today >= may_be_reminded_from(day, days=days):
            return line
        words = _("Reminded on %(day)s, less than %(days)s days ago: only if you tick “again” below.")
        return type(line)(line.row, True, words % {"day": f"{day:%Y-%m-%d}", "days": days})

    def act(self, row, stamp, form):
        if self.stamp(row) != stamp:
            return False
        about, again = Subject(self.subject), form.cleaned_data["again"]
        remind(row.organization, about=about, by=self.request.user, now=self.now, again=again)
        return True

    def sentence(self, count, done):
        if done:
            return ngettext("%(count)s union was reminded.", "%(count)s unions were reminded.", count) % {
                "count": count
            }
        return ngettext("%(count)s union will be reminded.", "%(count)s unions will be reminded.", count) % {
            "count": count
        }
