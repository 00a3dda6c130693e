"""A version of the terms as staff type it: a field for each figure, sections that belong together."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from services.mutual_aid.enums import DocumentKind, Exclusion
from services.mutual_aid.forms.rows import said, yes_or_no
from services.mutual_aid.models import SchemeTerms
from services.workers.enums import EmploymentType

_ASKED = [("", _("Not asked for")), ("asked", _("May be asked for")), ("required", _("Required"))]
SECTIONS = (
    (
        _("Fee and shares"),
        (
            *("fee_per_share", "fee_split", "fee_upper", "fee_unit", "fee_herself", "more_shares_by_herself"),
            *("max_shares", "period_months"),
        ),
    ),
    (
        _("Who may join"),
        (
            *("age_min", "age_limit", "age_max", "employment_types", "temporary_months", "prior_disease"),
            *("after_claim", "duplicates"),
        ),
    ),
    (
        _("The group"),
        (
            *("threshold_base", "threshold_percent", "min_persons", "full_join_below"),
            *("mid_term", "addition_ends"),
        ),
    ),
    (
        _("Begin, days, renewal"),
        ("effective_rule", "effective_day", "last_day_counts", "renewal_grace_days", "renewal_keeps_day"),
    ),
    (
        _("Claims"),
        (
            *("notice_days", "notice_bars", "claim_days", "hospital_level", "sister_per_share"),
            *("exclusions_known", "exclusions", "nominates"),
        ),
    ),
    (_("Money and review"), ("fund", "route_code")),
    (_("Where it comes from"), ("source", "source_url", "remarks", "change_note")),
)
# Figures that were typed by a slip of the finger rather than set by anybody.
_MOST = {
    "max_shares": 20,
    "period_months": 240,
    "age_min": 100,
    "age_max": 100,
    "temporary_months": 120,
    "min_persons": 1_000,
    "full_join_below": 5_000,
    "renewal_grace_days": 365,
    "notice_days": 3_650,
    "claim_days": 7_300,
}
_NONE_IF_EMPTY = ("temporary_months", "min_persons", "full_join_below")
_LEAST = {"max_shares": 1, "period_months": 1}


class TermsForm(forms.ModelForm):
    """``routes`` and ``funds``: those she may choose from. Nothing is required: what is empty isn't known."""

    effective_day = forms.TypedChoiceField(
        label=SchemeTerms._meta.get_field("effective_day").verbose_name,
        choices=[("", _("Not known")), ("0", "0"), ("1", "1")],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=SchemeTerms._meta.get_field("effective_day").help_text,
    )
    last_day_counts = yes_or_no(
        SchemeTerms._meta.get_field("last_day_counts").verbose_name,
        SchemeTerms._meta.get_field("last_day_counts").help_text,
    )
    renewal_keeps_day = yes_or_no(SchemeTerms._meta.get_field("renewal_keeps_day").verbose_name)
    diseases_complete = yes_or_no(SchemeTerms._meta.get_field("diseases_complete").verbose_name)
    employment_types = forms.MultipleChoiceField(
        label=SchemeTerms._meta.get_field("employment_types").verbose_name,
        choices=EmploymentType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    exclusions_known = forms.BooleanField(
        label=_("the exclusions are known"), required=False, help_text=_("Tick it also where there is none.")
    )
    exclusions = forms.MultipleChoiceField(
        label=SchemeTerms._meta.get_field("exclusions").verbose_name,
        choices=Exclusion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    route_code = forms.ChoiceField(label=SchemeTerms._meta.get_field("route_code").verbose_name, required=False)

    class Meta:
        model = SchemeTerms
        fields = [
            *(name for _heading, names in SECTIONS for name in names if name != "exclusions_known"),
            "diseases_complete",
        ]
        widgets = {"remarks": AdminAutoHeightTextInput}

    def __init__(self, *args, version: SchemeTerms, routes, funds, **kwargs):
        super().__init__(*args, instance=version, **kwargs)
        for name in _NONE_IF_EMPTY:
            self.fields[name].required = False
        for name in ("last_day_counts", "renewal_keeps_day", "diseases_complete"):
            self.initial[name] = said(getattr(version, name))
        self.initial["exclusions_known"] = version.exclusions is not None
        self.initial["exclusions"] = version.exclusions or []
        self.fields["fund"].queryset = funds
        self.fields["route_code"].choices = [("", "—"), *((route.code, route.name) for route in routes)]
        papers = {one["kind"]: "required" if one.get("required") else "asked" for one in version.documents}
        for code, label in DocumentKind.choices:
            self.fields[f"paper_{code}"] = forms.ChoiceField(
                label=label, choices=_ASKED, required=False, initial=papers.get(code, "")
            )

    def sections(self):
        """(heading, bound fields); diseases and ladder stand between the fourth and the fifth."""
        for heading, names in SECTIONS:
            yield heading, [self[name] for name in names]
        yield _("Papers"), [self[name] for name in self.fields if name.startswith("paper_")]

    def clean(self):
        data = super().clean()
        for name, most in _MOST.items():
            value, least = data.get(name), _LEAST.get(name, 0)
            if value is not None and not least <= value <= most:
                words = _("Enter a number between %(least)s and %(most)s.") % {"least": least, "most": most}
                self.add_error(name, words)
        ages = (data.get("age_min"), data.get("age_max"))
        if None not in ages and ages[0] > ages[1]:
            self.add_error("age_max", _("The youngest age is above the oldest."))
        percent = data.get("threshold_percent")
        if percent is not None and not 0 < percent <= 100:
            self.add_error("threshold_percent", _("Enter a number above 0 and at most 100."))
        if data.get("fee_per_share") is not None and data["fee_per_share"] <= 0:
            self.add_error("fee_per_share", _("Enter an amount above 0."))
        for name in ("fee_upper", "fee_unit", "fee_herself", "sister_per_share"):
            if data.get(name) is not None and data[name] < 0:
                self.add_error(name, _("Enter 0 or more."))
        return data

    def _post_clean(self):
        """The action writes the version; nothing of the form's own instance is used."""

    def version(self) -> dict:
        """What the action keeps. Numbers that may be none and were left empty are none."""
        data = dict(self.cleaned_data)
        papers = {name.removeprefix("paper_"): data.pop(name) for name in list(data) if name.startswith("paper_")}
        known = data.pop("exclusions_known")
        data["exclusions"] = data["exclusions"] if known else None
        data["documents"] = [{"kind": code, "required": asked == "required"} for code, asked in papers.items() if asked]
        for name in _NONE_IF_EMPTY:
            data[name] = data[name] or 0
        return data
