"""A page of her application."""

from collections.abc import Callable

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from services.casework.public import drafting
from services.relief import errors, queries
from services.relief.forms.household import put
from services.relief.models import Household, Programme
from services.relief.public.access import address, own_application_or_404


class HerPage(drafting.HerPage):
    """``self.application`` is it. ``asked``: whether the programme asks this part; what it doesn't ask has no page."""

    service = queries.SERVICE
    sent_before = gettext_lazy("You have sent this application already. Here is how it stands.")
    asked: Callable[[Programme], bool] | None = None

    def take(self, request, token):
        self.application = own_application_or_404(request, token)
        return self.application.case

    def turned_away(self):
        asked = type(self).asked
        return redirect(self.to("application")) if asked and not asked(self.application.programme) else None

    @cached_property
    def household(self) -> Household:
        return self.application.household

    def to(self, name: str, *rest) -> str:
        return address(self.application, name, *rest)

    def about(self):
        return {"application": self.application, "household": self.household}


class Questions(HerPage, drafting.Questions):
    template_name = "relief/part.html"
    goes_to = "application"

    def get_success_url(self):
        return self.to(self.goes_to)

    def put(self, form, faults: list) -> None:
        put(faults, form)

    def refused(self, refusal, form):
        if isinstance(refusal, errors.FileInvalid):
            self.put(form, refusal.faults)
        elif isinstance(refusal, errors.FileChanged):
            self._refresh()
            return True
        elif isinstance(refusal, errors.AnotherFile):
            form.add_error("id_number" if "id_number" in form.fields else None, refusal.message())
        else:
            return super().refused(refusal, form)
        return False

    def _refresh(self) -> None:
        """The newest of everything, for showing it beside what she typed."""
        self.application.refresh_from_db()
        self.__dict__.pop("household", None)
