"""The forms of the dictionary. Fields are the models' own; what may be chosen belongs to one tree."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.figures.registry import sources
from services.indicators.enums import Strategy
from services.indicators.models import Element, Indicator, ValidationRule
from services.indicators.queries.dictionary import elements_for, splits_of

_ELEMENT = (
    *("title", "title_en", "domain", "level", "summed", "unit", "decimals"),
    *("lowest", "highest", "protected", "fed_by", "splits"),
)
_RULE = ("title", "title_en", "kind", "left", "operator", "right", "limit", "strategy", "severity")
# What every version keeps: by it targets and problems find the entry.
_KEPT = ("audience", "domain", "number")
_DEFINING = (
    *("title", "title_en", "kind", "numerator", "denominator", "factor", "unit", "decimals", "direction"),
    *("definition", "definition_en", "source", "source_priority", "notes"),
)
_NEVER_A_SUM = RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and _, beginning with a letter."))


def _code() -> forms.Field:
    return forms.SlugField(
        label=pgettext_lazy("dictionary", "code"),
        max_length=40,
        help_text=_("Workbooks and rules name it by this for good."),
    )


def _year(label, **more) -> forms.Field:
    return forms.IntegerField(label=label, min_value=1990, max_value=2100, **more)


def _because() -> forms.Field:
    return forms.CharField(
        label=pgettext_lazy("monitoring report", "Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _Entry(forms.Form):
    """``adding``: with its code and the year from which it counts; else with a reason."""

    model: type
    names: tuple[str, ...] = ()

    def __init__(self, *args, owner_id: int, adding: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner_id = owner_id
        self.fields |= forms.fields_for_model(self.model, self.names, formfield_callback=self.field)
        if adding:
            self.fields["code"] = _code()
            self.fields["first_year"] = _year(
                _("From the year"), required=False, help_text=_("Empty: from the first year on that isn't locked.")
            )
            self.order_fields(["code", *self.names])
        else:
            self.fields["because"] = _because()

    def field(self, field, **more):
        return field.formfield(**more)

    def entered(self) -> dict:
        """What the action keeps, apart from code, year and reason."""
        return {name: self.cleaned_data[name] for name in self.names if name in self.fields}


class ElementForm(_Entry):
    model, names = Element, _ELEMENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].validators.append(_NEVER_A_SUM)
        self.fields["decimals"].max_value = 4
        self.fields["lowest"].help_text = self.fields["highest"].help_text = _("Empty: without end.")
        self.fields["level"].help_text = _(
            "Added up, it is stated at this level alone; else by every place down to it."
        )

    def field(self, field, **more):
        if field.name == "splits":
            return forms.ModelMultipleChoiceField(
                splits_of(self.owner_id), label=field.verbose_name, required=False, widget=forms.CheckboxSelectMultiple
            )
        if field.name == "fed_by":
            known = [("", "—"), *((code, sources[code].title) for code in sources.codes())]
            return forms.ChoiceField(label=field.verbose_name, choices=known, required=False)
        if field.name == "decimals":
            return field.formfield(min_value=0, max_value=4)
        return super().field(field, **more)


class IndicatorForm(_Entry):
    """``redefining``: field, plan and number stay, and the year from which the version counts is asked."""

    model, names = Indicator, (*_KEPT, *_DEFINING)

    def __init__(self, *args, redefining: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if redefining:
            for name in _KEPT:
                del self.fields[name]
            self.fields["first_year"] = _year(
                _("From the year"), help_text=_("Every year before keeps the definition it was judged by.")
            )

    def field(self, field, **more):
        if field.name in ("numerator", "denominator"):
            return forms.ModelChoiceField(
                elements_for(self.owner_id), label=field.verbose_name, required=field.name == "numerator"
            )
        if field.name == "source_priority":
            return forms.CharField(
                label=field.verbose_name,
                required=False,
                max_length=1_000,
                help_text=_("One a line; where sources differ, the first counts."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if field.name in ("definition", "definition_en", "notes"):
            return field.formfield(widget=forms.Textarea(attrs={"rows": 3}))
        if field.name == "decimals":
            return field.formfield(min_value=0, max_value=4)
        return field.formfield(min_value=1) if field.name == "factor" else super().field(field, **more)

    def clean_source_priority(self):
        lines = (line.strip() for line in self.cleaned_data["source_priority"].splitlines())
        return [line for line in lines if line]


class RuleForm(_Entry):
    """What a missing value does has to be chosen: nothing is chosen beforehand."""

    model, names = ValidationRule, _RULE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["left"].help_text = self.fields["right"].help_text = _(
            "Codes of data elements and numbers, with + and - between them."
        )
        self.fields["limit"].required = False

    def field(self, field, **more):
        if field.name == "strategy":
            return forms.ChoiceField(
                label=_("If a value is missing"), choices=Strategy.choices, widget=forms.RadioSelect
            )
        return super().field(field, **more)

    def clean_limit(self):
        return self.cleaned_data["limit"] or 0


class EndForm(forms.Form):
    last_year = _year(_("Last year"), help_text=_("For every year until then it stays as it is."))
    because = _because()
