"""Bases of every desk view: refusals said in words, lists that can't run away, workbooks that can't run formulas."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
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

    def dispatch(self, request, *args, **kwargs):
        try:
            self.allowed().insist()
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as denied:
            context = {"reason": str(denied), "page_title": _("Not allowed")}
            response = TemplateResponse(request, "desk/refused.html", context, status=403)
        add_never_cache_headers(response)
        return response


class DeskListView(DeskView, generic.IndexView):
    """A Wagtail listing over ``rows(user)``; ``list_export`` offers exactly the filtered rows as a workbook."""

    FORMATS = ("xlsx",)
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

    @cached_property
    def header_more_buttons(self):
        if not self.list_export:
            return []
        return [Button(_("Download XLSX"), url=self.xlsx_export_url, icon_name="download", priority=90)]

    def get(self, request, *args, **kwargs):
        refused = one_export_too_many(request, self._same_rows()) if self.is_export else None
        return refused or super().get(request, *args, **kwargs)

    def _same_rows(self) -> str:
        """This list as it is filtered, on the screen."""
        query = self.request.GET.copy()
        query.pop("export", None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def get_edit_url(self, instance):
        return None

    def preprocess_field_value(self, field, value, export_format):
        return defused(super().preprocess_field_value(field, value, export_format))


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

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            submit_label=self.submit_label,
            danger=self.danger,
            intro=self.intro,
            back_url=self.get_success_url(),
            **kwargs,
        )
