"""Looking back at one scheme: what it did so far in counts, and doing it again. No woman is named."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.mutual_aid.actions.looking_back import look_back
from services.mutual_aid.forms.adjudicating import LookBackForm
from services.mutual_aid.models import Scheme
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import looking_back as queries
from services.mutual_aid.queries import name_of, schemes_listed
from services.organizations.enums import Role

SHOWN = 30


class LookBackPage(DeskFormView):
    page_title = gettext_lazy("Look back")
    header_icon = "history"
    template_name = "mutual_aid/desk/look_back.html"
    form_class = LookBackForm
    submit_label = gettext_lazy("Send the reminder")

    def allowed(self):
        return policies.may_look_back(self.request.user)

    @cached_property
    def schemes(self) -> dict[str, Scheme]:
        found = schemes_listed(self.request.user, frozenset({Role.FEDERATION_OFFICER})).filter(covers__isnull=False)
        return {str(one.pk): one for one in found.distinct()}

    @cached_property
    def places(self) -> dict:
        return {one.code: one for one in queries.places_for(self.request.user)}

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        lists = {"schemes": self.schemes.values(), "organizations": self.places.values()}
        return super().get_form_kwargs() | lists

    def get_success_url(self):
        return reverse("claims_desk:look_back")

    def act(self, form):
        data = form.cleaned_data
        made = look_back(
            scheme=self.schemes[data["scheme"]],
            organization=self.places[data["organization"]],
            by=self.request.user,
            now=clock.now(),
        )
        return _("Looked back at %(covered)s covered women; letters: %(letters)s.") % {
            "covered": counted(made.covered),
            "letters": counted(made.letters),
        }

    def get_context_data(self, **kwargs):
        rows = [
            {
                "scheme": name_of(one.scheme),
                "place": one.organization.name,
                "covered": counted(one.covered),
                "letters": counted(one.letters),
                "made_by": one.made_by.full_name,
                "made_at": one.made_at,
            }
            for one in queries.looks_back_for(self.request.user)[:SHOWN]
        ]
        return super().get_context_data(rows=rows, **kwargs)


def counted(number: int) -> str:
    """Few letters would tell on somebody: a small number is hidden, none at all as well."""
    least = settings.SMALL_CELL_THRESHOLD
    return str(number) if number >= least else _("fewer than %(least)s") % {"least": least}
