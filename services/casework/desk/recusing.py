"""“I may not deal with this”: whoever is related to the applicant says so, and a colleague gets the case."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from services.casework import policies
from services.casework.actions import recuse
from services.casework.desk.acting import Seen
from services.casework.forms.desk import RecuseForm
from services.casework.queries.parties import has_recused


class Recuse(Seen):
    form_class = RecuseForm
    page_title = gettext_lazy("I may not deal with this application")
    submit_label = gettext_lazy("Declare it and leave it to a colleague")
    intro = gettext_lazy(
        "Whoever is related to an applicant keeps away from everything that she applies for. What you have in hand of "
        "hers goes to a colleague; you still see where it stands. Colleagues read what you declare, she doesn't."
    )

    def allowed(self):
        return policies.may_recuse(self.request.user, self.case)

    def get(self, request, *args, **kwargs):
        if has_recused(request.user, [self.case.worker_id]):
            messages.info(request, _("You declared this before: a colleague handles what she applies for."))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        recuse(self.case, tie=form.cleaned_data["tie"], **self.stamp(form))
        return _("Noted. You keep away from what she applies for; a colleague handles it.")
