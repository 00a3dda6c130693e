"""Findings about a woman in words for her officer: what stands in the way, and what can be done about it."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.bookings import errors as places
from services.foundation.verdict import Finding, Outcome
from services.screening import errors
from services.screening.enums import Item
from services.workers.enums import EmploymentType, MaritalStatus
from services.workers.wordings import ROSTER_WORDINGS


class Said(NamedTuple):
    """``remedy`` is empty where nothing can or need be done; ``is_plain`` is told once for all rows it belongs to."""

    sentence: str
    remedy: str = ""
    is_note: bool = False
    is_plain: bool = False


_KNOWN = {
    "no_day": (
        gettext_lazy("The terms admit her on none of the days that have a session."),
        gettext_lazy("See her findings; another programme may suit her."),
    ),
    "no_session": (
        gettext_lazy("No session ahead has a place left on a day that suits the terms."),
        gettext_lazy("Ask for more sessions, or let her join the waiting list."),
    ),
    "no_pot": (
        gettext_lazy("No place is left for her union."),
        gettext_lazy("Ask the union above for more places, or let her join the waiting list."),
    ),
    "not_together": (
        gettext_lazy("No day and site has room for the whole group; she is the one left over."),
        gettext_lazy("Let the group go on several days, or ask for a larger session."),
    ),
    "no_phone": (
        gettext_lazy("She has not agreed to the notice, and there is no mobile number to ask her."),
        gettext_lazy("Complete her record, or record her consent on paper where the terms admit it."),
    ),
    "asks_her": (
        gettext_lazy("She has not agreed to the notice: the place is kept for her and she is asked by message."),
        "",
    ),
    "other_day": (gettext_lazy("None of her preferred dates has room; this is the nearest."), ""),
    "not_alone": (gettext_lazy("Not enrolled, since the group was to be enrolled whole."), ""),
    "transferred": (
        gettext_lazy("She is no longer on the rosters of this union and those below it."),
        gettext_lazy("The union at her present workplace can enrol her."),
    ),
    "not_on_roster": (
        gettext_lazy("Nobody at work on the rosters of your unions matches this line."),
        gettext_lazy("Compare name and number with her record, or import her first."),
    ),
    "another_name": (
        gettext_lazy("The number on this line belongs to a record with another name."),
        gettext_lazy("Compare the line with her identity card."),
    ),
    "last_ahead": (
        gettext_lazy("The date of the last screening can't lie in the future."),
        gettext_lazy("Write the day of her last screening, or leave it empty."),
    ),
    "id_wrong": (
        gettext_lazy("The identity number isn't a possible one."),
        gettext_lazy("Compare it with her identity card digit by digit."),
    ),
    places.SessionFull.code: (
        gettext_lazy("The last place of the session went meanwhile."),
        gettext_lazy("Look again: another session may have room."),
    ),
    places.NoPlacesForUnit.code: (
        gettext_lazy("The last place of her union went meanwhile."),
        gettext_lazy("Ask the union above for more places, or let her join the waiting list."),
    ),
    places.SessionGone.code: (
        gettext_lazy("The session was removed or given another time meanwhile."),
        gettext_lazy("Look again: another session may have room."),
    ),
    places.SessionPast.code: (
        gettext_lazy("The session began meanwhile."),
        gettext_lazy("Look again: another session may have room."),
    ),
    errors.ConsentMissing.code: (
        gettext_lazy("She withdrew her consent meanwhile."),
        gettext_lazy("Only she can agree again."),
    ),
    places.DrawDecides.code: (
        gettext_lazy("The places of this programme are drawn; nobody is enrolled before the draw is over."),
        gettext_lazy("Let her enter the draw."),
    ),
    places.WaitingListOnly.code: (
        gettext_lazy("The places were drawn. What becomes free goes to the waiting list only."),
        gettext_lazy("Let her join the waiting list."),
    ),
    places.AlreadyBooked.code: (gettext_lazy("She booked by herself at the same moment."), ""),
}


def said(stored: dict) -> Said:
    """One stored finding in words."""
    finding = Finding.from_json(stored)
    if told := _TOLD.get(finding.code):
        return told(finding)
    if finding.code in _KNOWN:
        sentence, remedy = _KNOWN[finding.code]
        return Said(str(sentence), str(remedy), finding.outcome is Outcome.NOTE, finding.code == "asks_her")
    wording = ROSTER_WORDINGS.get(finding.code)
    if wording is None:
        return Said(str(_UNNAMED), is_note=finding.outcome is Outcome.NOTE)
    figures = {name: value for name, value in finding.figures.items() if name != "column"}
    return Said(str(wording.message) % figures, str(wording.remedy) % figures)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


_UNNAMED = gettext_lazy("A rule of the programme stands in the way; her own page of the programme explains it.")
_COMPLETE = gettext_lazy("Complete her record.")
_CORRECT = gettext_lazy("If her record is out of date, correct it.")


def _age(finding: Finding) -> Said:
    figures = finding.figures
    band = _("%(youngest)s to %(oldest)s") % {
        "youngest": "…" if figures["youngest"] is None else figures["youngest"],
        "oldest": "…" if figures["oldest"] is None else figures["oldest"],
    }
    if figures["age"] is None:
        return Said(_("Her age is not known; the terms take %(band)s.") % {"band": band}, str(_COMPLETE))
    sentence = _("She is %(age)s; the terms take %(band)s.") % {"age": figures["age"], "band": band}
    if "possible_from" in figures:
        return Said(sentence, _("She reaches the age on %(day)s.") % {"day": _day(figures["possible_from"])})
    return Said(sentence)


def _membership(finding: Finding) -> Said:
    if finding.outcome is Outcome.UNKNOWN:
        return Said(_("Her record doesn't say since when she is a member."), str(_COMPLETE))
    return Said(_("She is not a member on that day."), _("Once she has joined, she can take part."))


def _active(finding: Finding) -> Said:
    return Said(_("She is marked as having left the unit."), str(_CORRECT))


def _marital(finding: Finding) -> Said:
    if finding.outcome is Outcome.UNKNOWN:
        return Said(_("Her marital status is not on record."), str(_COMPLETE))
    status = MaritalStatus(finding.figures["status"]).label
    return Said(_("Marital status on record: %(status)s; the terms take another.") % {"status": status}, str(_CORRECT))


def _employment(finding: Finding) -> Said:
    if finding.outcome is Outcome.UNKNOWN:
        return Said(_("Her form of employment is not on record."), str(_COMPLETE))
    kind = dict(EmploymentType.choices).get(finding.figures["type"], finding.figures["type"])
    return Said(_("Form of employment on record: %(kind)s; the terms take others.") % {"kind": kind}, str(_CORRECT))


def _interval(finding: Finding) -> Said:
    figures = finding.figures
    if finding.outcome is Outcome.UNKNOWN:
        return Said(
            _("It is not known when she was last screened."),
            _("Ask her, and write down what she says: a date, or never."),
        )
    sentence = _("Last screened on %(day)s; the terms ask for %(months)s months between.") % {
        "day": _day(figures["last"]),
        "months": figures["months"],
    }
    return Said(sentence, _("Possible again from %(day)s on.") % {"day": _day(figures["possible_from"])})


def _other_booking(finding: Finding) -> Said:
    return Said(
        _("She has a place in another programme on %(day)s.") % {"day": _day(finding.figures["on"])},
        _("She may cancel the other one first."),
    )


def _roster(finding: Finding) -> Said:
    return Said(
        _("Her unit has no places in this programme; the check-up is for the women of units that take part."),
        _("Ask the union above whether her employer takes part."),
    )


def _residence(finding: Finding) -> Said:
    if finding.outcome is Outcome.UNKNOWN:
        return Said(
            _("It is not known whether she lives in the area of the programme."),
            _("She says so herself on the programme's page."),
        )
    return Said(
        _("She stated that she doesn't live in the area of the programme."),
        _("She may ask where she lives about the programme there."),
    )


def _added_items(finding: Finding) -> Said:
    items = _(", ").join(str(Item(code).label) for code in finding.figures["items"])
    sentence = _("From the age of %(age)s on also: %(items)s") % {"age": finding.figures["from"], "items": items}
    return Said(sentence, is_note=True)


def _already(finding: Finding) -> Said:
    figures = finding.figures
    if figures["by_union"]:
        sentence = _("Already booked by a colleague or by staff: %(when)s, %(site)s.") % figures
    else:
        sentence = _("She has booked by herself: %(when)s, %(site)s.") % figures
    return Said(sentence, _("Nothing to do; she can move it herself. Number %(number)s.") % figures)


def _unread(finding: Finding) -> Said:
    return Said(
        _("This preferred date could not be read or is over: “%(text)s”.") % finding.figures,
        _("Write it as 12月3日上午, 12/5 or 周三."),
        is_note=True,
    )


def _twice(finding: Finding) -> Said:
    return Said(_("The same woman as in row %(first)s.") % finding.figures)


def _several(finding: Finding) -> Said:
    return Said(
        _("%(count)s women of your unions bear this name.") % finding.figures,
        _("Add her mobile or identity number to the line."),
    )


_TOLD = {
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
    "already_booked": _already,
    "unread_wish": _unread,
    "listed_twice": _twice,
    "several_of_the_name": _several,
}
