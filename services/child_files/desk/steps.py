"""Steps of a file: begun, asked for consent, answered on paper, withdrawn, reviewed, left; its papers."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from services.casework.errors import DocumentRefused, TooManyUploads
from services.child_files import errors, policies
from services.child_files.actions import caring, consents, filling, links, papers
from services.child_files.actions.moving import exit_file, move_file
from services.child_files.actions.registering import register
from services.child_files.desk.pages import FilePage, FilesPage, Keeping, OfGuardian, desk_url
from services.child_files.enums import Answer, Purpose
from services.child_files.forms import records
from services.child_files.models import ChildConsent, ChildPaper, taught_paths
from services.child_files.queries.consents import notices_in_force, open_questions
from services.child_files.queries.files import guardians_of, papers_of
from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file


class Register(StepForm, FilesPage):
    page_title = submit_label = gettext_lazy("Begin a file")
    form_class = records.RegisterForm
    intro = gettext_lazy(
        "Only how to reach the guardian is written down now. Everything about the child comes after she has agreed."
    )
    field_of = {errors.NotAGuardian.code: "basis", errors.EvidenceMissing.code: "evidence"}
    made = None

    def allowed(self):
        return policies.may_teach_somewhere(self.request.user)

    def get_form_kwargs(self):
        mine = Home.objects.unscoped().filter(host__path__in=taught_paths(self.request.user), state__in=ALIVE)
        return super().get_form_kwargs() | {"homes": mine.select_related("host").order_by("code")}

    def act(self, form):
        self.made = register(form.cleaned_data["home"], guardian=form.stated, by=self.request.user, now=clock.now())
        return _("File %(code)s is begun. Send the guardian her link.") % {"code": self.made.code}

    def get_success_url(self):
        return desk_url("file", self.made.token) if self.made else desk_url("list")


class SendLink(Confirm, OfGuardian):
    """The guardian gets her own link by SMS."""

    page_title = submit_label = gettext_lazy("Send the guardian her link")
    intro = gettext_lazy(
        "She says yes or no to each purpose on her own phone, after a code and one question. The message names no "
        "child. An earlier link stops working."
    )

    def act(self, form):
        links.send_link(self.link, by=self.request.user, now=clock.now())
        return _("The link is on its way. It works for %(days)s days.") % {"days": links.LINK_LASTS.days}


class RecordConsent(StepForm, Keeping):
    page_title = gettext_lazy("Write down what the guardian said")
    form_class = records.ConsentForm
    intro = gettext_lazy(
        "Signed on paper, or said before a witness. Each purpose on its own; what isn't answered stays open. A no to "
        "photos changes nothing else."
    )
    field_of = {
        errors.NotAGuardian.code: "giver",
        errors.EvidenceMissing.code: "giver",
        errors.ConsentEvidenceMissing.code: "evidence",
    }

    @cached_property
    def questions(self):
        return open_questions(self.child, clock.now())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"guardians": guardians_of(self.child), "questions": self.questions}

    def act(self, form):
        data, now = form.cleaned_data, clock.now()
        how = consents.Given(data["method"], evidence=data["evidence"], address=self.address)
        notices = notices_in_force(now)
        for purpose, yes in form.answers().items():
            consents.answer(
                data["giver"], purpose=purpose, yes=yes, notice=notices[purpose], how=how, by=self.request.user, now=now
            )
        return _("The answers are on record.")


class Withdraw(Confirm, FilePage):
    """The guardian rang up: three clicks from her call to the end of it."""

    page_title = submit_label = gettext_lazy("Record the withdrawal")
    danger = True

    @cached_property
    def consent(self) -> ChildConsent:
        rows = ChildConsent.objects.unscoped().filter(child=self.child, purpose=self.kwargs["purpose"])
        found = rows.filter(answer=Answer.GIVEN, ended_at__isnull=True).first()
        if found is None:
            raise Http404
        return found

    def named(self):
        return super().named(), self.consent

    def allowed(self):
        return super().allowed() and policies.may_record_withdrawal(self.request.user, self.child)

    @property
    def intro(self):
        if self.consent.purpose == Purpose.HOME_SERVICE:
            return _(
                "“%(purpose)s” ends at once: the file leaves every list and is locked, approvals to read it end."
            ) % {"purpose": self.consent.get_purpose_display()}
        return _("“%(purpose)s” ends at once. Everything else goes on.") % {
            "purpose": self.consent.get_purpose_display()
        }

    def act(self, form):
        consents.withdraw(self.consent, by=self.request.user, now=clock.now())
        return _("Withdrawn. It is in force now.")

    def get_success_url(self):
        gone = self.consent.purpose == Purpose.HOME_SERVICE and self.request.method == "POST"
        return desk_url("list") if gone else super().get_success_url()


class Review(Confirm, Keeping):
    page_title = submit_label = gettext_lazy("The file is right and holds no more than needed")
    intro = gettext_lazy(
        "You have gone through it: what is wrong is corrected, what isn't needed any more is taken out. From fourteen "
        "on, the child has been told itself what is stored."
    )

    def act(self, form):
        caring.review(self.child, by=self.request.user, now=clock.now())
        if self.child.age_band in ("14_15", "16_up"):
            filling.tell_at_fourteen(self.child, by=self.request.user, now=clock.now())
        return _("Reviewed.")


class Exit(StepForm, Keeping):
    page_title = submit_label = gettext_lazy("The child leaves the home")
    form_class = records.ExitForm
    intro = gettext_lazy("The file is locked some weeks later and made anonymous when its term is over.")
    field_of = {errors.DayOdd.code: "on", errors.ReasonNeeded.code: "why"}

    def act(self, form):
        exit_file(self.child, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Written down. The child has left the home.")


class Readmit(StepForm, Keeping):
    page_title = submit_label = gettext_lazy("The child is back")
    form_class = records.ReadmitForm
    field_of = {errors.ReasonNeeded.code: "reason"}

    def act(self, form):
        move_file(self.child, "readmit", by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The file is in use again.")


class PaperAdd(StepForm, Keeping):
    page_title = gettext_lazy("Add a photo or paper")
    form_class = records.PaperForm
    submit_label = pgettext_lazy("paper", "Add")

    def act(self, form):
        kind, upload = form.cleaned_data["kind"], form.cleaned_data["file"]
        papers.add_paper(self.child, kind=kind, upload=upload.file, by=self.request.user, now=clock.now())
        return _("It is kept privately.")

    def field_for(self, refusal):
        return "file" if isinstance(refusal, DocumentRefused | TooManyUploads | errors.NoConsent) else None


class _OnePaper(FilePage, View):
    def paper(self) -> ChildPaper:
        found = papers_of(self.child).filter(token=self.kwargs["paper"]).first()
        if found is None:
            raise Http404
        found.child = self.child
        return found


class PaperOpen(_OnePaper):
    """By a link of her own that ends in five minutes; an old or a borrowed one leads nowhere."""

    http_method_names = ["get", "head"]

    def named(self):
        return self.paper()

    def get(self, request, token, paper, link):
        found = self.paper()
        if not papers.link_holds(found, request.user, link):
            raise Http404
        try:
            stream = papers.open_paper(found, by=request.user, now=clock.now(), address=self.address)
        except (Refused, FileNotFoundError, ValueError):
            raise Http404 from None
        return sealed_file(stream, name=f"{found.token[:8]}.{found.extension}", content_type=found.content_type)


class PaperRemove(_OnePaper, Keeping):
    http_method_names = ["post"]

    def post(self, request, token, paper):
        papers.remove_paper(self.paper(), by=request.user, now=clock.now())
        messages.success(request, _("It was taken out and deleted."))
        return redirect(self.get_success_url())
