"""Filling in and handing in an application in a woman's name."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework.desk import for_her
from services.casework.errors import Obstructed
from services.foundation import clock
from services.payments.desk import her_account
from services.payments.queries import current_account
from services.relief import queries, wording
from services.relief.actions.sending import hand_in, version_seen
from services.relief.case_service.missing import missing_of
from services.relief.desk.one import OneApplication
from services.relief.forms.assisted import HandInForm
from services.relief.rules import asking

_OF_FILE = {
    "household": "file_members",
    "members": "file_members",
    "money": "file_money",
    "causes": "file_causes",
    "particulars": "file_particulars",
    "you": "file_particulars",
}
_OF_CASE = dict.fromkeys(("event", "cost", "student", "group"), "answers") | {"account": "for_her_account"}


class _InHerName(for_her.InHerName, OneApplication):
    @property
    def case(self):
        return self.application.case

    def case_page(self):
        return queries.case_page(self.case)

    def get_success_url(self):
        return queries.page_for_her(self.case)


class ForHer(_InHerName, for_her.ForHer):
    page_title = gettext_lazy("Apply in her name")
    send_form_class = HandInForm

    def get_page_subtitle(self):
        return self.case.number

    def hand_in(self, said):
        hand_in(self.application, **said, **self.stamp())

    def version_seen(self):
        return version_seen(self.application)

    def put(self, refusal, form):
        if isinstance(refusal, Obstructed):
            form.add_error(None, [" ".join(filter(None, wording.explain(one))) for one in refusal.findings])
        else:
            super().put(refusal, form)

    def missing(self):
        return missing_of(self.application, now=clock.now())

    def account(self):
        return current_account(self.case.worker)

    def way_to(self, item):
        if item in _OF_FILE:
            return reverse(f"relief_desk:{_OF_FILE[item]}", args=[self.application.household.token])
        if item in _OF_CASE:
            return reverse(f"relief_desk:{_OF_CASE[item]}", args=[self.case.token])
        if item == "consent":
            return reverse("relief_desk:begin", args=[self.case.worker.token])
        return for_her.PAPERS

    def parts(self):
        """The pages that this programme asks, in the order of her own."""
        programme = self.application.programme
        file = asking.rests_on_file(programme)
        about = bool(asking.facts_of_herself(programme, {}))
        answers = any(asks(programme) for asks in (asking.asks_event, asking.needs_student, asking.asks_group))
        parts = [
            (asking.asks_household(programme), "household", _("Members of the household")),
            (file, "money", _("Income and spending")),
            (file, "causes", _("Causes")),
            (about, "particulars", _("Address, housing, insurance")),
            (answers, "event", _("What this programme asks besides")),
            (asking.pays(programme), "account", _("Her bank account")),
        ]
        return [(label, self.way_to(item)) for asked, item, label in parts if asked]


class HerAccount(_InHerName, her_account.HerAccount):
    pass
