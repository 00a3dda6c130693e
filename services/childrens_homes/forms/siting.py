"""A site application, the plan's lines and opinions, a letter, a census."""

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import Chain, Department, Profile, SiteType
from services.childrens_homes.forms.fields import AreaField, CountField, DayField, reason_field
from services.childrens_homes.models import SiteApplication
from services.organizations.forms import OrganizationField


class _Stated(forms.ModelForm):
    lbc_count = CountField(label=_("left-behind children"), max_value=20_000)
    lbc_preschool_count = CountField(
        label=_("of these below school age"), max_value=20_000, help_text=_("0 when there is none.")
    )
    room_m2 = AreaField(label=_("classroom (m²)"))
    outdoor_m2 = AreaField(label=_("outdoor ground (m²)"))
    site_type = forms.ChoiceField(label=pgettext_lazy("home", "site"), choices=SiteType)
    profile = forms.ChoiceField(label=_("standard"), choices=Profile)

    class Meta:
        model = SiteApplication
        fields = (
            *("site_type", "profile", "lbc_count", "lbc_preschool_count"),
            *("room_m2", "outdoor_m2", "demand_note", "capacity_note"),
        )
        widgets = {
            "demand_note": forms.Textarea(attrs={"rows": 3}),
            "capacity_note": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self):
        data = super().clean()
        small, all_of_them = data.get("lbc_preschool_count"), data.get("lbc_count")
        if None not in (small, all_of_them) and small > all_of_them:
            words = _("Children below school age are counted among all left-behind children.")
            self.add_error("lbc_preschool_count", words)
        return data

    def _post_clean(self):
        """The action judges what is wrong together."""


class ApplicationForm(_Stated):
    host = OrganizationField(label=_("school or kindergarten"))
    field_order = ["host"]

    def __init__(self, *args, hosts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = hosts


class ApplicationEditForm(_Stated):
    pass


class AmendForm(forms.Form):
    reason = reason_field(
        label=pgettext_lazy("new version", "Why"), help_text=_("Read by everybody who compares the versions.")
    )


class OpinionForm(forms.Form):
    department = forms.ChoiceField(label=_("department"), choices=Department)
    agrees = forms.TypedChoiceField(
        label=_("opinion"),
        choices=[("yes", pgettext_lazy("opinion", "agrees")), ("no", pgettext_lazy("opinion", "doesn't agree"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=pgettext_lazy("opinion", "In words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it doesn't agree."),
    )
    given_on = DayField(label=_("given on"))


class LetterForm(forms.Form):
    chain = forms.ChoiceField(label=_("chain"), choices=Chain)
    below = forms.ModelChoiceField(label=_("lower side"), queryset=None, to_field_name="code")
    homes = CountField(label=_("homes promised"), required=False, max_value=1000)
    targets = forms.CharField(
        label=_("what is promised"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Number of homes, by which day, at which quality."),
    )

    def __init__(self, *args, below, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["below"].queryset = below


class SignForm(forms.Form):
    signed_on = DayField(label=_("signed on"))


class CensusForm(forms.Form):
    county = forms.ModelChoiceField(label=_("county"), queryset=None, to_field_name="code")
    definition = forms.ModelChoiceField(label=_("who was counted"), queryset=None)
    as_of = DayField(label=_("as of"))

    def __init__(self, *args, counties, definitions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties
        self.fields["definition"].queryset = definitions
        self.fields["definition"].label_from_instance = lambda one: f"v{one.version} · {one.words[:60]}"


_NUMBERS = (
    ("boys", _("boys")),
    ("girls", _("girls")),
    ("under_6", _("below 6")),
    ("from_6", _("6 to 11")),
    ("from_12", _("12 to 15")),
    ("both_away", _("both parents away")),
    ("one_away", _("one parent away")),
)


class CensusLineForm(forms.Form):
    """The numbers of one township: all of them, or none."""

    town = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in _NUMBERS:
            self.fields[name] = CountField(label=label, required=False, max_value=100_000)

    def clean(self):
        data = super().clean()
        given = {name: data.get(name) for name, _label in _NUMBERS}
        if any(value is not None for value in given.values()):
            for name, value in given.items():
                if value is None and name not in self.errors:
                    self.add_error(name, _("Enter 0 when there is none."))
            self._insist_sums(given)
        return data

    def _insist_sums(self, given: dict) -> None:
        if None in given.values():
            return
        total = given["boys"] + given["girls"]
        if given["under_6"] + given["from_6"] + given["from_12"] != total:
            self.add_error("under_6", _("By age there are other numbers than by sex (%(n)s).") % {"n": total})
        if given["both_away"] + given["one_away"] != total:
            self.add_error("both_away", _("By parents there are other numbers than by sex (%(n)s).") % {"n": total})

    @property
    def numbers(self) -> dict[str, int] | None:
        data = self.cleaned_data
        if data.get("boys") is None:
            return None
        return {name: data[name] for name, _label in _NUMBERS}


class _Lines(BaseFormSet):
    def by_town(self) -> dict[str, dict[str, int]]:
        return {one.cleaned_data["town"]: one.numbers for one in self if one.numbers is not None}


CensusLines = formset_factory(CensusLineForm, formset=_Lines, extra=0, max_num=200, validate_max=True)
