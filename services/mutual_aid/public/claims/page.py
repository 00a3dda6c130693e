"""A page of her claim."""

from django.utils.translation import gettext_lazy

from services.casework.public import drafting
from services.mutual_aid import queries
from services.mutual_aid.errors.claims import ClaimChanged, ParticularsInvalid
from services.mutual_aid.forms.claims import put
from services.mutual_aid.public.claims.access import address, own_claim_or_404


class HerPage(drafting.HerPage):
    """``self.claim`` is it."""

    service = queries.SERVICE
    sent_before = gettext_lazy("You have sent this claim already. Here is how it stands.")

    def take(self, request, token):
        self.claim = own_claim_or_404(request, token)
        return self.claim.case

    def to(self, name: str) -> str:
        return address(self.claim, name)

    def about(self):
        return {"claim": self.claim}


class Questions(HerPage, drafting.Questions):
    template_name = "mutual_aid/part.html"

    def get_success_url(self):
        return self.to("tasks")

    def refused(self, refusal, form):
        if isinstance(refusal, ParticularsInvalid):
            put(refusal.faults, form)
        elif isinstance(refusal, ClaimChanged):
            self.claim.refresh_from_db()
            return True
        else:
            return super().refused(refusal, form)
        return False
