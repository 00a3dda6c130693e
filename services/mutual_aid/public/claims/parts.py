"""The pages about the diagnosis, the treatment, and where her money goes."""

from django.utils.translation import gettext_lazy as _

from services.mutual_aid.actions.claiming import save_particulars
from services.mutual_aid.forms import claims as forms
from services.mutual_aid.public.claims.page import Questions
from services.mutual_aid.queries.claiming import stated_of
from services.payments.public.accounts import AsksForAccount


class _Particulars(Questions):
    def stored(self):
        said = stated_of(self.claim)
        return {name: getattr(said, name) for name in self.form().fields}

    def save(self, form):
        self.claim = save_particulars(self.claim, seen=self.claim.version, **form.cleaned_data, **self.stamp)


class Diagnosis(_Particulars):
    title = _("The diagnosis")
    lede = _("Kept sealed. Only those who decide about your claim open it, and each look is recorded.")

    def form(self, data=None, initial=None):
        return forms.DiagnosisForm(data, initial=initial, terms=self.claim.terms)


class Treatment(_Particulars):
    title = _("Hospital and treatment")

    def form(self, data=None, initial=None):
        return forms.TreatmentForm(data, initial=initial)


class Account(AsksForAccount, Questions):
    template_name = "mutual_aid/account.html"
    known_template = "mutual_aid/account_known.html"
