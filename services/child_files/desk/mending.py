"""Putting a file right, page by page: a record taken out, a guardian's phone corrected, a guardianship ended."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.child_files import errors
from services.child_files.actions import putting_right
from services.child_files.desk.adding import ADDITIONS
from services.child_files.desk.pages import Keeping, OfGuardian
from services.child_files.forms import records
from services.child_files.models import ChildConsent
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm


class TakeOut(Confirm, Keeping):
    page_title = gettext_lazy("Take it out of the file")
    submit_label = gettext_lazy("Take it out")
    danger = True

    @cached_property
    def record(self):
        rows = putting_right.TAKEN_OUT.get(self.kwargs["what"])
        found = rows and getattr(self.child, rows).filter(pk=self.kwargs["pk"]).first()
        if not found:
            raise Http404
        return found

    def named(self):
        return super().named(), self.record

    @property
    def intro(self):
        said = {"what": ADDITIONS[self.kwargs["what"]].title}
        return (
            _(
                "“%(what)s”: it was wrong, or the home doesn't need it any more. It is deleted for good; the history "
                "keeps that something was taken out, not what. If it was only wrong, write it anew afterwards."
            )
            % said
        )

    def act(self, form):
        user, now = self.request.user, clock.now()
        putting_right.take_out(self.child, self.kwargs["what"], self.record.pk, by=user, now=now)
        return _("It is taken out.")


class CorrectGuardian(StepForm, OfGuardian):
    page_title = gettext_lazy("Correct how the guardian is reached")
    form_class = records.ReachForm
    submit_label = gettext_lazy("Correct it")
    intro = gettext_lazy(
        "A link that was sent to another phone stops working. Brothers and sisters in this home follow."
    )
    field_of = {errors.NameFixed.code: "name"}

    def get_initial(self):
        return {"lives_with_child": self.link.lives_with_child}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if ChildConsent.objects.unscoped().filter(giver__guardian=self.link.guardian_id).exists():
            del form.fields["name"]
        return form

    def act(self, form):
        said = form.particulars(self.link.guardian)
        putting_right.correct_guardian(self.link, by=self.request.user, now=clock.now(), **said)
        return _("Corrected.")


class EndGuardianship(StepForm, OfGuardian):
    page_title = submit_label = gettext_lazy("She is the guardian no more")
    form_class = records.EndForm
    danger = True
    intro = gettext_lazy(
        "Add the other guardian first. What was agreed to stands until the other one takes it back; her own link stops "
        "working."
    )
    field_of = {errors.DayOdd.code: "on"}

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        putting_right.end_guardianship(self.link, on=form.cleaned_data["on"], by=self.request.user, now=clock.now())
        return _("Written into file %(code)s.") % {"code": self.child.code}
