"""What a woman, or whoever claims in her name, types: the day, the diagnosis, the treatment, her declaration."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms.why import SaysWhy
from services.mutual_aid.enums import HospitalLevel
from services.mutual_aid.models import SchemeTerms
from services.mutual_aid.rules.typed import MOST_DAYS, NOT_ON_THE_LIST, Fault
from services.mutual_aid.wording import stated, why
from services.mutual_aid.wording.claims import GRADES_HERS
from services.mutual_aid.wording.faults import fault
from services.organizations.forms import DayInput

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def put(faults: list[Fault], form: forms.Form) -> None:
    """Say each fault beside its field."""
    for one in faults:
        form.add_error(one.field if one.field in form.fields else None, fault(one))


class YesNoField(forms.TypedChoiceField):
    """Yes, no, and not said: the last is never read as a no."""

    def __init__(self, **kwargs):
        choices = [("yes", stated.YES), ("no", stated.NO)]
        super().__init__(choices=choices, coerce=lambda text: text == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class DayForm(forms.Form):
    """Asked before anything is kept: the day is in the body of the form alone."""

    diagnosed = forms.DateField(
        label=stated.DIAGNOSED,
        widget=DayInput,
        help_text=_("It stands on the report. Not known yet? Take the day on which you were told."),
        error_messages={"required": _("Write the day."), "invalid": _("Write the day as year, month, day.")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["diagnosed"].widget.attrs["max"] = today.isoformat()

    def clean_diagnosed(self):
        given = self.cleaned_data["diagnosed"]
        if given > self.today:
            raise forms.ValidationError(fault(Fault("in_future", "diagnosed")))
        return given


class BeginForm(forms.Form):
    """The cover she claims on, and her agreement where it isn't on record."""

    cover = forms.ChoiceField(label=_("Which cover"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    agree = forms.BooleanField(
        label=_("I have read the notice and agree."),
        error_messages={"required": _("Tick the box if you agree. Without it we may not take a claim.")},
    )

    def __init__(self, *args, covers: list[tuple[str, str]], asks_consent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = covers
        if len(covers) == 1:
            self.fields["cover"].widget = forms.HiddenInput()
            self.fields["cover"].initial = covers[0][0]
        if not asks_consent:
            del self.fields["agree"]


class DiagnosisForm(SaysWhy, forms.Form):
    why = why.DIAGNOSIS
    diagnosed = forms.DateField(
        label=stated.DIAGNOSED,
        widget=DayInput,
        help_text=_("This day decides which cover answers."),
        error_messages={"required": _("Write the day.")},
    )
    disease = forms.ChoiceField(label=stated.ILLNESS, widget=forms.RadioSelect, error_messages=_CHOOSE)
    grade = forms.ChoiceField(
        label=stated.GRADE,
        choices=GRADES_HERS,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        help_text=_("The words stand in the conclusion of the pathology report (病理诊断)."),
    )

    def __init__(self, *args, terms: SchemeTerms, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in terms.diseases.all()]
        self.fields["disease"].choices = [*listed, (NOT_ON_THE_LIST, stated.OTHER_ILLNESS)]


class TreatmentForm(SaysWhy, forms.Form):
    why = why.TREATMENT
    hospital = forms.CharField(
        label=stated.HOSPITAL, max_length=80, error_messages={"required": _("Write the name of the hospital.")}
    )
    hospital_level = forms.ChoiceField(
        label=stated.LEVEL,
        choices=[("", "—"), *HospitalLevel.choices],
        error_messages=_CHOOSE,
        help_text=_("It stands on the hospital's papers or at its door, for example 三级甲等."),
    )
    hospitalised = YesNoField(
        label=_("Did you lie in hospital for it?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    hospital_days = forms.IntegerField(
        label=_("How many days?"), required=False, min_value=0, max_value=MOST_DAYS, help_text=_("Only if you did.")
    )
    surgery = YesNoField(label=_("Did you have an operation for it?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    told = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Whatever whoever decides should know. It is kept sealed; your unit doesn't read it."),
    )

    def clean(self):
        data = super().clean()
        if data.get("hospitalised") and not data.get("hospital_days") and "hospital_days" not in self.errors:
            self.add_error("hospital_days", fault(Fault("stay_without_days", "hospital_days")))
        return data


class SendForm(forms.Form):
    declares = forms.BooleanField(
        label=_("What I stated is true and complete as far as I know."),
        error_messages={"required": _("Tick that what you stated is true. Without it we can't take the claim.")},
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=1000,
        min_length=4,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": _("Say in a few words what should be looked at again."),
            "min_length": _("Say in a few words what should be looked at again."),
        },
        help_text=_("Only somebody who hasn't decided about it before reads this."),
    )
