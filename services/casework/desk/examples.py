"""Examples of papers that colleagues keep: what a good photo of each looks like."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.casework import policies
from services.casework.actions.examples import drop_example, keep_example
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.pages import desk_url
from services.casework.errors import DocumentRefused
from services.casework.forms.keeping import ExampleForm
from services.casework.models import ExamplePicture
from services.casework.queries.examples import examples_kept
from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_columns import Column, TitleColumn

TITLE = gettext_lazy("Examples of papers")


def _names() -> dict[tuple[str, str, str], tuple[str, str]]:
    """By service, programme and paper: what the last two are called."""
    return {
        (service.code, code, one.item): (title, one.text)
        for service in services
        for one in service.papers_asked()
        for code, title in ((one.subject_code, one.title), ("", _("Every programme")))
    }


class ExampleList(KeptList):
    model = ExamplePicture
    page_title = TITLE
    verbose_name_plural = gettext_lazy("examples of papers")
    index_url_name, index_results_url_name = "casework_desk:examples", "casework_desk:examples_results"
    default_ordering = ("service", "subject_code", "item", "pk")
    add = ("example_add", gettext_lazy("New example"))

    def allowed(self):
        return policies.may_keep_reasons_anywhere(self.request.user)

    def may_add(self):
        return bool(self.allowed())

    def rows(self, user):
        return examples_kept(user)

    @cached_property
    def columns(self):
        names = _names()

        def named(one: ExamplePicture) -> tuple[str, str]:
            return names.get((one.service, one.subject_code, one.item), (one.subject_code, one.item))

        return [
            TitleColumn(
                "item",
                label=pgettext_lazy("of an application", "Paper"),
                accessor=lambda one: named(one)[1],
                get_url=lambda one: desk_url("example_drop", one.token),
            ),
            Column("subject_code", label=_("Programme"), accessor=lambda one: named(one)[0]),
            Column("organization.name", label=_("Kept by")),
            Column("words", label=_("What a good photo shows")),
        ]


class ExampleAdd(KeptForm):
    above = ("examples", TITLE)
    page_title = gettext_lazy("New example")
    form_class = ExampleForm
    intro = gettext_lazy(
        "She sees it beside the paper when it is asked for or still missing. One that stands there already is replaced."
    )

    def allowed(self):
        return policies.may_keep_reasons_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def field_for(self, refusal):
        return "picture" if isinstance(refusal, DocumentRefused) else None

    def act(self, form):
        data = form.cleaned_data
        keep_example(
            organization=data["organization"],
            words=data["words"],
            picture=data["picture"],
            by=self.request.user,
            now=clock.now(),
            **form.chosen(),
        )
        return _("Kept. She sees it from now on.")


class ExampleDrop(KeptForm):
    above = ("examples", TITLE)
    page_title = gettext_lazy("Take the example away")
    submit_label = gettext_lazy("Take it away")
    danger = True
    form_class = forms.Form

    @cached_property
    def example(self) -> ExamplePicture:
        return get_object_or_404(examples_kept(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_keep_reasons_of(self.request.user, self.example.organization)

    @property
    def intro(self):
        source = reverse("casework:example", args=[self.example.token])
        return format_html('{}<br><img class="desk-example" src="{}" alt="">', self.example.words, source)

    def act(self, form):
        drop_example(self.example, by=self.request.user)
        return _("The example is taken away.")
