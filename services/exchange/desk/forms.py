"""The upload form: which sheet, for which unit, which file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.exchange import policies, queries
from services.foundation.sheets import sheets
from services.organizations.models import Organization

SHORT_LIST = 30


class UploadForm(forms.Form):
    """The unit is chosen from a list while that stays short, else named by its code."""

    sheet = forms.ChoiceField(label=_("What do you import?"))
    unit = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("For which unit?"),
        to_field_name="code",
        help_text=_("Units below it may stand in the same file."),
        error_messages={"invalid_choice": _("You can't import for a unit with this code.")},
    )
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        error_messages={"required": _("Choose the workbook first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        specs = policies.importable(user)
        self.fields["sheet"].choices = [(spec.code, spec.title) for spec in specs]
        chosen = self.data.get("sheet") or self.initial.get("sheet") or (specs[0].code if specs else "")
        spec = sheets.get(chosen) or (specs[0] if specs else None)
        if spec is not None:
            self._offer_units(queries.units_for(user, spec))

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

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if len(upload.name) > 200:
            raise forms.ValidationError(_("The file's name is too long."))
        return upload
