"""Merging an organisation into another one: what goes over is said before it happens."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.organizations import actions, errors, forms, policies, queries
from services.organizations.desk.views import OrganizationFormPage, page_of


class Merge(OrganizationFormPage):
    page_title = gettext_lazy("Merge it into another one")
    form_class = forms.MergeForm
    submit_label = gettext_lazy("Merge and close this one")
    danger = True

    def allowed(self):
        return policies.may_restructure(self.request.user, self.organization)

    @property
    def intro(self):
        place = self.organization
        words = {
            "women": queries.people_below([place.path])[place.path],
            "below": place.get_children().filter(closed_on__isnull=True).count(),
            "posts": place.assignments.exclude(valid_until__lt=clock.today()).count(),
        }
        return (
            _(
                "%(below)s organisations directly below with everything in them, %(women)s women on the roster and "
                "%(posts)s posts go over. Its women workers' organisation goes over where the other has none, else its "
                "term ends. This one closes and keeps its history; figures of past month ends stay as they were."
            )
            % words
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "organization": self.organization}

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonMissing) else "into"

    def act(self, form):
        into, reason = form.cleaned_data["into"], form.cleaned_data["reason"]
        actions.merge_organization(self.organization, into=into, by=self.request.user, on=clock.today(), reason=reason)
        return _("%(name)s is closed and has become part of %(into)s.") % {
            "name": self.organization.name,
            "into": into.name,
        }

    def get_success_url(self):
        return page_of(self.organization)
