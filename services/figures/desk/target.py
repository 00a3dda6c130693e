"""Setting a target: the one thing that is written by hand here."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.figures import actions, policies, queries
from services.figures.desk import asked
from services.figures.desk.pages import StatisticPage
from services.figures.forms import TargetForm
from services.foundation import clock
from services.foundation.desk import DeskFormView


class SetTarget(StatisticPage, DeskFormView):
    form_class = TargetForm
    template_name = "desk/form.html"
    submit_label = gettext_lazy("Set the target")

    def allowed(self):
        return super().allowed() and policies.may_set_target(self.request.user, self.statistic, self.organization)

    def dispatch(self, request, *args, **kwargs):
        self.asked = asked.read(self.statistic, self.kwargs["organization"], request.GET)
        return super().dispatch(request, *args, **kwargs)

    @property
    def intro(self):
        words = {
            "statistic": self.statistic.title,
            "place": self.organization.name,
            "period": self.asked.aim_period,
        }
        return _("%(statistic)s, %(place)s, %(period)s. A new target takes the place of the one before.") % words

    def get_page_title(self):
        return _("Set a target")

    def get_initial(self):
        last = queries.latest_target(self.statistic, self.organization.pk, self.asked.aim_period)
        if last is None:
            return {}
        return {"value": int(last.value) if self.statistic.median_of else last.value, "source": last.source}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"statistic": self.statistic}

    def get_success_url(self):
        return self.asked.address()

    def act(self, form) -> str:
        actions.set_target(
            self.statistic,
            organization=self.organization,
            period=self.asked.aim_period,
            by=self.request.user,
            now=clock.now(),
            **form.cleaned_data,
        )
        return _("The target is set.")

    def field_for(self, refusal):
        return "value"
