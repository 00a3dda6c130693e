"""Where her money goes, as a page of whatever she fills in: the account she gave is used again; another one only
after a code to her phone."""

from django.utils.translation import gettext_lazy

from services.accounts.access import is_confirmed, to_confirm
from services.foundation.errors import Refused
from services.payments.actions import set_account
from services.payments.forms.accounts import FIELD_OF, AccountForm
from services.payments.queries import current_account


class AsksForAccount:
    """In front of a page of questions about ``self.case``. ``known_template`` shows the account on record."""

    title = gettext_lazy("Bank account")
    known_template = ""

    def get(self, request, **kwargs):
        account = current_account(self.case.worker)
        if account is not None and "other" not in request.GET:
            return self.show(self.known_template, {"account": account, "title": self.title})
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
        account = current_account(self.case.worker)
        return account.pk if account else None

    def is_there(self, form):
        account = current_account(self.case.worker)
        given = form.given()
        return account is not None and all(getattr(account, name) == given[name] for name in given)

    def save(self, form):
        set_account(self.case.worker, **form.given(), **self.stamp)

    def refused(self, refusal: Refused, form):
        form.add_error(FIELD_OF.get(refusal.code), refusal.message())
        return False
