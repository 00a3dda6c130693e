"""Findings in words: the rule, the value it was judged by, and what she can do about it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.foundation.verdict import Finding, Outcome
from services.screening.enums import BiRads, Conclusion, Counts, Item, MaritalRule, ProgrammeKind, TbsClass
from services.screening.rules import Assessment, Standing
from services.screening.rules.lead import DAYS, LONGEST
from services.screening.rules.pools import EMPLOYMENT, POSTS, UNSCREENED
from services.screening.rules.results import Next
from services.workers.enums import EmploymentType, MaritalStatus

_VERDICTS = {
    Standing.ELIGIBLE: gettext_lazy("You can take part."),
    Standing.NOT_ELIGIBLE: gettext_lazy("You can't take part this time."),
    Standing.NEEDS_FACTS: gettext_lazy("We can't tell yet: something is missing."),
}
_OUTCOMES = {
    Outcome.PASSED: gettext_lazy("met"),
    Outcome.FAILED: gettext_lazy("not met"),
    Outcome.UNKNOWN: gettext_lazy("not known yet"),
    Outcome.NOTE: gettext_lazy("note"),
}
_ORIGINS = {
    "roster": gettext_lazy("from your union's roster"),
    "answer": gettext_lazy("from your answer"),
    "history": gettext_lazy("from this system's record"),
}
_KINDS = {
    ProgrammeKind.CHARITY: gettext_lazy(
        "The union pays for a limited number of places for its members; some groups may be served first."
    ),
    ProgrammeKind.EMPLOYER_DUTY: gettext_lazy(
        "Your employer owes you this check-up by law and pays for it, and the time counts as working time. It is for "
        "the women on the roster of your own unit."
    ),
    ProgrammeKind.PUBLIC_HEALTH: gettext_lazy(
        "A public-health programme of the government, free for residents of the right age, whether they work or not."
    ),
}
_PAYERS = {
    ProgrammeKind.CHARITY: gettext_lazy("Free: the union pays"),
    ProgrammeKind.EMPLOYER_DUTY: gettext_lazy("Free: your employer pays"),
    ProgrammeKind.PUBLIC_HEALTH: gettext_lazy("Free: public funds pay"),
}


def verdict(assessment: Assessment) -> str:
    """One sentence for the whole."""
    return str(_VERDICTS[assessment.verdict])


def outcome(finding: Finding) -> str:
    return str(_OUTCOMES[finding.outcome])


def origin(finding: Finding, *, roster_of: date | None = None) -> str:
    """Where the value comes from, and of the roster since when it stands there so; empty when nobody said."""
    if finding.origin == "roster" and roster_of:
        return _("from your union's roster, as it stands since %(day)s") % {"day": _day(roster_of)}
    return str(_ORIGINS.get(finding.origin, ""))


def kind(programme) -> str:
    """What kind of programme it is and what follows from that."""
    return kind_words(programme.kind)


def kind_words(code: str) -> str:
    return str(_KINDS[ProgrammeKind(code)])


def payer(programme) -> str:
    """That it costs her nothing, and who pays instead."""
    return str(_PAYERS[ProgrammeKind(programme.kind)])


def outlook(assessment: Assessment) -> str:
    """When time alone makes it possible; empty otherwise."""
    if assessment.possible_from is None:
        return ""
    return _("You can take part from %(day)s on.") % {"day": _day(assessment.possible_from)}


def explain(finding: Finding) -> tuple[str, str, str]:
    """The rule, the value used, and what would change it (empty when the rule is met)."""
    rule, value, remedy = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    return rule, value, "" if finding.outcome is Outcome.PASSED else remedy


def pool_lines(pool) -> list[str]:
    """Whom a pool of places is for, one sentence a condition, and when what is unused goes where."""
    given, labels = pool.conditions, dict(EmploymentType.choices)
    lines = []
    if given.get(EMPLOYMENT):
        kinds = _(", ").join(str(labels.get(code, code)) for code in given[EMPLOYMENT])
        lines.append(_("For these forms of employment: %(kinds)s.") % {"kinds": kinds})
    if given.get(POSTS):
        lines.append(_("For women whose post is: %(posts)s.") % {"posts": _(", ").join(given[POSTS])})
    if years := given.get(UNSCREENED):
        text = ngettext(
            "For women not screened in the last %(years)s year.",
            "For women not screened in the last %(years)s years.",
            years,
        )
        lines.append(text % {"years": years})
    if pool.assigned_only:
        lines.append(_("Only for the unions to which the places were given."))
    if not lines:
        lines.append(_("For every woman who may take part."))
    if pool.returns_at:
        words = {"when": date_format(localtime(pool.returns_at), "DATETIME_FORMAT"), "pool": pool.returns_to}
        if pool.returns_to_id == pool.pk:
            lines.append(_("What unions haven't used goes back to the organiser on %(when)s.") % words)
        else:
            lines.append(_("What is unused goes to “%(pool)s” on %(when)s.") % words)
    return lines


def _day(value: date | str) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return date_format(day, "DATE_FORMAT")


def _age(figures: dict, result: Outcome) -> tuple[str, str, str]:
    youngest, oldest, age = figures["youngest"], figures["oldest"], figures["age"]
    if youngest is not None and oldest is not None:
        rule = _("Aged %(youngest)s to %(oldest)s") % {"youngest": youngest, "oldest": oldest}
    elif youngest is not None:
        rule = _("Aged %(youngest)s or older") % {"youngest": youngest}
    else:
        rule = _("Aged %(oldest)s or younger") % {"oldest": oldest}
    if result is Outcome.UNKNOWN:
        return rule, _("Your age is not known."), _("Tell us your age, or ask your union to complete your record.")
    value = ngettext("You are %(age)s.", "You are %(age)s.", age) % {"age": age}
    if "possible_from" in figures:
        return rule, value, _("You reach the age on %(day)s.") % {"day": _day(figures["possible_from"])}
    if youngest is not None and age < youngest:
        return rule, value, _("You can take part when you reach the age of %(age)s.") % {"age": youngest}
    return rule, value, _("Please ask your union about other check-ups for your age.")


def _membership(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Union member")
    if result is Outcome.UNKNOWN:
        return (
            rule,
            _("Your membership is not on record."),
            _("Ask your union officer to enter the date on which you joined."),
        )
    if figures["since"]:
        value = _("Member since %(day)s.") % {"day": _day(figures["since"])}
    else:
        value = _("You are a member.") if figures["member"] else _("You are not a member.")
    return rule, value, _("Join the union at your workplace or where you live; then you can take part.")


def _active(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Employed in a unit of this federation")
    if result is Outcome.PASSED:
        return rule, _("Your union lists you as employed."), ""
    return (
        rule,
        _("Your union lists you as having left."),
        _("Ask the union of your present workplace to take your record over."),
    )


def _marital(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Marital status: %(rule)s") % {"rule": MaritalRule(figures["rule"]).label}
    if result is Outcome.UNKNOWN:
        return rule, _("Your marital status is not on record."), _("Ask your union officer to complete your record.")
    value = _("On record: %(status)s.") % {"status": MaritalStatus(figures["status"]).label}
    return rule, value, _("If this is out of date, ask your union officer to correct it.")


def _employment(figures: dict, result: Outcome) -> tuple[str, str, str]:
    labels = dict(EmploymentType.choices)
    admitted = _(", ").join(str(labels.get(code, code)) for code in figures["admitted"])
    rule = _("Form of employment: %(admitted)s") % {"admitted": admitted}
    if result is Outcome.UNKNOWN:
        return (
            rule,
            _("Your form of employment is not on record."),
            _("Ask your union officer to complete your record."),
        )
    value = _("On record: %(status)s.") % {"status": labels.get(figures["type"], figures["type"])}
    return rule, value, _("If this is out of date, ask your union officer to correct it.")


def _roster(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("On the roster of a unit that takes part")
    remedy = _("Ask your unit's union whether your employer takes part; the check-up is for its own women.")
    if result is Outcome.UNKNOWN:
        return rule, _("Only your unit's roster can tell."), remedy
    if result is Outcome.PASSED:
        return rule, _("Your unit takes part."), ""
    return rule, _("Your unit has no places in this programme."), remedy


def _residence(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Lives in the area of the programme")
    if result is Outcome.UNKNOWN:
        return rule, _("You haven't said where you live."), _("Tell us whether you live in the area.")
    if result is Outcome.PASSED:
        return rule, _("You said that you live there."), ""
    return rule, _("You said that you don't live there."), _("Ask where you live about the programme there.")


def _interval(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = ngettext(
        "Last screening at least %(months)s month ago",
        "Last screening at least %(months)s months ago",
        figures["months"],
    ) % {"months": figures["months"]}
    if result is Outcome.UNKNOWN and figures["last"] is None:
        return (
            rule,
            _("It is not known when you were last screened."),
            _("Tell us when it was, or that you have never been screened."),
        )
    if figures["never"]:
        return rule, _never(figures), ""
    value = _("Last screened on %(day)s.") % {"day": _day(figures["last"])}
    if figures.get("kind"):
        value = f"{value} {_arranged(figures['kind'])}"
    if result is Outcome.UNKNOWN:
        return rule, value, _("Only screenings of the same kind count here: tell us who arranged it.")
    if "possible_from" not in figures:
        return rule, value, ""
    remedy = _("Possible again from %(day)s on.") % {"day": _day(figures["possible_from"])}
    if figures.get("counts") == Counts.ALL and figures.get("kind"):
        remedy += " " + _("Screenings of every kind count here, so that nobody is examined twice within the interval.")
    return rule, value, remedy


def _never(figures: dict) -> str:
    if figures.get("counts") == Counts.SAME:
        return _("You have had no screening of this kind; others don't count here.")
    return _("You have not been screened before.")


def _arranged(kind: str) -> str:
    return _("Kind: %(kind)s.") % {"kind": ProgrammeKind(kind).label}


def _other_booking(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("No other screening booked for the same time")
    value = _("You have a booking in another programme on %(day)s.") % {"day": _day(figures["on"])}
    if figures.get("kind"):
        value = f"{value} {_arranged(figures['kind'])}"
    if result is Outcome.NOTE:
        return rule, value, _("You may book here as well; you would be examined twice within the interval.")
    return rule, value, _("Cancel the other booking first if you would rather come here.")


def _added_items(figures: dict, result: Outcome) -> tuple[str, str, str]:
    labels = dict(Item.choices)
    items = _(", ").join(str(labels.get(code, code)) for code in figures["items"])
    rule = _("From the age of %(age)s on also: %(items)s") % {"age": figures["from"], "items": items}
    age = figures["age"]
    if age is None:
        return rule, _("Your age is not known."), _("The site looks at your age on the day.")
    if age >= figures["from"]:
        return rule, _("You are %(age)s: it is included.") % {"age": age}, _("Allow a little more time for it.")
    value = _("You are %(age)s: it isn't included yet.") % {"age": age}
    return rule, value, _("Everything else is examined as usual.")


_EXPLAIN = {
    "age": _age,
    "membership": _membership,
    "active": _active,
    "marital": _marital,
    "employment": _employment,
    "interval": _interval,
    "other_booking": _other_booking,
    "roster": _roster,
    "residence": _residence,
    "added_items": _added_items,
}


_CONTRADICTIONS = {
    "conclusion_against_values": (
        "conclusion",
        gettext_lazy("This conclusion doesn't fit the values below: they call for a further examination."),
    ),
    "hpv_not_done": ("hpv", gettext_lazy("HPV types are given, but the HPV test isn't ticked as done.")),
    "tct_not_done": ("tbs", gettext_lazy("A cytology class is given, but the cytology isn't ticked as done.")),
    "breast_not_done": ("birads", gettext_lazy("A BI-RADS class is given, but no breast examination is ticked.")),
    "nothing_done": ("items", gettext_lazy("Tick what was examined, or choose that she could not be examined.")),
}
_MEANS = {
    Conclusion.NORMAL: gettext_lazy("Nothing conspicuous was found in what was examined."),
    Conclusion.BENIGN_FOLLOW_UP: gettext_lazy(
        "Something harmless was found, as many women have. It should be looked at again from time to time."
    ),
    Conclusion.ABNORMAL: gettext_lazy(
        "Something was found that a doctor should look at more closely. That is no diagnosis: most of these findings "
        "turn out to be harmless or are easy to treat when they are looked at early."
    ),
    Conclusion.PRECANCER: gettext_lazy(
        "A change was found that is not cancer but can become it if it is left alone. It can be treated well."
    ),
    Conclusion.CANCER: gettext_lazy(
        "The examination confirmed a tumour. Please talk to the hospital now: the earlier treatment begins, the "
        "better it works. You don't have to go through this alone."
    ),
    Conclusion.NOT_SUITABLE: gettext_lazy(
        "You could not be examined that day. This says nothing about your health; you can come again."
    ),
}
_NEXT = {
    Next.COLPOSCOPY: gettext_lazy("Colposcopy: the doctor looks at the cervix through a magnifying glass."),
    Next.CYTOLOGY: gettext_lazy("Cytology (TCT): cells of the cervix are looked at."),
    Next.REPEAT_CYTOLOGY: gettext_lazy("The sample could not be read: the cytology (TCT) is taken again."),
    Next.MAMMOGRAM: gettext_lazy("Mammogram: an X-ray picture of the breast."),
    Next.BIOPSY: gettext_lazy("Biopsy: a small sample of the breast is taken and looked at."),
    Next.DOCTOR: gettext_lazy("A talk with the doctor, who says what comes next and when."),
}


def contradiction(code: str) -> tuple[str, str]:
    """The field beside which a contradiction is said, and the sentence."""
    place, words = _CONTRADICTIONS[code]
    return place, str(words)


def meaning(conclusion: str) -> str:
    """What a conclusion means, in her words."""
    return str(_MEANS[Conclusion(conclusion)])


def next_steps(findings: tuple[Finding, ...]) -> list[str]:
    """The examinations that clear the findings up, each once."""
    return [str(_NEXT[Next(code)]) for code in dict.fromkeys(finding.figures["next"] for finding in findings)]


def values_in_words(values: dict) -> list[tuple[str, str]]:
    """A version's values as label and words, for whoever may read them; empty ones are left out."""
    comma = _(", ")
    rows = [
        (_("Conclusion"), str(Conclusion(values["conclusion"]).label)),
        (_("Examined"), comma.join(str(Item(code).label) for code in values["items"])),
        (_("Cytology (TBS)"), str(TbsClass(values["tbs"]).label) if values["tbs"] else ""),
        (_("High-risk HPV types found"), comma.join(values["hpv"])),
        (_("Breast (BI-RADS)"), str(BiRads(values["birads"]).label) if values["birads"] else ""),
        (_("Remark of the hospital"), values["note"]),
        (_("Next examination from"), _day(values["next_due"]) if values["next_due"] else ""),
    ]
    return [(label, said) for label, said in rows if said]


def span_names() -> dict[str, str]:
    """The spans of days between booking and session (``rules.lead``), in words."""
    spans = {key: {"from": int(key[:2]), "to": int(key[3:])} for _days, key in DAYS}
    return {key: _("%(from)s to %(to)s days") % span for key, span in spans.items()} | {LONGEST: _("56 days and more")}
