"""What sign-up asks: adding a question, asking one no more."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from services.signups import actions, errors
from services.signups.desk.pages import ActionForm, Confirm, ManagerPage
from services.signups.forms.activity import QuestionForm


class QuestionAdd(ActionForm, ManagerPage):
    page_title = _("Ask a question")
    intro = _("Everybody who signs up from now on is asked. Fewer questions bring more women.")
    form_class = QuestionForm
    field_of = {errors.SensitiveQuestion.code: "words", errors.ChoicesMissing.code: "choices"}

    def act(self, form):
        actions.add_question(self.activity, by=self.request.user, **form.cleaned_data)
        return _("The question is asked from now on.")


class QuestionRemove(Confirm, ManagerPage):
    page_title = submit_label = _("Ask it no more")
    danger = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.question = get_object_or_404(self.activity.questions.filter(retired=False), token=kwargs["token"])

    @property
    def intro(self):
        return _("“%(words)s” isn't asked any more. Answers given stay readable.") % {"words": self.question.words}

    def act(self, form):
        actions.remove_question(self.question, by=self.request.user)
        return _("The question isn't asked any more.")
