"""Bases of every desk view: refusals said in words, lists that can't run away, workbooks that can't run formulas."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from services.foundation import clock
from services.foundation.errors import AlreadyDone, Refused
from services.foundation.pace import minutes_to_wait
from services.foundation.verdict import ALLOWED, Verdict

SEARCH_LENGTH = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(value):
    """A cell value that no spreadsheet program takes for a formula, even after being saved as CSV."""
    text = isinstance(value, str) and value.lstrip(" ")
    return f"'{value}" if text and text.startswith(_FORMULA) else value


def one_export_too_many(request, back: str):
    """Count one download of a workbook; None, or the way ``back`` with the reason when this hour's are used up."""
    minutes = minutes_to_wait("export", request.user, limit=settings.EXPORTS_PER_HOUR, now=clock.now())
    if not minutes:
        return None
    words = _("You have downloaded %(limit)s workbooks within this hour. Please try again in %(minutes)s minutes.")
    messages.error(request, str(words) % {"limit": settings.EXPORTS_PER_HOUR, "minutes": minutes})
    return redirect(back)


class DeskView:
    """Answers a missing right with 403 and the reason, and keeps the page out of every cache.

    Wagtail itself would send the user home with a message; a refusal that looks like success helps nobody.
    """

    def allowed(self) -> Verdict:
        """May this person open this page at all? Asked before anything else of the view runs."""
        return ALLOWED

    def form_sent(self):
        """The form class of what was sent, as far as it is one."""
        return getattr(self, "form_class", None)

    def words_sent(self) -> list[tuple[str, str]]:
        """What she wrote into the text fields of a form that she may not send any more: label and text, to copy."""
        form = self.form_sent() if self.request.method == "POST" else None
        return [
            (str(field.label or name), self.request.POST[name].strip())
            for name, field in (form.base_fields.items() if form else ())
            if isinstance(field.widget, forms.Textarea | forms.TextInput)
            and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
            and self.request.POST.get(name, "").strip()
        ]

    def dispatch(self, request, *args, **kwargs):
        try:
            self.allowed().insist()
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as denied:
            context = {"reason": str(denied), "page_title": _("Not allowed"), "words": self.words_sent()}
            response = TemplateResponse(request, "desk/refused.html", context, status=403)
        add_never_cache_headers(response)
        return response


class DeskListView(DeskView, generic.IndexView):
    """A Wagtail listing over ``rows(user)``; ``listing`` is the code of the export that takes along what is filtered.

    Wagtail's own workbook is never made: it says nothing of filters, scope and time (services.foundation.exports).
    """

    listing = ""
    paginate_by = 50
    results_template_name = "desk/list_results.html"
    search_backend_name = None
    any_permission_required = None

    def rows(self, user):
        """The queryset this person may see."""
        raise NotImplementedError

    def get_base_queryset(self):
        return self.rows(self.request.user)

    def get_search_form(self):
        form = super().get_search_form()
        if form is not None:
            form.fields["q"].max_length = SEARCH_LENGTH
            form.fields["q"].widget.attrs["maxlength"] = SEARCH_LENGTH
        return form

    @cached_property
    def search_query(self):
        return super().search_query[:SEARCH_LENGTH].strip()

    @property
    def is_export(self) -> bool:
        """Never, whatever the address asks of Wagtail."""
        return False

    @is_export.setter
    def is_export(self, asked: bool) -> None:
        pass

    @cached_property
    def header_more_buttons(self):
        if not self.listing:
            return []
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "export", "_w_filter_fragment"):
            query.pop(name, None)
        url = f"{reverse('exports:ask', args=[self.listing])}?{query.urlencode()}"
        return [Button(_("Export to Excel"), url=url, icon_name="download", priority=90)]

    def get_edit_url(self, instance):
        return None


def say_files_again(form) -> None:
    """Beside each file that came with a form that goes back: it must be chosen anew, as no page can fill it in."""
    for name, file in form.files.items():
        if name in form.fields and name not in form.errors:
            words = {"name": getattr(file, "name", "")}
            form.add_error(name, _("Please choose %(name)s once more: a page that comes back can't keep it.") % words)


class DeskFormView(DeskView, WagtailAdminTemplateMixin, FormView):
    """A form that calls one action; what the action refuses is shown beside the form and nothing is lost."""

    template_name = "desk/form.html"
    submit_label = _("Save")
    danger = False
    intro = ""

    def act(self, form) -> str:
        """Call the action and return the sentence that says what happened. ``Refused`` is handled."""
        raise NotImplementedError

    def field_for(self, refusal: Refused) -> str | None:
        """The field whose value caused the refusal, when there is one."""
        return None

    def get_form(self, form_class=None):
        """Labels begin with a capital, as those do that Django takes from a model."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.label = field.label and capfirst(field.label)
        return form

    def form_valid(self, form):
        try:
            said = self.act(form)
        except AlreadyDone as done:
            messages.info(self.request, done.message(staff=True))
            return redirect(self.get_success_url())
        except Refused as refusal:
            form.add_error(self.field_for(refusal), refusal.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        say_files_again(form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            submit_label=self.submit_label,
            danger=self.danger,
            intro=self.intro,
            back_url=self.get_success_url(),
            **kwargs,
        )


class StepForm(DeskFormView):
    """A form that leads to one action. The refusal names the field it is about, or ``field_of`` does by its code."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        named = refusal.context.get("field") or self.field_of.get(refusal.code)
        return named if named in self.get_form().fields else None


class Confirm(StepForm):
    """A question with its consequence, and one button."""

    form_class = forms.Form
