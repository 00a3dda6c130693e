"""The pages about the diagnosis, the treatment, and where her money goes."""

from django.utils.translation import gettext_lazy as _

from services.accounts.access import is_confirmed, to_confirm
from services.foundation.errors import Refused
from services.mutual_aid.actions.claiming import save_particulars
from services.mutual_aid.forms import claims as forms
from services.mutual_aid.public.claims.page import Questions
from services.mutual_aid.queries.claiming import stated_of
from services.payments.actions import set_account
from services.payments.forms.accounts import FIELD_OF, AccountForm
from services.payments.queries import current_account


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


class Account(Questions):
    """The account she gave is used again; another one only after a code to her phone."""

    template_name = "mutual_aid/account.html"
    title = _("Bank account")

    def get(self, request, **kwargs):
        account = current_account(self.claim.case.worker)
        if account is not None and "other" not in request.GET:
            return self.show("mutual_aid/account_known.html", {"account": account, "title": self.title})
        return super().get(request, **kwargs) if is_confirmed(request) else to_confirm(request)

    def post(self, request, **kwargs):
        if is_confirmed(request):
            return super().post(request, **kwargs)
        # What she typed waits until she has confirmed.
        self._keep(self.form(request.POST), request.POST.get("base", ""))
        return to_confirm(request)

    def form(self, data=None, initial=None):
        return AccountForm(data, initial=initial)

    def stored(self):
        """Never filled in: it is shown masked."""
        return {}

    def compared(self):
        account = current_account(self.claim.case.worker)
        return account.pk if account else None

    def is_there(self, form):
        account = current_account(self.claim.case.worker)
        given = form.given()
        return account is not None and all(getattr(account, name) == given[name] for name in given)

    def save(self, form):
        try:
            set_account(self.claim.case.worker, **form.given(), **self.stamp)
        except Refused as refused:
            form.add_error(FIELD_OF.get(refused.code), refused.message())
