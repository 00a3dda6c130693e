"""What officers type about a claim: why they look, the unit's statement, what the papers show, the sum, the reason."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ConsentWay
from services.mutual_aid.enums import Grade, HospitalLevel, NominationState, Reason
from services.mutual_aid.forms.claims import YesNoField
from services.mutual_aid.models import CoverVersion, SchemeTerms
from services.mutual_aid.rules.typed import MOST_DAYS, NOT_ON_THE_LIST
from services.mutual_aid.wording import stated
from services.organizations.forms import DayInput

_WORDS = forms.Textarea({"rows": 3})

LOOK_REASONS = [
    ("decide", _("To judge the claim by the terms")),
    ("papers", _("To compare with her papers")),
    ("appeal", _("To look at an appeal")),
    ("answer", _("To answer a question of hers")),
]


class LookForm(forms.Form):
    """Why the diagnosis is opened: a ready-made reason, or one's own words."""

    canned = forms.ChoiceField(
        label=_("Why do you need it?"), choices=[("", _("Other: write it below")), *LOOK_REASONS], required=False
    )
    words = forms.CharField(label=_("In your words"), max_length=150, required=False)

    def reason(self) -> str:
        """In the site's first language, whoever reads it later."""
        with translation.override(settings.LANGUAGE_CODE):
            ready = str(dict(LOOK_REASONS).get(self.cleaned_data["canned"], ""))
        return " · ".join(filter(None, [ready, self.cleaned_data["words"].strip()]))


class StatementForm(forms.Form):
    statement = forms.CharField(
        label=_("The unit's statement"),
        max_length=500,
        widget=_WORDS,
        help_text=_("That she works here and has been on sick leave since when. Don't name the illness."),
    )


class PapersForm(forms.Form):
    """What the papers show. It begins with what she stated: what is left as it is agrees with her."""

    diagnosed = forms.DateField(label=stated.DIAGNOSED, widget=DayInput)
    disease = forms.ChoiceField(label=stated.ILLNESS)
    grade = forms.ChoiceField(label=stated.GRADE, choices=[("", "—"), *Grade.choices])
    discovered = forms.DateField(
        label=_("Illness known to her since"),
        widget=DayInput,
        required=False,
        help_text=_("The time for reporting it runs from here. Empty: from the pathology report."),
    )
    hospital_level = forms.ChoiceField(label=stated.LEVEL, choices=[("", "—"), *HospitalLevel.choices], required=False)
    hospitalised = YesNoField(label=stated.STAY, required=False)
    hospital_days = forms.IntegerField(label=stated.DAYS, required=False, min_value=0, max_value=MOST_DAYS)
    surgery = YesNoField(label=stated.SURGERY, required=False)
    pre_existing = YesNoField(label=stated.FINDINGS["pre_existing"], required=False)
    fraud = YesNoField(label=stated.FINDINGS["fraud"], required=False)
    misdiagnosis = YesNoField(label=stated.FINDINGS["misdiagnosis"], required=False)
    paid_elsewhere = YesNoField(label=stated.FINDINGS["paid_elsewhere"], required=False)

    def __init__(self, *args, terms: SchemeTerms, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in terms.diseases.all()]
        self.fields["disease"].choices = [("", "—"), *listed, (NOT_ON_THE_LIST, stated.OTHER_ILLNESS)]
        for field in self.fields.values():
            if isinstance(field, YesNoField):
                field.choices = [("", "—"), ("yes", stated.YES), ("no", stated.NO)]


class SumForm(forms.Form):
    amount = forms.DecimalField(label=_("Sum in yuan"), max_digits=12, decimal_places=2)
    ends_cover = YesNoField(label=_("Does the cover end?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Why it differs"),
        max_length=300,
        required=False,
        widget=_WORDS,
        help_text=_("A second person reads it and agrees. Kept sealed."),
    )


class AgreeForm(forms.Form):
    """The sum that was on the screen goes along, so that nobody agrees to another one."""

    amount = forms.DecimalField(widget=forms.HiddenInput)


class RefuseForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *Reason.choices])
    words = forms.CharField(
        label=_("More about it, for her"),
        max_length=500,
        required=False,
        widget=_WORDS,
        help_text=_("She reads the words that go with the reason, and these. Nobody else does."),
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        max_length=300,
        required=False,
        help_text=_("Her unit's officers can read it: don't name the illness."),
    )


class StandsForm(forms.Form):
    looked = forms.BooleanField(
        label=_("I have compared the decision with what is known of the cover now."),
        error_messages={"required": _("Look at the cover and the decision first.")},
    )


class NominationForm(forms.Form):
    state = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why she is left out"), max_length=200, required=False, help_text=_("Don't name an illness.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        decided = [one for one in NominationState.choices if one[0] != NominationState.NOMINATED]
        self.fields["state"].choices = decided


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year of the visit"), min_value=2000, max_value=2100)


class LookBackForm(forms.Form):
    scheme = forms.ChoiceField(label=_("Scheme"))
    organization = forms.ChoiceField(label=_("Unions of"))

    def __init__(self, *args, schemes, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [(str(one.pk), str(one)) for one in schemes]
        self.fields["organization"].choices = [(one.code, one.name) for one in organizations]


class BeginForHerForm(forms.Form):
    """Claiming in a woman's name: on which cover, how she agreed, until when."""

    cover = forms.ChoiceField(label=_("On which cover"))
    diagnosed = forms.DateField(label=stated.DIAGNOSED, widget=DayInput)
    way = forms.ChoiceField(label=_("How she agreed"), choices=ConsentWay.choices, widget=forms.RadioSelect)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=DayInput, help_text=_("The last day on which you may act for her.")
    )
    notice = forms.BooleanField(
        label=_("She has read the privacy notice on mutual aid, or it was read to her, and signed it."),
    )

    def __init__(self, *args, covers: list[CoverVersion], **kwargs):
        super().__init__(*args, **kwargs)
        named = [(one.cover.token, f"{one.scheme} {one.first_day}–{one.last_day}") for one in covers]
        self.fields["cover"].choices = [("", "—"), *named]
