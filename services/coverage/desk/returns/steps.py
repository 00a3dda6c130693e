"""The steps of one return: sign, take back, submit, accept, send back, lock, amend; and opening a year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions import returns as actions
from services.coverage.desk.returns.pages import ReturnsPage, ReturnStepForm, desk_url
from services.coverage.enums import WRITABLE
from services.coverage.forms import returns as forms
from services.coverage.queries import returns as queries
from services.coverage.return_points import open_points
from services.coverage.rules.return_period import latest_year
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.organizations.enums import TREE_KEEPERS, Branch
from services.organizations.models import Organization


class _ByTheUnit(ReturnStepForm):
    def allowed(self):
        return policies.may_write(self.request.user, self.annual_return)


class _FromAbove(ReturnStepForm):
    def allowed(self):
        return policies.may_decide(self.request.user, self.annual_return)


class Sign(_ByTheUnit):
    page_title = gettext_lazy("Sign the annual return")
    form_class = forms.SignForm
    submit_label = pgettext_lazy("annual return", "Sign")
    field_of = {errors.NameMissing.code: "name", errors.GapUnexplained.code: "because"}

    def get(self, request, *args, **kwargs):
        """What is open is put right where the figures are, not found out after the name has been typed."""
        if self.annual_return.state in WRITABLE and (points := open_points(self.annual_return, user=request.user)):
            messages.warning(request, errors.PointsOpen(count=len(points)).message(staff=True))
            return redirect(desk_url("edit", self.annual_return.year, self.organization.code))
        return super().get(request, *args, **kwargs)

    @cached_property
    def gap(self) -> int:
        one = self.annual_return
        return queries.not_counted_below(one.organization_id, one.year).count()

    @property
    def intro(self):
        said = [_("With the signature the head of the union answers for the figures; they can't be changed any more.")]
        if self.gap:
            said.append(
                ngettext(
                    "%(count)s return below hasn't been accepted. It isn't counted, and the form says so.",
                    "%(count)s returns below haven't been accepted. They aren't counted, and the form says so.",
                    self.gap,
                )
                % {"count": self.gap}
            )
        return " ".join(said)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"incomplete": bool(self.gap)}

    def act(self, form):
        data = form.cleaned_data
        actions.sign(self.annual_return, name=data["name"], because=data.get("because", ""), **self.stamp(form))
        return _("Signed. Submit it to the next level up now.") if self.annual_return.reports_to_id else _("Signed.")


class TakeBack(_ByTheUnit):
    page_title = gettext_lazy("Take the signature back")
    form_class = forms.SeenForm
    submit_label = page_title
    intro = gettext_lazy("The figures can be changed again; the head has to sign anew.")

    def act(self, form):
        actions.take_back(self.annual_return, by=self.request.user, now=clock.now())
        return _("The signature is taken back.")


class Submit(_ByTheUnit):
    page_title = gettext_lazy("Submit the annual return")
    form_class = forms.SeenForm
    submit_label = pgettext_lazy("annual return", "Submit")

    @property
    def intro(self):
        above = self.annual_return.reports_to
        return _("It goes to %(above)s, which accepts it or sends it back.") % {"above": above or "—"}

    def act(self, form):
        held = actions.submit(self.annual_return, **self.stamp(form))
        return _("Submitted. It lies with %(above)s now.") % {"above": held.reports_to}


class Accept(_FromAbove):
    page_title = gettext_lazy("Accept the annual return")
    form_class = forms.SeenForm
    submit_label = pgettext_lazy("annual return", "Accept")
    intro = gettext_lazy("From now on the return of the level above counts it.")

    def act(self, form):
        actions.accept(self.annual_return, **self.stamp(form))
        return _("Accepted.")


class SendBack(_FromAbove):
    page_title = gettext_lazy("Send the annual return back")
    form_class = forms.WordsForm
    submit_label = gettext_lazy("Send back")
    danger = True
    field_of = {errors.WordsMissing.code: "words"}

    def act(self, form):
        actions.send_back(self.annual_return, words=form.cleaned_data["words"], **self.stamp(form))
        return _("Sent back. The unit's officers have been told.")


class Lock(ReturnStepForm):
    page_title = gettext_lazy("Lock the year")
    form_class = forms.SeenForm
    submit_label = page_title
    danger = True
    intro = gettext_lazy(
        "Every accepted return is locked with yours: whatever changes afterwards needs a new version with a reason. "
        "Returns still missing can come late, and count with a new version of the returns above them."
    )

    def allowed(self):
        return policies.may_lock(self.request.user, self.annual_return)

    def act(self, form):
        number = actions.lock_year(self.annual_return, **self.stamp(form))
        return ngettext("%(count)s return is locked.", "%(count)s returns are locked.", number) % {"count": number}


class Amend(_ByTheUnit):
    page_title = gettext_lazy("Begin a new version")
    form_class = forms.ReasonForm
    submit_label = page_title
    intro = gettext_lazy("The locked version stays as it is and counts until the new one is accepted.")
    field_of = {errors.ReasonMissing.code: "reason"}

    def act(self, form):
        actions.amend(self.annual_return, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now())
        return _("A new version is begun, with the figures of the locked one.")


class OpenYear(ReturnsPage, DeskFormView):
    page_title = gettext_lazy("Open a year")
    form_class = forms.YearForm
    submit_label = gettext_lazy("Open the year")
    intro = gettext_lazy(
        "Every union of the tree gets a return to fill in. Opened again, a year takes in the unions that came since."
    )

    @cached_property
    def federation(self) -> Organization:
        """The top of a tree at which she keeps it; one person keeps one."""
        tops = Organization.objects.visible_to(self.request.user, roles=TREE_KEEPERS).filter(depth=1)
        return get_object_or_404(tops, branch=Branch.TRADE_UNION) if tops else None

    def allowed(self):
        return policies.may_open_year(self.request.user, self.federation) if self.federation else policies.NOT_THE_TOP

    def get_initial(self):
        return {"year": latest_year(clock.today())}

    def field_for(self, refusal):
        return "year" if isinstance(refusal, errors.YearNotOpenable) else None

    def act(self, form):
        opened = actions.open_year(
            self.federation, year=form.cleaned_data["year"], by=self.request.user, now=clock.now()
        )
        self.opened = opened.collection.year
        return ngettext(
            "%(year)s is open: %(count)s return was added.",
            "%(year)s is open: %(count)s returns were added.",
            opened.added,
        ) % {"year": self.opened, "count": opened.added}

    def get_success_url(self):
        year = getattr(self, "opened", None)
        return f"{desk_url('list')}?year={year}" if year else desk_url("list")
