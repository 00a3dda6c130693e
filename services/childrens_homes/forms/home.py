"""What is typed about one home: premises, committee, teachers, rules, activities."""

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import (
    OF_COUNTY,
    ActivityKind,
    CommitteeKind,
    CommitteePosition,
    Education,
    PaidBy,
    Post,
    RegulationKind,
    StaffRole,
)
from services.childrens_homes.forms.fields import AreaField, CountField, DayField, PersonField, YesNoField, reason_field

MOST_MEMBERS = 20


class RoomsForm(forms.Form):
    room_m2 = AreaField(label=_("classroom (m²)"), required=False)
    outdoor_m2 = AreaField(label=_("outdoor ground (m²)"), required=False)
    internet = YesNoField(label=_("online"))
    video_call = YesNoField(label=_("video calls with parents"))
    safe = YesNoField(label=_("premises meet the safety requirements"))
    safety_checked_on = DayField(label=_("safety checked on"), required=False)
    opened_on = DayField(label=pgettext_lazy("home", "opened on"), required=False)


class CommitteeForm(forms.Form):
    formed_on = DayField(label=_("formed on"))
    doc_no = forms.CharField(label=_("number of the paper"), max_length=60, required=False)


class LeadingGroupForm(CommitteeForm):
    kind = forms.ChoiceField(label=pgettext_lazy("leading group", "kind"))
    field_order = ["kind", "formed_on", "doc_no"]

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        of_it = (CommitteeKind.CITY_LBC_LG,) if place.depth == 1 else OF_COUNTY
        self.fields["kind"].choices = [(one.value, one.label) for one in of_it]


class MemberForm(forms.Form):
    position = forms.ChoiceField(
        label=pgettext_lazy("committee of a home", "place in it"),
        choices=CommitteePosition,
        initial=CommitteePosition.MEMBER,
        required=False,
    )
    post = forms.ChoiceField(label=_("public post"), choices=Post, initial=Post.OTHER, required=False)
    person_name = PersonField(required=False)


class _Members(BaseFormSet):
    def named(self) -> list[tuple[str, str, str]]:
        """Lines with a name; empty lines say nothing."""
        rows = [one for one in self.cleaned_data if one.get("person_name")]
        return [
            (one["position"] or CommitteePosition.MEMBER, one["post"] or Post.OTHER, one["person_name"]) for one in rows
        ]

    def clean(self):
        if any(self.errors) or self.non_form_errors():
            return
        chairs = [one for one in self.cleaned_data if one and one.get("person_name") and one["position"] == "chair"]
        if len(chairs) != 1:
            raise forms.ValidationError(_("Name exactly one head."))


MemberFormSet = formset_factory(MemberForm, formset=_Members, extra=5, max_num=MOST_MEMBERS, validate_max=True)


class StaffForm(forms.Form):
    person_name = PersonField()
    role = forms.ChoiceField(label=pgettext_lazy("children's home", "work"), choices=StaffRole)
    education = forms.ChoiceField(label=_("education"), choices=Education)
    paid_by = forms.ChoiceField(label=_("paid by"), choices=PaidBy)
    from_on = DayField(label=_("since"))
    all_the_same = forms.BooleanField(
        label=_("More teachers than the plan asks for are meant"), required=False, help_text=_("A notice stays.")
    )


class EndForm(forms.Form):
    until_on = DayField(label=_("until"))


class RegulationForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("regulation", "kind"), choices=RegulationKind)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2099)
    title = forms.CharField(label=_("title"), max_length=120)
    on_wall = forms.BooleanField(label=_("hangs on the wall"), required=False)
    photo = forms.FileField(
        label=_("Photo of it on the wall, or the paper"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class _Held(forms.Form):
    """What an activity was, and who came."""

    kind = forms.ChoiceField(label=pgettext_lazy("activity", "kind"), choices=ActivityKind)
    theme = forms.CharField(label=_("theme"), max_length=80, help_text=_("No names of children."))
    hours = forms.DecimalField(label=_("hours"), max_digits=4, decimal_places=1, min_value=0)
    children = CountField(label=_("children who came"), max_value=2000)
    carers = CountField(label=_("parents and carers who came"), max_value=2000, initial=0)


class ActivityCorrectionForm(_Held):
    reason = reason_field()


class ActivityForm(_Held):
    """``teachers`` and ``volunteers`` are chosen among those of the home and its county."""

    on = DayField(label=_("day"))
    field_order = ["on"]
    teachers = forms.ModelMultipleChoiceField(
        label=_("teachers"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    volunteers = forms.ModelMultipleChoiceField(
        label=_("volunteers"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    by_plan = forms.ModelChoiceField(label=_("by which plan"), queryset=None, required=False)

    def __init__(self, *args, teachers, volunteers, plans, **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in (("teachers", teachers), ("volunteers", volunteers)):
            self.fields[name].queryset = rows
            self.fields[name].label_from_instance = lambda one: one.person_name
        self.fields["by_plan"].queryset = plans
        self.fields["by_plan"].label_from_instance = lambda one: f"{one.year} · {one.title}"
