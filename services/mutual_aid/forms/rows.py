"""Rows of a version as staff type them: its diseases and the lines of its waiting ladder. Empty stays unknown."""

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from services.mutual_aid.enums import Grade, HospitalLevel, InSitu, Joined, Result, Treatment
from services.mutual_aid.rules.terms import Disease, Line

UNKNOWN = ("", _("Not known"))
_MOST_DAYS, _MOST_YUAN = 7_400, 10_000_000
_YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
_BOOLEANS = {"yes": True, "no": False, "": None}


def yes_or_no(label, help_text=""):
    """Yes, no, or not known."""
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        coerce=lambda value: _BOOLEANS[value],
        empty_value=None,
        required=False,
        help_text=help_text,
    )


def said(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def yuan(label, *, required=False, help_text=""):
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_value=_MOST_YUAN, decimal_places=2, help_text=help_text
    )


class DiseaseForm(forms.Form):
    code = forms.CharField(label=_("code"), max_length=40, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=120)
    primary_only = yes_or_no(_("primary cancer only"))
    in_situ = forms.ChoiceField(label=_("carcinoma in situ"), choices=[UNKNOWN, *InSitu.choices], required=False)

    def row(self) -> Disease:
        data = self.cleaned_data
        return Disease(data["code"], data["name"], data["primary_only"], data["in_situ"])


class LineForm(forms.Form):
    joined = forms.ChoiceField(label=_("for"), choices=Joined.choices)
    grade = forms.ChoiceField(label=_("grade"), choices=Grade.choices)
    disease = forms.CharField(
        label=_("only for the disease"),
        max_length=40,
        required=False,
        validators=[validate_slug],
        help_text=_("A code of the list. Empty: all that have no line of their own."),
    )
    day_from = forms.IntegerField(
        label=_("from day"), required=False, min_value=0, max_value=_MOST_DAYS, help_text=_("Empty: not known.")
    )
    day_to = forms.IntegerField(
        label=_("to day"),
        required=False,
        min_value=0,
        max_value=_MOST_DAYS,
        help_text=_("Empty: to the end of the cover."),
    )
    result = forms.ChoiceField(label=_("gives"), choices=Result.choices)
    per_share = yuan(_("yuan a share"), help_text=_("Empty: not known."))
    ends_cover = yes_or_no(_("ends the cover"))
    treatment = forms.ChoiceField(label=_("only after"), choices=[UNKNOWN, *Treatment.choices], required=False)
    hospital_level = forms.ChoiceField(
        label=_("hospital of at least"), choices=[("", _("As for the scheme")), *HospitalLevel.choices], required=False
    )
    once = yuan(_("once after a stay in hospital, yuan"))
    daily = yuan(_("for each day in hospital, yuan"))
    daily_days = forms.IntegerField(label=_("at most so many days"), required=False, min_value=0, max_value=3650)
    source = forms.CharField(label=_("source"), max_length=300, required=False)

    def clean(self):
        data = super().clean()
        begin, end = data.get("day_from"), data.get("day_to")
        if begin is not None and end is not None and end < begin:
            self.add_error("day_to", _("Its last day lies before its first."))
        gives_nothing = data.get("result") == Result.NOTHING
        if gives_nothing and any(data.get(name) for name in ("per_share", "once", "daily")):
            self.add_error("per_share", _("A line that gives nothing can't have a sum."))
        return data

    def row(self) -> Line:
        data = self.cleaned_data
        return Line(**data_of_line(data))


def data_of_line(data: dict) -> dict:
    """The fields of ``rules.terms.Line``; sums for hospital that were left empty are none."""
    values = {name: data[name] for name in Line.__dataclass_fields__}
    return values | {name: data[name] or 0 for name in ("once", "daily", "daily_days")}


class _Rows(forms.BaseFormSet):
    """Rows in the order of the screen; those left empty at the end and those ticked for removal say nothing."""

    def kept(self) -> list[forms.Form]:
        removed, stored = self.deleted_forms, self.initial_form_count()
        return [
            form
            for place, form in enumerate(self.forms)
            if form not in removed and (place < stored or form.has_changed())
        ]

    def rows(self) -> tuple:
        return tuple(form.row() for form in self.kept())


class _DiseaseRows(_Rows):
    def clean(self):
        codes = [form.cleaned_data.get("code") for form in self.kept() if form.is_valid()]
        if len(set(codes)) < len(codes):
            raise forms.ValidationError(_("The same code stands in two rows."))


class _LineRows(_Rows):
    def clean(self):
        """The database takes one line a beginning; that they leave no day out is told before putting in force."""
        begins = []
        for form in self.kept():
            data = form.cleaned_data if form.is_valid() else {}
            if data.get("day_from") is not None:
                begins.append(tuple(data.get(name) for name in ("joined", "disease", "grade", "day_from")))
        if len(set(begins)) < len(begins):
            raise forms.ValidationError(_("Two lines for the same women and grade begin on the same day."))


def _set_of(form, formset, most: int, extra: int):
    return forms.formset_factory(
        form, formset=formset, extra=extra, can_delete=True, max_num=most, validate_max=True, absolute_max=most + 10
    )


DiseaseRows = _set_of(DiseaseForm, _DiseaseRows, 30, 2)
LineRows = _set_of(LineForm, _LineRows, 35, 2)


def disease_rows(diseases, data=None) -> DiseaseRows:
    initial = [
        {"code": one.code, "name": one.name, "primary_only": said(one.primary_only), "in_situ": one.in_situ}
        for one in diseases
    ]
    return DiseaseRows(data, prefix="diseases", initial=initial)


def line_rows(lines, data=None) -> LineRows:
    initial = [
        {name: getattr(one, name) for name in Line.__dataclass_fields__} | {"ends_cover": said(one.ends_cover)}
        for one in lines
    ]
    return LineRows(data, prefix="lines", initial=initial)
