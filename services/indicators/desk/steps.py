"""The steps of a report, each a form or a button that leads to one action."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.foundation import clock
from services.indicators import errors
from services.indicators.actions import climbing
from services.indicators.desk.pages import OfReviewer, OfWriter, OneClick, StepForm, report_url
from services.indicators.forms.reports import SignForm, WordsForm
from services.indicators.queries.reports import missing_below, open_points


class Sign(StepForm, OfWriter):
    page_title = submit_label = pgettext_lazy("monitoring report", "Sign")
    template_name = "indicators/desk/sign.html"
    form_class = SignForm
    field_of = {errors.NameMissing.code: "name", errors.GapUnexplained.code: "gap_words"}
    intro = gettext_lazy(
        "From then on nobody overwrites these figures: the level above accepts them or sends them back."
    )

    def get_page_title(self):
        return self.page_title

    @cached_property
    def gaps(self):
        return missing_below(self.report.place)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"gaps": bool(self.gaps)}

    def get_initial(self):
        return {"seen": self.report.changes}

    def act(self, form):
        climbing.sign(
            self.report,
            name=form.cleaned_data["name"],
            gap_words=form.cleaned_data.get("gap_words", ""),
            seen=form.cleaned_data.get("seen"),
            by=self.request.user,
            now=clock.now(),
        )
        return _("Signed. It lies with the reviewer now.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            open_count=len(open_points(self.report)), gaps=[one.place.organization.name for one in self.gaps], **kwargs
        )


class TakeBack(OneClick, OfWriter):
    def act(self):
        climbing.take_back(self.report, by=self.request.user, now=clock.now())
        return _("The signature is taken back.")


class Accept(OneClick, OfReviewer):
    def act(self):
        climbing.accept(self.report, by=self.request.user, now=clock.now())
        return _("Accepted. Its figures count from now on.")


class SendBack(StepForm, OfReviewer):
    page_title = submit_label = gettext_lazy("Send back")
    form_class = WordsForm
    danger = True
    field_of = {errors.WordsMissing.code: "words"}
    intro = gettext_lazy("Whoever signed reads your words beside the report.")

    def get_page_title(self):
        return self.page_title

    def act(self, form):
        climbing.give_back(self.report, words=form.cleaned_data["words"], by=self.request.user, now=clock.now())
        return _("Sent back.")


class Amend(StepForm, OfWriter):
    page_title = submit_label = gettext_lazy("Begin a new version")
    form_class = WordsForm
    field_of = {errors.WordsMissing.code: "words"}
    intro = gettext_lazy("What was reported stays and counts until the new version is accepted.")

    def get_page_title(self):
        return self.page_title

    def get_success_url(self):
        return report_url(self.report)

    def act(self, form):
        climbing.amend(self.report, because=form.cleaned_data["words"], by=self.request.user, now=clock.now())
        return _("The new version is begun with the values of the old one.")
