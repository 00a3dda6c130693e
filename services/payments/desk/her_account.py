"""Her account as she gave it, typed by an officer in her name; the number is never shown again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.desk import DeskFormView
from services.payments.actions import set_account
from services.payments.forms.accounts import FIELD_OF, AccountForm


class HerAccount(DeskFormView):
    """Behind a page that says whose it is and who may: ``self.case``, ``self.stamp()``."""

    page_title = gettext_lazy("Her bank account")
    form_class = AccountForm
    intro = gettext_lazy("Copy it from her card. It is kept encrypted and shown masked from then on.")

    def field_for(self, refusal):
        return FIELD_OF.get(refusal.code)

    def act(self, form):
        set_account(self.case.worker, **form.given(), **self.stamp())
        return _("Saved.")
