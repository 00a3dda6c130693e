"""A programme, what its words mean, its milestones, who counts as left behind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import RequirementCode
from services.childrens_homes.forms.fields import CountField, DayField, reason_field
from services.childrens_homes.models import Milestone, Programme, Requirement
from services.foundation.unchanged import TellsOfOthers

_AREAS = (RequirementCode.ROOM, RequirementCode.OUTDOOR)
_LEVELS = (RequirementCode.EDUCATION_SCHOOL, RequirementCode.EDUCATION_PRESCHOOL)


class ProgrammeForm(TellsOfOthers, forms.ModelForm):
    """The action judges the sum; the instance stays as it is."""

    target = CountField(label=_("homes to build"), max_value=10_000)
    target_school = CountField(label=_("of these at schools"), max_value=10_000)
    target_preschool = CountField(label=_("of these for children below school age"), max_value=10_000)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2099)

    class Meta:
        model = Programme
        fields = (
            "year",
            "target",
            "target_school",
            "target_preschool",
            "pass_mark",
            "lead_department",
            "phrase",
        )
        widgets = {"phrase": forms.Textarea(attrs={"rows": 3})}

    def _post_clean(self):
        """The action judges what is wrong together."""


class RequirementForm(forms.ModelForm):
    """Only what a subject has: areas a bound for typing errors, levels of education no number."""

    reason = reason_field(help_text=_("Goes into the history; the earlier reading stays beside it."))

    class Meta:
        model = Requirement
        fields = ("least", "most", "absurd", "education", "phrase", "note", "reason")

    def __init__(self, *args, code: str, **kwargs):
        super().__init__(*args, **kwargs)
        shown = {"phrase", "note", "reason"}
        if code in _LEVELS:
            shown.add("education")
            self.fields["education"].required = True
        elif code in _AREAS:
            shown |= {"least", "absurd"}
        elif code == RequirementCode.VETTING:
            shown.add("most")
        else:
            shown |= {"least", "most"}
        for name in set(self.fields) - shown:
            del self.fields[name]
        for name in {"least", "most", "absurd"} & shown:
            self.fields[name].required = name == ("most" if code == RequirementCode.VETTING else "least")
            self.fields[name].min_value = 0

    def clean(self):
        data = super().clean()
        for name in ("least", "most", "absurd"):
            if data.get(name) is not None and data[name] < 0:
                self.add_error(name, _("Enter a number that isn't below 0."))
        return data

    def _post_clean(self):
        """The action judges what is wrong together."""


class MilestoneForm(forms.ModelForm):
    reason = reason_field()
    from_on = DayField(label=_("from"))
    until_on = DayField(label=_("until"))
    county_by = DayField(
        label=_("counties by, as stated elsewhere"), required=False, help_text=_("The earlier day counts.")
    )
    city_by = DayField(label=_("city by, as stated elsewhere"), required=False)

    class Meta:
        model = Milestone
        fields = ("from_on", "until_on", "county_by", "city_by", "phrase")

    field_order = ["from_on", "until_on", "county_by", "city_by", "phrase", "reason"]

    def _post_clean(self):
        """The action judges what is wrong together."""


class DoneForm(forms.Form):
    done_on = DayField(label=_("done on"))
    evidence = forms.CharField(
        label=_("evidence"), max_length=300, help_text=_("Number of the paper, place of the meeting.")
    )


class DefinitionForm(forms.Form):
    words = forms.CharField(
        label=_("who counts as left behind"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(label=_("source"), max_length=120, required=False)
