"""Years of monitoring: how far each has come, opening one, locking one; the samples of the dictionary."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services.foundation import clock
from services.indicators import errors, policies
from services.indicators.actions import dictionary, rounds
from services.indicators.desk.pages import MonitoringPage, OneClick, StepForm, desk_url
from services.indicators.enums import COUNTED, RoundState
from services.indicators.forms.reports import OpenRoundForm
from services.indicators.models import Report, Round
from services.indicators.queries.reports import rounds_for
from services.organizations.models import Organization


class Rounds(MonitoringPage, TemplateView):
    page_title = gettext_lazy("Years of monitoring")
    template_name = "indicators/desk/rounds.html"
    header_icon = "calendar-alt"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        found = list(rounds_for(user)[:60])
        counts = _counts(found, today)
        rows = [
            {
                "round": one,
                "counts": counts.get(one.pk, {}),
                "may_lock": one.state == RoundState.OPEN and bool(policies.may_keep(user, one.owner)),
            }
            for one in found
        ]
        return super().get_context_data(rows=rows, may_open=bool(policies.may_keep_somewhere(user)), **kwargs)


def _counts(found: list[Round], today) -> dict[int, dict]:
    """Expected, signed, accepted, overdue by year. One query."""
    rows = Report.objects.unscoped().filter(place__round__in=found, latest=True).order_by().values("place__round")
    signed = Q(first_signed_on__isnull=False)
    counted = rows.annotate(
        expected=Count("pk"),
        signed=Count("pk", filter=signed),
        accepted=Count("pk", filter=Q(state__in=COUNTED)),
        overdue=Count("pk", filter=~signed & Q(place__round__due_on__lt=today)),
    )
    return {row.pop("place__round"): row for row in counted}


class AtTop(MonitoringPage):
    def allowed(self):
        return policies.may_keep_somewhere(self.request.user)

    @cached_property
    def owner(self) -> Organization:
        return (
            Organization.objects.filter(path__in=policies.tops(self.request.user)).order_by("-branch", "path").first()
        )

    def get_success_url(self):
        return desk_url("rounds")

    def get_page_title(self):
        return self.page_title


class OpenRound(StepForm, AtTop):
    page_title = submit_label = gettext_lazy("Open a year")
    form_class = OpenRoundForm
    intro = gettext_lazy(
        "Every place that states something gets its draft. Opened again, a year takes in places that came since."
    )
    field_of = {
        errors.YearNotOver.code: "year",
        errors.RoundLocked.code: "year",
        errors.DueBeforeYear.code: "due_on",
    }

    def get_initial(self):
        return {"year": clock.today().year - 1}

    def act(self, form):
        made = rounds.open_round(self.owner, by=self.request.user, now=clock.now(), **form.cleaned_data)
        count = Report.objects.unscoped().filter(place__round=made, latest=True).count()
        return _("The year %(year)s is open: %(count)s reports are expected.") % {"year": made.year, "count": count}


class LockRound(OneClick, MonitoringPage):
    @cached_property
    def round(self) -> Round:
        rows = rounds_for(self.request.user)
        return get_object_or_404(rows, year=self.kwargs["year"], owner__code=self.kwargs["code"])

    def allowed(self):
        return policies.may_keep(self.request.user, self.round.owner)

    def get_success_url(self):
        return desk_url("rounds")

    def act(self):
        rounds.lock_round(self.round, by=self.request.user, now=clock.now())
        return _("The year is locked. Its figures change by new versions with a reason alone.")


class LoadSamples(OneClick, AtTop):
    page_title = gettext_lazy("Load samples")

    def get_success_url(self):
        return desk_url("dictionary")

    def act(self):
        made = dictionary.load_samples(self.owner, by=self.request.user, now=clock.now())
        return _("%(count)s indicators came in as samples. Look at each before a year is opened.") % {"count": made}
