"""Fetching a sheet with what is on record, for one unit and everything below it."""

import tempfile

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.exchange import policies
from services.exchange.actions.corrections import write_for_correction
from services.exchange.desk.forms import CorrectionForm
from services.exchange.desk.jobs import XLSX, may_open, sealed
from services.foundation.desk import DeskFormView, one_export_too_many
from services.foundation.errors import Refused
from services.foundation.sheets import sheets

_IN_MEMORY = 4 * 1024 * 1024


class Correction(DeskFormView):
    """Asks for the unit, answers with the workbook."""

    form_class = CorrectionForm
    page_title = gettext_lazy("Correct what is on record")
    submit_label = gettext_lazy("Fetch the workbook")
    header_icon = "download"
    intro = gettext_lazy(
        "Correct it in Excel and upload it under “New import”: only the cells you changed are written. "
        "Where somebody else changed the same cell meanwhile, you see both values and decide."
    )

    @cached_property
    def spec(self):
        spec = sheets.get(self.kwargs["sheet"])
        if spec is None or spec.on_record is None or spec not in policies.importable(self.request.user):
            raise Http404
        return spec

    def allowed(self):
        return may_open(self.request.user)

    def get_page_subtitle(self):
        return str(self.spec.title)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "spec": self.spec}

    def get_breadcrumbs_items(self):
        trail = [{"url": reverse("imports:list"), "label": _("Imports")}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *trail]

    def get_success_url(self):
        return f"{reverse('imports:upload')}?sheet={self.spec.code}"

    def form_valid(self, form):
        if back := one_export_too_many(self.request, self.request.path):
            return back
        unit = form.cleaned_data["unit"]
        target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
        try:
            write_for_correction(target, self.spec, organization=unit, by=self.request.user)
        except Refused as refusal:
            target.close()
            form.add_error("unit", refusal.message(staff=True))
            return self.form_invalid(form)
        target.seek(0)
        name = f"{self.spec.code}-{unit.code}.xlsx"
        return sealed(FileResponse(target, as_attachment=True, filename=name, content_type=XLSX))
