"""A version of a programme as staff type it: a field for each figure, sections that belong together."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from services.organizations.forms import DayInput
from services.relief.enums import (
    EVENTS,
    AmountKind,
    CareGroup,
    Category,
    Cause,
    DocumentKind,
    ProgrammeKind,
    SchoolStage,
    SchoolType,
)
from services.relief.forms.household import YuanField
from services.relief.models import Programme
from services.relief.rules import sheet

_ASKED = [("", _("Not asked for")), (sheet.ASKED, _("May be asked for")), (sheet.REQUIRED, _("Required"))]
_FITTING = [*_ASKED, (sheet.WHERE_FITTING, _("Required where it applies"))]
_BASICS = ("name", "name_en", "summary", "summary_en", "opens_on", "closes_on", "source")
_FILE = [("", _("Doesn't matter")), ("on_file", _("Must be on file")), ("not_on_file", _("Must not be on file"))]
_PLAIN = (
    *("membership", "resident", "resident_only_migrants", "not_retired", "labour_months", "labour_only_migrants"),
    *("file", "categories"),
)
_CONDITIONS = {
    ProgrammeKind.FILING: _PLAIN,
    ProgrammeKind.FESTIVAL_CARE: (*_PLAIN, "groups", "causes", "age_min", "age_max"),
    ProgrammeKind.SINGLE_PARENT: (*_PLAIN, "single_parent", "child_under", "income_multiple", "income_yuan"),
    ProgrammeKind.STUDY_AID: (*_PLAIN, "stages", "excluded_types", "income_multiple", "income_yuan", "not_aided"),
    ProgrammeKind.TEMPORARY: (
        *_PLAIN,
        "events",
        "event_months",
        "cost_over",
        "income_multiple",
        "income_yuan",
        "not_aided",
    ),
    ProgrammeKind.EMERGENCY: (*_PLAIN, "events", "event_months", "cost_over", "not_aided"),
}


def _several(label, choices):
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _whole(label, most: int, help_text="", least: int = 1):
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, help_text=help_text)


class ProgrammeForm(forms.Form):
    """``kind`` decides what is asked. ``organizations``, ``routes`` and ``funds`` are those she may choose from."""

    organization = forms.ModelChoiceField(label=_("kept by"), queryset=None, empty_label=None)
    name = forms.CharField(label=_("name"), max_length=80)
    name_en = forms.CharField(label=_("name in English"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("what it is, in her words"), required=False, max_length=600, widget=AdminAutoHeightTextInput
    )
    summary_en = forms.CharField(
        label=_("the same in English"), required=False, max_length=900, widget=AdminAutoHeightTextInput
    )
    opens_on = forms.DateField(label=_("applications from"), required=False, widget=DayInput)
    closes_on = forms.DateField(
        label=_("applications until"), required=False, widget=DayInput, help_text=_("The last day.")
    )
    source = forms.CharField(label=_("source"), max_length=200, help_text=_("The document that sets the rules."))

    membership = forms.BooleanField(label=_("union members only"), required=False)
    resident = forms.BooleanField(label=_("only who lives in the city permanently"), required=False)
    resident_only_migrants = forms.BooleanField(label=_("residence is asked of migrant workers only"), required=False)
    not_retired = forms.BooleanField(label=_("not for pensioners of the community"), required=False)
    labour_months = _whole(_("employed for at least so many months"), 600)
    labour_only_migrants = forms.BooleanField(label=_("asked of migrant workers only"), required=False)
    file = forms.ChoiceField(label=_("hardship file"), choices=_FILE, required=False, widget=forms.RadioSelect)
    categories = _several(_("categories of hardship"), [(c, Category(c).label) for c in sheet.CATEGORIES])
    groups = _several(_("groups that it is for"), CareGroup.choices)
    causes = _several(_("main causes"), Cause.choices)
    age_min = _whole(_("youngest age"), 100)
    age_max = _whole(_("oldest age"), 100)
    single_parent = forms.BooleanField(label=_("single mothers only"), required=False)
    child_under = _whole(_("with a child younger than"), 30)
    stages = _several(_("stages of school"), SchoolStage.choices)
    excluded_types = _several(_("kinds of school left out"), SchoolType.choices)
    events = _several(_("after one of these events"), [(event.value, event.label) for event in EVENTS])
    event_months = _whole(_("the event within so many months"), 60)
    cost_over = YuanField(label=_("she paid more than, yuan"), required=False)
    income_multiple = YuanField(label=_("net income up to so many times the line"), required=False)
    income_yuan = YuanField(label=_("net income up to, yuan a person a month"), required=False)
    not_aided = forms.BooleanField(label=_("nobody else has paid for the same"), required=False)

    amount_kind = forms.ChoiceField(
        label=_("how the sum is found"), choices=AmountKind.choices, widget=forms.RadioSelect
    )
    months_per = forms.ChoiceField(
        label=_("months of the line for"),
        choices=[("household", _("the household")), ("person", _("each person"))],
        required=False,
    )
    per_award = YuanField(label=_("at most at a time, yuan"), required=False)
    per_year = YuanField(label=_("at most a year, yuan"), required=False)
    refer_over = YuanField(label=_("above so many yuan the next level decides"), required=False)
    awards_per_year = _whole(_("at most so many times a year"), 12)
    grants_count = forms.BooleanField(
        label=_("deep hardship is tested anew before another grant of the year"),
        required=False,
        help_text=_("What was granted this year then counts as income."),
    )
    once_a_year = forms.BooleanField(label=_("once a household a year"), required=False)
    same_cause_once = forms.BooleanField(label=_("never twice for the same cause"), required=False)

    fund = forms.ModelChoiceField(label=_("fund"), queryset=None, required=False)
    route_code = forms.ChoiceField(label=_("review route"), required=False)

    def __init__(self, *args, kind: str, organizations, routes, funds, programme: Programme | None = None, **kwargs):
        super().__init__(*args, **kwargs | {"initial": _initial(programme)})
        self.kind = ProgrammeKind(kind)
        self.fields["organization"].queryset = organizations
        if programme is not None:
            del self.fields["organization"]
        self.fields["fund"].queryset = funds
        self.fields["route_code"].choices = [("", "—"), *((route.code, route.name) for route in routes)]
        for name in set(_CONDITIONS[ProgrammeKind.FILING]).union(*_CONDITIONS.values()) - set(_CONDITIONS[self.kind]):
            del self.fields[name]
        self._tables()
        if self.kind == ProgrammeKind.FILING:
            for name in [name for part in [*self.sums, self.caps] for name in part[1]] + ["amount_kind", "fund"]:
                del self.fields[name]
            self.sums, self.caps = [], ("", [])

    def _tables(self) -> None:
        """A field for each cell of the tables of sums, of the limits by category, and for each kind of paper."""
        categories = [(code, Category(code).label) for code in sheet.CATEGORIES]
        with_any = [*categories, (sheet.ANY, _("Any other"))]
        fixed = self._row("fixed", _("Sum, yuan: %(name)s"), with_any)
        months = self._row("months", _("Months: %(name)s"), with_any)
        share = self._row("share", _("Share in per cent: %(name)s"), with_any)
        share_cap = self._row("share_cap", _("At most, yuan: %(name)s"), with_any)
        over = self._row("band_over", _("Above, yuan: band %(name)s"), [(n, n + 1) for n in range(sheet.BANDS)])
        total = self._row("band_sum", _("Sum, yuan: band %(name)s"), [(n, n + 1) for n in range(sheet.BANDS)])
        on_file, other = _("%(stage)s, on file, yuan"), _("%(stage)s, not on file, yuan")
        stages = []
        for stage, label in SchoolStage.choices:
            for where, words in (("on_file", on_file), ("other", other)):
                self.fields[f"stage_{stage}_{where}"] = YuanField(label=words % {"stage": label}, required=False)
                stages.append(f"stage_{stage}_{where}")
        for code, label in categories:
            words = _("%(name)s: programmes a year") % {"name": label}
            self.fields[f"items_{code}"] = _whole(words, 12)
        bands = [name for pair in zip(over, total, strict=True) for name in pair]
        self.sums = [
            (AmountKind.FIXED, fixed),
            (AmountKind.MONTHS_OF_LINE, ["months_per", *months]),
            (AmountKind.COST_BANDS, bands),
            (AmountKind.COST_SHARE, [name for pair in zip(share, share_cap, strict=True) for name in pair]),
            (AmountKind.BY_STAGE, stages),
        ]
        limits = ["per_award", "per_year", "refer_over", "once_a_year", "same_cause_once", "awards_per_year"]
        limits.append("grants_count")
        self.caps = (_("Limits"), [*limits, *(f"items_{code}" for code in sheet.CATEGORIES)])
        for code, label in DocumentKind.choices:
            choices = _FITTING if code in sheet.FITTING else _ASKED
            self.fields[f"paper_{code}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def _row(self, prefix: str, words, columns) -> list[str]:
        for code, label in columns:
            self.fields[f"{prefix}_{code}"] = YuanField(label=words % {"name": label}, required=False)
        return [f"{prefix}_{code}" for code, _label in columns]

    def sections(self):
        """(heading, code of the kind of sum it belongs to, bound fields)."""
        basics = [name for name in ("organization", *_BASICS) if name in self.fields]
        yield _("The programme"), "", [self[name] for name in basics]
        yield _("Who may have it"), "", [self[name] for name in self.fields if name in _CONDITIONS[self.kind]]
        if self.sums:
            yield _("How much"), "", [self["amount_kind"]]
            for kind, names in self.sums:
                yield kind.label, kind.value, [self[name] for name in names]
            yield self.caps[0], "", [self[name] for name in self.caps[1]]
        papers = [self[name] for name in self.fields if name.startswith("paper_")]
        yield _("Papers"), "", papers
        yield _("Review and money"), "", [self[name] for name in ("route_code", "fund") if name in self.fields]

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and opens > closes:
            self.add_error("closes_on", _("The last day lies before the first."))
        if data.get("age_min") and data.get("age_max") and data["age_min"] > data["age_max"]:
            self.add_error("age_max", _("The youngest age is above the oldest."))
        for code in (*sheet.CATEGORIES, sheet.ANY):
            share = data.get(f"share_{code}")
            if share is not None and not 0 < share <= 100:
                self.add_error(f"share_{code}", _("Enter a number above 0 and at most 100."))
        return data

    def version(self) -> dict:
        """What the action keeps: conditions, sums and papers in the shapes that the rules read."""
        data = self.cleaned_data
        kind = data.get("amount_kind", "")
        papers = {name.removeprefix("paper_"): data[name] for name in data if name.startswith("paper_") and data[name]}
        return {name: data.get(name) for name in _BASICS} | {
            "conditions": sheet.conditions_from(data),
            "amount_kind": kind,
            "amount": sheet.amount_from(kind, data),
            "caps": sheet.caps_from(data) if self.sums else {},
            "documents": sheet.papers_from(papers, self._before),
            "once_a_year": data.get("once_a_year", False),
            "same_cause_once": data.get("same_cause_once", False),
            "fund": data.get("fund"),
            "route_code": data.get("route_code", ""),
        }

    @property
    def _before(self) -> list[dict]:
        return self.initial.get("documents", [])


def _initial(programme: Programme | None) -> dict:
    if programme is None:
        return {"amount_kind": AmountKind.FIXED, "file": ""}
    papers = {f"paper_{kind}": asked for kind, asked in sheet.values_of_papers(programme.documents).items()}
    basics = {name: getattr(programme, name) for name in (*_BASICS, "once_a_year", "same_cause_once", "route_code")}
    return {
        **basics,
        **papers,
        "fund": programme.fund_id,
        "documents": programme.documents,
        **sheet.values_of_conditions(programme.conditions),
        **sheet.values_of_amount(programme.amount_kind or AmountKind.FIXED, programme.amount),
        **sheet.values_of_caps(programme.caps),
    }
