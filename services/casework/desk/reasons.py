"""Words that colleagues may choose from and change; each is kept by an organisation for all below it."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from services.casework import actions, policies
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.pages import desk_url
from services.casework.forms.keeping import CannedReasonForm
from services.casework.models import CannedReason
from services.casework.queries import kept
from services.casework.registry import services
from services.foundation.desk_columns import Column, TitleColumn

REASONS = gettext_lazy("Words to choose from")


class ReasonList(KeptList):
    model = CannedReason
    page_title = REASONS
    verbose_name_plural = gettext_lazy("words to choose from")
    index_url_name, index_results_url_name = "casework_desk:reasons", "casework_desk:reasons_results"
    default_ordering = ("verb", "title", "pk")
    add = ("reason_add", gettext_lazy("New words"))

    def allowed(self):
        return policies.may_deputise(self.request.user)

    def may_add(self):
        return bool(policies.may_keep_reasons_anywhere(self.request.user))

    def rows(self, user):
        return kept.reasons_for(user)

    @cached_property
    def columns(self):
        labels = {service.code: service.label for service in services}
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda one: desk_url("reason", one.pk)),
            Column("get_verb_display", label=_("For")),
            Column("service", label=_("Service"), accessor=lambda one: labels.get(one.service) or _("Every service")),
            Column("organization.name", label=_("Kept by")),
            Column("text", label=_("Words that the applicant reads")),
        ]


class ReasonAdd(KeptForm):
    above = ("reasons", REASONS)
    page_title = gettext_lazy("New words")
    form_class = CannedReasonForm
    reason: CannedReason | None = None

    def allowed(self):
        return policies.may_keep_reasons_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "reason": self.reason}

    def act(self, form):
        actions.save_reason(self.reason, **form.cleaned_data, by=self.request.user)
        return _("The words are saved. What women have read already stays as it was.")


class OneReason(ReasonAdd):
    """The words of the URL, when they are hers to choose from; 404 else."""

    @cached_property
    def reason(self) -> CannedReason:
        return get_object_or_404(kept.reasons_for(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_keep_reasons_of(self.request.user, self.reason.organization)


class ReasonEdit(OneReason):
    page_title = gettext_lazy("Change the words")

    def get_initial(self):
        names = ("verb", "service", "title", "text")
        return {name: getattr(self.reason, name) for name in names} | {"organization": self.reason.organization.code}

    @cached_property
    def header_buttons(self):
        url = desk_url("reason_drop", self.reason.pk)
        return [HeaderButton(_("Take them off the list"), url=url, icon_name="bin")]


class ReasonDrop(OneReason):
    page_title = gettext_lazy("Take the words off the list")
    submit_label = gettext_lazy("Take them off the list")
    danger = True
    form_class = forms.Form

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {name: kwargs[name] for name in kwargs if name not in ("user", "reason")}

    @property
    def intro(self):
        return _("“%(title)s” can't be chosen any more. What women have read already stays as it was.") % {
            "title": self.reason.title
        }

    def act(self, form):
        actions.drop_reason(self.reason, by=self.request.user)
        return _("The words are off the list.")
