"""Versions in words: every figure of an income test or a programme as label and value."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.relief import wording
from services.relief.enums import AmountKind, Category, DocumentKind, Exclusion, IncomeKind, SchoolStage
from services.relief.models import IncomeTest, Programme
from services.relief.queries import standards as queries
from services.relief.rules.eligibility import assess
from services.relief.rules.facts import Facts
from services.relief.rules.outlook import with_window

_FAULTS = {
    "unknown_condition": gettext_lazy("A condition isn't known to the rules: write the version anew."),
    "no_condition": gettext_lazy("It isn't said who may have it."),
    "no_sum": gettext_lazy("It isn't said how the sum is found."),
    "no_figures": gettext_lazy("The sum has no figures."),
    "figure_not_above_zero": gettext_lazy("A figure of the sum isn't above zero."),
    "no_source": gettext_lazy("The document that sets the rules isn't named."),
    "no_route": gettext_lazy("No review route in force is chosen."),
    "no_fund": gettext_lazy("No fund is chosen."),
}


def fault_words(faults: list[tuple[str, str]]) -> list[str]:
    return [str(_FAULTS[code]) for _field, code in dict.fromkeys(faults)]


def described_test(test: IncomeTest) -> list[tuple[str, str]]:
    share = f"{test.sudden_cost_share * 100:.0f} %" if test.sudden_cost_share else _("not used")
    left_out = [str(IncomeKind(code).label) for code in test.not_counted if code in IncomeKind.values]
    excluded = [str(Exclusion(code).label) for code in test.exclusions if code in Exclusion.values]
    return [
        (_("Relative hardship"), _("below %(times)s times the line") % {"times": test.relative_multiple}),
        (_("Hardship through a sudden event"), _("below %(times)s times the line") % {"times": test.sudden_multiple}),
        (_("Share of the year's income that an event must cost"), share),
        (_("Income that doesn't count"), _(", ").join(left_out) or _("none")),
        (
            _("Of working age"),
            _("from %(first)s to %(last)s years") % {"first": test.working_age_from, "last": test.working_age_to},
        ),
        (_("Exclusions to confirm"), _(", ").join(excluded) or _("none")),
        (_("Months above the line before leaving"), str(test.exit_months)),
        (_("Months between checks"), str(test.recheck_months)),
        (_("Months of return visits after leaving"), str(test.watch_months)),
        (_("Months between return visits"), str(test.visit_months)),
        (_("Source"), test.source),
    ]


def described_programme(programme: Programme) -> list[tuple[str, str]]:
    """Conditions in the very words that she reads, then sums, limits and papers."""
    asked = assess(with_window(programme), Facts(on=date_of(programme)))
    lines = [(_("Who may have it"), _("; ").join(wording.explain(finding).rule for finding in asked) or _("none"))]
    if programme.amount_kind:
        lines.append((_("How the sum is found"), str(AmountKind(programme.amount_kind).label)))
        lines += _sums(programme)
        lines.append((_("Limits"), _("; ").join(_limits(programme)) or _("none")))
        lines.append((_("Fund"), str(programme.fund or _("not chosen"))))
    papers = [_paper(one) for one in programme.documents]
    lines.append((_("Papers"), _("; ").join(papers) or _("none")))
    lines.append((_("Review route"), _route(programme)))
    lines.append((_("Source"), programme.source))
    return lines


def _route(programme: Programme) -> str:
    route = queries.routes_in_force().filter(code=programme.route_code).first()
    return route.name if route else _("not chosen")


def date_of(programme: Programme):
    """A day on which it is open, so that the rule is described and no day is missed."""
    return programme.opens_on or programme.closes_on or clock.today()


def _sums(programme: Programme) -> list[tuple[str, str]]:
    amount, kind = programme.amount, programme.amount_kind
    if kind == AmountKind.FIXED:
        return [(_("Sum, yuan"), _by_category(amount.get("by_category", {})))]
    if kind == AmountKind.MONTHS_OF_LINE:
        per = _("each person") if amount.get("per") == "person" else _("the household")
        return [(_("Months of the line for %(whom)s") % {"whom": per}, _by_category(amount.get("months", {})))]
    if kind == AmountKind.COST_BANDS:
        bands = [_("above %(over)s: %(sum)s") % band for band in amount.get("bands", [])]
        return [(_("Bands of the cost, yuan"), _("; ").join(bands))]
    if kind == AmountKind.COST_SHARE:
        return [
            (_("Share of the cost"), _by_category(amount.get("share", {}))),
            (_("At most, yuan"), _by_category(amount.get("cap", {})) or _("no limit")),
        ]
    sums = amount.get("sums", {})
    stages = [
        f"{SchoolStage(stage).label} {row.get('on_file', '—')} / {row.get('other', '—')}" for stage, row in sums.items()
    ]
    return [(_("Yuan on file / not on file"), _("; ").join(stages))]


def _by_category(table: dict) -> str:
    labels = dict(Category.choices) | {"any": _("Any other")}
    return _("; ").join(f"{labels.get(code, code)} {value}" for code, value in table.items())


def _limits(programme: Programme) -> list[str]:
    caps = programme.caps
    words = {
        "per_award": _("at most %(value)s yuan at a time"),
        "per_year": _("at most %(value)s yuan a year"),
        "refer_over": _("above %(value)s yuan the next level decides"),
        "awards_per_year": _("at most %(value)s times a year"),
    }
    found = [text % {"value": caps[name]} for name, text in words.items() if caps.get(name)]
    if items := caps.get("items_per_year"):
        found.append(_("programmes a year: %(table)s") % {"table": _by_category(items)})
    if caps.get("grants_count"):
        found.append(_("deep hardship is tested anew before another grant of the year"))
    found += [_("once a household a year")] if programme.once_a_year else []
    return found + ([_("never twice for the same cause")] if programme.same_cause_once else [])


def _paper(one: dict) -> str:
    label = str(DocumentKind(one["kind"]).label) if one["kind"] in DocumentKind.values else one["kind"]
    if one.get("required"):
        return _("%(paper)s (where it applies)") % {"paper": label} if one.get("when") else label
    return _("%(paper)s (may be asked for)") % {"paper": label}
