"""The page on which a federation draws its map, with words and dots."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.figures import policies, queries
from services.figures.actions.arranging import arrange, below
from services.figures.forms import ArrangementForm
from services.figures.rules.arrangement import written
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.organizations.models import Organization


class Arrange(DeskFormView):
    """Only for federation officers of the organisation or above it; anybody else's doesn't exist for her (404)."""

    page_title = gettext_lazy("Draw the map")
    header_icon = "site"
    form_class = ArrangementForm
    submit_label = gettext_lazy("Keep the map")

    def allowed(self):
        verdict = policies.may_arrange_somewhere(self.request.user)
        if verdict:
            self.organization  # noqa: B018 - a foreign one is answered before anything else runs
        return verdict

    @cached_property
    def organization(self) -> Organization:
        reach = Organization.objects.visible_to(self.request.user, roles=policies.TARGET_SETTERS)
        return get_object_or_404(reach, code=self.kwargs["organization"])

    @cached_property
    def children(self) -> list[Organization]:
        return list(below(self.organization))

    @property
    def intro(self):
        names = _(", ").join(one.name for one in self.children)
        return _(
            "%(place)s: put what lies directly below it where it lies. One line a row, from north to south; names or "
            "codes from west to east, spaces between; a dot for an empty place. There are: %(names)s."
        ) % {"place": self.organization.name, "names": names or _("none")}

    def get_initial(self):
        kept = queries.arrangement_of(self.organization.pk)
        return {"drawing": written(kept, {one.pk: one.code for one in self.children})} if kept else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"children": self.children}

    def act(self, form):
        arrange(self.organization, form.cleaned_data["drawing"], by=self.request.user, now=clock.now())
        return _("The map is kept. It stands on the statistics of %(place)s.") % {"place": self.organization.name}

    def field_for(self, refusal):
        return "drawing"

    def get_success_url(self):
        return reverse("figures:arrange", args=[self.organization.code])
