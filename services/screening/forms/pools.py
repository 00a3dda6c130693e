"""A pool of places: its name, whom it is for, when unused places go back; and moving places between pools."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from services.bookings.forms.places import MovePlacesForm
from services.bookings.models import Pool
from services.foundation.unchanged import TellsOfOthers
from services.screening.rules.pools import EMPLOYMENT, POSTS, UNSCREENED
from services.workers.enums import EmploymentType

MOST_YEARS = 20
MOST_POSTS = 20
_BREAKS = str.maketrans("，、；;\n", ",,,,,")


class PoolForm(TellsOfOthers, forms.ModelForm):
    """``fields_given()`` is what the actions take. The general pool has no conditions to set."""

    employment_types = forms.MultipleChoiceField(
        label=_("for these forms of employment"),
        choices=EmploymentType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    posts = forms.CharField(
        label=_("for these posts"),
        max_length=200,
        required=False,
        help_text=_("Words of the post on the roster, with commas between them. Empty: all."),
    )
    unscreened_years = forms.IntegerField(
        label=_("for women not screened in so many years"),
        min_value=1,
        max_value=MOST_YEARS,
        required=False,
        help_text=_("Empty: not asked."),
    )

    class Meta:
        model = Pool
        fields = ["name", "position", "assigned_only", "returns_at", "returns_to"]
        widgets = {"returns_at": AdminDateTimeInput}
        help_texts = {
            "position": _("Pools with a smaller number are drawn on first: give the narrowest the smallest."),
            "assigned_only": _("What is still at the top is then open to nobody."),
            "returns_at": _("It is announced on the programme's page. Empty: never."),
            "returns_to": _("The same pool: what unions haven't used goes back to the organiser."),
        }

    field_order = ["name", "employment_types", "posts", "unscreened_years", "assigned_only", "position"]

    def __init__(self, *args, pools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["returns_to"].queryset = pools
        if self.instance.general:
            for name in ("employment_types", "posts", "unscreened_years", "assigned_only"):
                del self.fields[name]
            return
        self.fields["name"].required = True
        if not self.instance.pk:
            self.fields["position"].initial = 10
        conditions = self.instance.conditions
        self.initial.setdefault("employment_types", conditions.get(EMPLOYMENT, []))
        self.initial.setdefault("posts", ", ".join(conditions.get(POSTS, [])))
        self.initial.setdefault("unscreened_years", conditions.get(UNSCREENED))

    def clean_posts(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data["posts"].translate(_BREAKS).split(",")]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MOST_POSTS:
            raise forms.ValidationError(_("Name at most %(most)s posts.") % {"most": MOST_POSTS})
        return found

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if bool(data.get("returns_at")) != bool(data.get("returns_to")):
            missing = "returns_to" if data.get("returns_at") else "returns_at"
            self.add_error(missing, _("Say both when unused places go back and to which pool."))
        return data

    def fields_given(self) -> dict:
        data = self.cleaned_data
        given = {name: data[name] for name in self.Meta.fields if name in data}
        if not self.instance.general:
            asked = {name: data[name] for name in (EMPLOYMENT, POSTS, UNSCREENED)}
            given["conditions"] = {name: value for name, value in asked.items() if value}
        return given


class TransferForm(MovePlacesForm):
    """Move places of one organisation into another pool."""

    to = forms.ModelChoiceField(label=_("to the pool"), queryset=Pool.objects.none())
    field_order = ["to", "count", "reason"]

    def __init__(self, *args, pools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = pools


class LedgerFilter(forms.Form):
    """What of the ledger to show; a value that isn't offered shows everything."""

    pool = forms.ModelChoiceField(label=_("Pool"), queryset=Pool.objects.none(), required=False, to_field_name="token")
    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=None, required=False, to_field_name="code")

    def __init__(self, *args, pools, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = pools
        self.fields["organization"].queryset = organizations
        for field in self.fields.values():
            field.empty_label = _("All")
