"""Approvals, emergencies, concerns, and what the officer for personal data fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.forms.fields import DayField, MomentField, YesNo, why_field
from services.child_files.models import CareRules
from services.foundation import clock

_USES = [*enums.Purpose.choices, ("id_number", _("Identity number"))]
RECIPIENTS = (
    ("civil_affairs", _("Civil affairs")),
    ("education", _("Education department")),
    ("youth_league", _("Youth league")),
)
DATA_KINDS = (
    ("identity", _("Name, sex, day of birth, class")),
    ("family", _("Parents, guardians, carer")),
    ("contact", _("Phones and addresses")),
    ("growth", _("Growth record")),
    ("study", _("School results in bands")),
    ("visits", _("Visits and meetings")),
    ("health", _("Health")),
    ("photo", _("Photos")),
    ("call_times", _("Times of calls")),
    ("age_band", _("Age band")),
    ("sex", _("Sex")),
    ("county", _("County")),
)


class RevealForm(forms.Form):
    what = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why you need to see it"), max_length=200)


class AskForm(forms.Form):
    of = forms.ModelChoiceField(label=_("Leader who approves"), queryset=None, empty_label=None)
    purpose = forms.ChoiceField(
        label=pgettext_lazy("reading a file", "What for"),
        choices=[
            (one.value, one.label)
            for one in enums.ReadPurpose
            if one not in (enums.ReadPurpose.DAILY_CARE, enums.ReadPurpose.EMERGENCY, enums.ReadPurpose.RELEASE)
        ],
    )
    reason = why_field()

    def __init__(self, *args, leaders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = leaders
        self.fields["of"].label_from_instance = lambda user: user.full_name


class DecideForm(forms.Form):
    yes = YesNo(
        label=pgettext_lazy("approval to read", "Decision"),
        yes=pgettext_lazy("approval to read", "Approve"),
        no=pgettext_lazy("approval to read", "Refuse"),
    )
    note = why_field(_("Words on it"), required=False)


class GlassForm(forms.Form):
    reason = why_field(_("What is the emergency?"))
    hours = forms.TypedChoiceField(
        label=_("For how long"), choices=[(1, _("1 hour")), (2, _("2 hours")), (3, _("3 hours"))], coerce=int
    )


class ReleaseForm(forms.Form):
    """``home`` by its code."""

    home = forms.ModelChoiceField(label=pgettext_lazy("organisation", "Home"), queryset=None, empty_label=None)
    fields_asked = forms.MultipleChoiceField(
        label=_("Which data"),
        choices=enums.ReleaseField.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than you need. Identity numbers, health and notes leave in no workbook."),
    )
    purpose = forms.ChoiceField(label=_("For what"), choices=enums.ReleaseFor)
    reason = why_field()
    leader = forms.ModelChoiceField(label=_("Leader who releases it first"), queryset=None, empty_label=None)

    def __init__(self, *args, homes, leaders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = homes
        self.fields["home"].to_field_name = "code"
        self.fields["home"].label_from_instance = lambda home: f"{home.host.name} · {home.code}"
        self.fields["leader"].queryset = leaders
        self.fields["leader"].label_from_instance = lambda user: user.full_name


class ReviewForm(forms.Form):
    judged = forms.ChoiceField(label=_("What you found"), choices=enums.Judged, widget=forms.RadioSelect)
    note = why_field(_("In words"), length=300)


class ConcernForm(forms.Form):
    category = forms.ChoiceField(label=_("What it is about"), choices=enums.ConcernCategory)
    words = forms.CharField(
        label=_("What was seen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Facts, no guesses. Two people are named who read it, and nobody else."),
    )
    observed_at = MomentField(label=_("Seen at"))


class ReportForm(forms.Form):
    to = forms.ChoiceField(label=_("Reported to"), choices=enums.Authority)
    at = MomentField(label=_("Reported at"))
    receipt = forms.CharField(label=_("Receipt: number, or who took it"), max_length=120)


class KeepersForm(forms.Form):
    first = forms.ModelChoiceField(label=_("First person"), queryset=None)
    second = forms.ModelChoiceField(label=_("Second person"), queryset=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = lambda user: user.full_name


class AnswerForm(forms.Form):
    verb = forms.ChoiceField(label=pgettext_lazy("request", "What happens"), choices=[], widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Written answer"), max_length=800, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    appeal = forms.CharField(
        label=_("Where she can appeal"),
        max_length=200,
        required=False,
        help_text=_("Needed where you refuse: the office above, the cyberspace administration, a court."),
    )

    def __init__(self, *args, verbs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = verbs


class AssessmentForm(forms.Form):
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None, empty_label=None)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=_USES)
    number = forms.CharField(label=_("Number"), max_length=40)
    necessity = why_field(_("Why it is needed, and why less won't do"), length=1000)
    risks = why_field(_("What could happen to the child"), length=1000)
    measures = why_field(_("What is done against it"), length=1000)

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes


class SwitchForm(forms.Form):
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None, empty_label=None)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=_USES)
    on = YesNo(
        label=pgettext_lazy("switch", "Use"), yes=pgettext_lazy("switch", "On"), no=pgettext_lazy("switch", "Off")
    )
    reason = why_field(required=False, length=300)

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes


class RuleForm(forms.Form):
    years = forms.IntegerField(label=_("Years after the child left"), min_value=0, max_value=30)
    basis = why_field(_("On what ground"), length=300)
    backup_days = forms.IntegerField(
        label=_("Days until it is gone from the backups"), min_value=0, max_value=400, initial=35
    )
    valid_from = DayField(label=_("In force from"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today


class CareRulesForm(forms.ModelForm):
    class Meta:
        model = CareRules
        fields = [
            *("call_every_days", "meetings_a_term", "visits_a_term", "review_every_months", "consent_years"),
            *("grant_hours", "phrase"),
        ]
        widgets = {"phrase": forms.Textarea(attrs={"rows": 3})}


class _Codes(forms.CharField):
    """Numbers of files, one a line."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), max_length=40_000, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return list(dict.fromkeys(text.replace(",", " ").replace("，", " ").split()))


class SharingForm(forms.Form):
    recipient = forms.ChoiceField(label=_("Recipient"), choices=RECIPIENTS)
    recipient_name = forms.CharField(label=_("Name of the recipient"), max_length=80)
    purpose = forms.CharField(label=_("For what"), max_length=200)
    fields_given = forms.MultipleChoiceField(
        label=_("Which data"),
        choices=[one for one in DATA_KINDS if one[0] in ("identity", "family")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreement = forms.CharField(label=_("Under which agreement"), max_length=120)
    codes = _Codes(label=_("Numbers of the files, one a line"))


class IncidentForm(forms.Form):
    found_at = MomentField(label=_("Found at"))
    kinds = forms.CharField(label=_("Which kinds of data"), max_length=200)
    cause = why_field(_("How it came about"), length=300)
    harm = why_field(_("What harm may follow"), length=300)
    measures = why_field(_("What we do, and what the family can do"), length=500)
    contact = forms.CharField(label=_("Whom to call"), max_length=100)
    drill = forms.BooleanField(label=_("This is a drill"), required=False)
    codes = _Codes(label=_("Numbers of the files it touches, one a line"))


class NoticeForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=enums.Purpose)
    title = forms.CharField(label=_("Title"), max_length=60)
    body = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 14}))
    title_en = forms.CharField(label=_("Title in English"), max_length=60, required=False)
    body_en = forms.CharField(
        label=_("Text in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    kinds = forms.MultipleChoiceField(label=_("Kinds of data"), choices=DATA_KINDS, widget=forms.CheckboxSelectMultiple)
    recipients = forms.MultipleChoiceField(
        label=_("Recipients"),
        choices=[*RECIPIENTS, ("public", _("The public"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A notice that names more than the one before asks every guardian again."),
    )
