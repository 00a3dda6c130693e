"""The steps of a term, its seats, corrections and papers, as an officer types them."""

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage.enums import LeftBecause, PaperKind, Position, UnionPost
from services.coverage.models import Term, WomenCommittee
from services.coverage.rules.terms import OF_A_TERM, STATED, Named
from services.foundation import spelling
from services.foundation.sheets import CellRefused
from services.foundation.unchanged import TellsOfOthers
from services.organizations.forms import DayInput

MOST_SEATS = 30
_LONGEST_TERM = 99
_NOT_STATED = [("", pgettext_lazy("post in the union", "not stated"))]


def _years(admitted: list[int]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Length of the term, years"),
        choices=[(n, n) for n in sorted(admitted)],
        coerce=int,
        help_text=_("As long as the term of the union's own committee."),
    )


class PersonField(forms.CharField):
    """A name as lists of people have it: spaces inside a Chinese name are dropped, so that one person has one name."""

    default_error_messages = {
        "shape": _("Enter the name alone, 2 to 30 characters: no number, title or bracket."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return spelling.person_name(text)
        except CellRefused:
            raise forms.ValidationError(self.error_messages["shape"], code="shape") from None


def _also() -> forms.CharField:
    return forms.CharField(
        label=_("If she heads another union's committee too: why"),
        max_length=200,
        required=False,
        help_text=_("For instance: another person of the same name."),
    )


class PrepareForm(forms.Form):
    on = forms.DateField(label=_("Prepared since"), widget=DayInput)

    def __init__(self, *args, admitted: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["years"] = _years(admitted)


class ElectionForm(forms.Form):
    on = forms.DateField(label=_("Elected on"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Term ends on"),
        widget=DayInput,
        required=False,
        help_text=_("Only where it ends earlier than its full length, in step with the union's own committee."),
    )
    head = PersonField(label=pgettext_lazy("women workers' committee", "Head"))
    union_post = forms.ChoiceField(
        label=_("Her post in the union"), choices=[*_NOT_STATED, *UnionPost.choices], required=False
    )
    also_because = _also()

    field_order = ["on", "ends_on", "head", "union_post", "also_because"]


class MemberForm(forms.Form):
    name = PersonField(label=pgettext_lazy("person", "Name"), required=False)
    position = forms.ChoiceField(
        label=pgettext_lazy("women workers' organisation", "Post"),
        choices=[(p.value, p.label) for p in (Position.DEPUTY, Position.MEMBER)],
        initial=Position.MEMBER,
        required=False,
    )
    union_post = forms.ChoiceField(
        label=_("Her post in the union"), choices=[*_NOT_STATED, *UnionPost.choices], required=False
    )


class _Members(BaseFormSet):
    def named(self) -> list[Named]:
        """Lines with a name; empty lines say nothing."""
        return [
            Named(one["position"] or Position.MEMBER, one["name"], one["union_post"])
            for one in self.cleaned_data
            if one.get("name")
        ]


MemberFormSet = formset_factory(MemberForm, formset=_Members, extra=3, max_num=MOST_SEATS, validate_max=True)


class ApproveForm(forms.Form):
    on = forms.DateField(label=_("Approved on"), widget=DayInput)
    number = forms.CharField(label=_("Number of the approval"), max_length=60, required=False)


class WhyForm(forms.Form):
    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class AppointForm(forms.Form):
    name = PersonField(label=_("Name of the commissioner"))
    union_post = forms.ChoiceField(
        label=_("Her post in the union"), choices=[*_NOT_STATED, *UnionPost.choices], required=False
    )
    on = forms.DateField(label=_("Appointed on"), widget=DayInput)

    def __init__(self, *args, admitted: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["years"] = _years(admitted)


class SeatForm(forms.Form):
    """``position`` is fixed where a vacant seat is filled again."""

    name = PersonField(label=pgettext_lazy("person", "Name"))
    position = forms.ChoiceField(label=pgettext_lazy("women workers' organisation", "Post"), choices=[])
    union_post = forms.ChoiceField(
        label=_("Her post in the union"), choices=[*_NOT_STATED, *UnionPost.choices], required=False
    )
    on = forms.DateField(label=_("Since"), widget=DayInput)
    also_because = _also()

    def __init__(self, *args, positions: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = [(one, Position(one).label) for one in positions]
        if len(positions) == 1:
            self.fields["position"].initial = positions[0]
            self.fields["position"].widget = forms.HiddenInput()
        if Position.CHAIR not in positions:
            del self.fields["also_because"]

    @property
    def named(self) -> Named:
        data = self.cleaned_data
        return Named(data["position"], data["name"], data["union_post"], data.get("also_because", ""))


class LeaveForm(forms.Form):
    on = forms.DateField(label=pgettext_lazy("committee", "Left on"), widget=DayInput)
    because = forms.ChoiceField(
        label=_("Why"), choices=[one for one in LeftBecause.choices if one[0] != LeftBecause.TERM_ENDED]
    )


class UnionForm(TellsOfOthers, forms.ModelForm):
    """What the union says of itself: its own founding steps, the end of its term, its staff for women workers."""

    class Meta:
        model = WomenCommittee
        fields = STATED
        widgets = {name: DayInput for name in STATED if name.endswith("_on")}

    def _post_clean(self):
        """The action judges what is wrong together; the instance stays as it is."""


class CorrectForm(TellsOfOthers, forms.Form):
    """The days of a term as they should stand, and why; what wasn't filed yet isn't offered."""

    prepared_on = forms.DateField(label=_("prepared on"), widget=DayInput, required=False)
    elected_on = forms.DateField(label=_("elected on"), widget=DayInput, required=False)
    approved_on = forms.DateField(label=_("approved on"), widget=DayInput, required=False)
    approval_number = forms.CharField(label=_("number of the approval"), max_length=60, required=False)
    years = forms.IntegerField(label=_("length in years"), min_value=1, max_value=_LONGEST_TERM, required=False)
    ends_on = forms.DateField(label=_("ends on"), widget=DayInput, required=False)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=300, help_text=_("Goes into the history."))

    def __init__(self, *args, term: Term, **kwargs):
        self.instance = term
        super().__init__(*args, initial={name: getattr(term, name) for name in OF_A_TERM}, **kwargs)

    def _compared(self):
        return list(OF_A_TERM)


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which paper"), choices=PaperKind)
    file = forms.FileField(
        label=_("Photo or PDF"),
        error_messages={"required": _("Choose the file first.")},
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
