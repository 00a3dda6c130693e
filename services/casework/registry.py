"""What the services that receive applications tell casework. Casework itself knows no service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.foundation.registry import Registry
from services.foundation.verdict import ALLOWED, Finding, Verdict


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that must still be there. ``item`` is a code of the service's; ``text`` and ``help`` are hers to
    read; ``address`` is the page on which she supplies it. ``of_staff``: a kind of paper that colleagues bring from a
    visit; nobody asks her for it. ``needed``: whether nothing can be sent without this kind; None: nobody has said."""

    item: str
    text: str
    help: str = ""
    address: str = ""
    of_staff: bool = False
    needed: bool | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the case page that the service renders: facts beside rules. No look at sealed data in clear."""

    template: str
    context: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody may turn: a link in her words. ``takes``: the page there takes the day and the place of what led
    to it along, in the body of a form, if she wants that."""

    label: str
    address: str
    takes: bool = False


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper that a programme asks for: codes, and what both are called."""

    subject_code: str
    title: str
    item: str
    text: str


class CaseService:
    """Base of a service. ``entered`` and ``before`` run inside the transaction that moves the case.

    ``letters`` begin the case's number. Nothing returned here may hold an illness, a sum of hers or a number of
    hers, except what ``panels`` masks and ``sums`` shows to whoever may see it.
    """

    code = ""
    letters = ""
    label = ""

    def title(self, case) -> str:
        """What is applied for, in a few words both she and staff read (the programme's name)."""
        raise NotImplementedError

    def titles(self, cases: list) -> dict[int, str]:
        """``title`` of many, by key, in a constant number of queries."""
        raise NotImplementedError

    def sums(self, cases: list, *, viewer) -> dict[int, Decimal]:
        """What each would be paid as things stand, by key; left out: what isn't known or paid in money, and what is
        sealed from this viewer. Constant queries."""
        return {}

    def subjects(self, codes: list[str]) -> dict[str, str]:
        """Names of what may be applied for, by ``subject_code``; those it doesn't know are left out. One query."""
        return {}

    def missing(self, case, *, now: datetime) -> list[Missing]:
        """What she must still supply before the case may be submitted; all of it at once."""
        return []

    def document_kinds(self, case) -> list[Missing]:
        """The kinds of document that may be asked for or added, in the order of the list."""
        return []

    def papers_asked(self) -> list[AskedPaper]:
        """The papers that the programmes in force ask of her. A constant number of queries."""
        return []

    def obstacles(self, case, verb: str, *, by, now: datetime) -> list[Finding]:
        """Why ``verb`` can't be done yet (a home visit is missing, an overlap is undecided); empty: nothing."""
        return []

    def explain(self, finding: Finding) -> str:
        """A finding of ``obstacles`` as a sentence that staff read."""
        return finding.code

    def entered(self, case, *, verb: str, by, now: datetime) -> None:
        """The case has just come to its stage by ``verb``: freeze inputs, raise a payable, open a file."""

    def entered_many(self, cases: list, *, verb: str, by, now: datetime) -> None:
        """``entered`` for many cases that came by one verb; a service that asks the database there does so at once."""
        for case in cases:
            self.entered(case, verb=verb, by=by, now=now)

    def household_of(self, cases: list) -> dict[int, set[str]]:
        """By key of the case, keyed digests of the identity numbers of those who live with the applicant: whoever of
        staff is among them keeps away. Constant queries."""
        return {}

    def panels(self, case, *, viewer, now: datetime) -> list[Panel]:
        """The facts beside the rules, for the case page of staff."""
        return []

    def notice_fields(self, cases: list) -> dict[int, dict[str, str]]:
        """For a public notice, by key: values for the allow-listed fields ``category``, ``programme``, ``amount``."""
        return {}

    def her_facts(self, case) -> list[tuple[str, str]]:
        """What she applied for, as (label, value) for her own page; nothing that a phone left lying mustn't show."""
        return []

    def her_panels(self, case, *, now: datetime) -> list[Panel]:
        """What her own page shows besides: what was decided and why, in her words; her own figures may stand here."""
        return []

    def page_for_her(self, case) -> str:
        """Path of the page on which her representative continues it at the desk; empty: there is none."""
        return ""

    def page_for(self, case, verb: str) -> str:
        """Path of the service's own desk page for ``verb``, where it asks more than words; empty: casework's."""
        return ""

    def her_page_for(self, case, verb: str) -> str:
        """The same on her side."""
        return ""

    def may_carry_out(self, case, verb: str, *, by) -> Verdict:
        """Whether this member of staff, who handles the case, may carry out ``verb`` of this service's cases."""
        return ALLOWED

    def may_open_papers(self, case, user) -> Verdict:
        """Whether staff who see the case may open what was sent for it; some papers are for whoever decides alone."""
        return ALLOWED

    def ways_from_illness(self, worker, *, on: date) -> list[Way]:
        """What this service may be to a woman of whom an examination found something on that day: shown to her alone,
        beside her result. Nothing of the result comes here."""
        return []

    def ways_in_her_name(self, worker, *, viewer) -> list[Way]:
        """Where this member of staff may begin something of this service for her, once she has authorised it."""
        return []

    def her_address(self, case) -> str:
        """Path of the page on which she sees and continues her application."""
        return ""

    def sent_address(self, case) -> str:
        """Path of the page, made for paper, with everything that she stated and sent; empty: there is none."""
        return ""


services: Registry[CaseService] = Registry("case services")


@dataclass(frozen=True, slots=True)
class Given:
    """A benefit that a service has decided to give a woman (``person``: her keyed digest), as another service may know
    of it: no sum, no illness. ``number`` and ``what`` are for people within whose unions (``path``) it lies; all
    others learn ``contact``. ``key`` names it for good. ``scheme``: what was applied for, as the service's own code."""

    person: str
    key: str
    service: str
    on: date
    contact: str
    path: str
    number: str
    what: str
    scheme: str = ""


benefits_given: Registry[Callable[..., list[Given]]] = Registry("benefits given")
"""By the code of the service; called with ``persons`` and ``since`` (a day); nothing that was cancelled. One query."""


class Reminder:
    """Base of what a service registers that knows of something another one may be for. Its answer holds keys of women
    and nothing else: whoever asks learns neither which service named whom, nor for what."""

    def ask(self, covered: Mapping[int, tuple[date, date]]) -> set[int]:
        """Those among these women (key of her record: first and last day of her cover) who agreed to be reminded and in
        whose records something of those days may be a claim. Constant queries."""
        return set()


reminders: Registry[Reminder] = Registry("reminders of cover")


@dataclass(frozen=True, slots=True)
class Papers:
    """A kind of row that carries a file which a scanner has to pass: ``rows`` gives all of them, whoever looks;
    ``harmful(paper, now)`` runs in the transaction in which its file was deleted as harmful."""

    rows: Callable[[], object]
    harmful: Callable[..., None]


papers: Registry[Papers] = Registry("papers")
"""By the label of the model, as in ``casework.document``."""
