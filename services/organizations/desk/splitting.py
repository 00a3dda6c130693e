"""Splitting an organisation: a new one beside it, and who and what goes over."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.organizations import actions, errors, forms, policies
from services.organizations.desk.views import OrganizationFormPage, page_of


class Split(OrganizationFormPage):
    page_title = gettext_lazy("Split a new one off")
    form_class = forms.SplitForm
    submit_label = gettext_lazy("Set up the new one")
    intro = gettext_lazy(
        "A new organisation of the same kind is set up beside this one. What you choose goes over today, the rest "
        "stays. The women workers' organisation stays here; the new one prepares its own. Figures of past month ends "
        "stay as they were."
    )
    made = None

    def allowed(self):
        return policies.may_restructure(self.request.user, self.organization)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organization": self.organization}

    def field_for(self, refusal):
        if isinstance(refusal, errors.ReasonMissing):
            return "reason"
        if isinstance(refusal, errors.CodeTaken | errors.CodeUnusable):
            return "code"
        if isinstance(refusal, errors.NotItsOwn):
            return "children"
        return "women_member_count" if isinstance(refusal, errors.PartTooLarge) else None

    def act(self, form):
        by, today = self.request.user, clock.today()
        self.made = actions.split_organization(self.organization, by=by, on=today, **form.said())
        return _("%(name)s was split off.") % {"name": self.made.name}

    def get_success_url(self):
        return page_of(self.made or self.organization)
