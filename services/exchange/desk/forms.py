"""What an upload and an export ask for."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.exchange import policies, queries
from services.foundation.sheets import sheets
from services.organizations.models import Organization

SHORT_LIST = 30


class ExportForm(forms.Form):
    """Masked or in clear; the second only where the list allows it, and with a reason."""

    MASKED, IN_CLEAR = "masked", "clear"
    form_of = forms.ChoiceField(
        label=_("What the file shows"), choices=[], widget=forms.RadioSelect, initial=MASKED, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed for a file in clear. Each woman can read it among the looks at her data."),
    )

    def __init__(self, *args, listing, may_open: bool, **kwargs):
        super().__init__(*args, **kwargs)
        names = gettext(", ").join(listing.protected)
        if not may_open:
            del self.fields["form_of"], self.fields["reason"]
            return
        self.fields["form_of"].choices = [
            (self.MASKED, gettext("masked: %(names)s") % {"names": names}),
            (self.IN_CLEAR, gettext("in clear: %(names)s") % {"names": names}),
        ]

    @property
    def opened(self) -> bool:
        return self.cleaned_data.get("form_of") == self.IN_CLEAR


class _ForUnit(forms.Form):
    """The unit is chosen from a list while that stays short, else named by its code."""

    unit = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("For which unit?"),
        to_field_name="code",
        help_text=_("Units below it may stand in the same file."),
        error_messages={"invalid_choice": _("You can't import for a unit with this code.")},
    )

    def _offer_units(self, units) -> None:
        field = self.fields["unit"]
        field.queryset = units
        first = units.order_by("depth", "path").first()
        field.initial = first and first.code
        if units.count() > SHORT_LIST:
            field.widget = forms.TextInput(attrs={"size": 20})
            field.help_text = _("The unit's code, for example %(code)s. Units below it may stand in the same file.") % {
                "code": first.code
            }


class CorrectionForm(_ForUnit):
    """For which unit the list is fetched."""

    def __init__(self, *args, user, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = _("Units below it stand in the same file.")
        self._offer_units(queries.units_for(user, spec))


class UploadForm(_ForUnit):
    sheet = forms.ChoiceField(label=_("What do you import?"))
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        error_messages={"required": _("Choose the workbook first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    field_order = ("sheet", "unit", "file")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        specs = policies.importable(user)
        self.fields["sheet"].choices = [(spec.code, spec.title) for spec in specs]
        chosen = self.data.get("sheet") or self.initial.get("sheet") or (specs[0].code if specs else "")
        spec = sheets.get(chosen) or (specs[0] if specs else None)
        if spec is not None:
            self._offer_units(queries.units_for(user, spec))

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if len(upload.name) > 200:
            raise forms.ValidationError(_("The file's name is too long."))
        return upload
