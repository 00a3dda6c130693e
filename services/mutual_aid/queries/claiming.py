"""Claims: which cover answers for a day, what is known of a claim as plain facts, what a list shows."""

from datetime import date

from django.db.models import QuerySet

from services.casework.enums import WAITING_ON_HER, FiledBy
from services.casework.models import Case
from services.casework.queries import cases_represented_by
from services.foundation.scope import unscoped
from services.mutual_aid.enums import BenefitState, CoverState, DocumentKind
from services.mutual_aid.models import Assessment, Benefit, Claim, Cover, CoverVersion
from services.mutual_aid.queries.covers import covers_of, known, plain_part
from services.mutual_aid.rules.facts import Added, Earlier, Facts
from services.mutual_aid.rules.parts import on as parts_on
from services.mutual_aid.rules.typed import NOT_ON_THE_LIST, Stated
from services.workers.models import Worker

_WITH = (
    *("case__worker__user", "case__organization", "case__route", "case__authorisation", "case__representative"),
    *("case__desk", "cover", "scheme", "terms__scheme", "terms__fund__organization", "changed_by", "seconded_by"),
    "stated_by",
)
# Particulars that whoever adjudicates may put right by the papers.
PUT_RIGHT = (
    *("diagnosed", "discovered", "disease", "grade", "hospital_level"),
    *("hospitalised", "hospital_days", "surgery"),
)
FOUND = ("pre_existing", "fraud", "misdiagnosis", "paid_elsewhere")
# The unit writes them: she can't have them.
OF_THE_UNIT = frozenset({DocumentKind.APPLICATION, DocumentKind.UNIT_STATEMENT})
# Not hers to send: the form is this very claim with her declaration, the unit states here, her account is asked for.
NOT_HERS = frozenset(
    {DocumentKind.APPLICATION, DocumentKind.REQUEST, DocumentKind.UNIT_STATEMENT, DocumentKind.BANK_CARD}
)


def required_of(claim: Claim) -> list[str]:
    """Kinds of paper that she has to send under these terms."""
    return required_among(claim.terms.documents, claim.case)


def required_among(documents: list[dict], case: Case) -> list[str]:
    """The same of the papers that the terms of her claim name, without reading the claim."""
    kinds = [one["kind"] for one in documents if one.get("required") and one["kind"] not in NOT_HERS]
    represented = case.filed_by == FiledBy.REPRESENTATIVE
    return [kind for kind in kinds if kind != DocumentKind.PROXY_IDENTITY or represented]


def claim_of(case) -> Claim:
    """The mutual-aid side of a case, with all that judging it needs."""
    rows = Claim.objects.unscoped().select_related(*_WITH).prefetch_related("terms__lines", "terms__diseases")
    return rows.get(case=case)


def documents_of(case) -> list[dict]:
    """The papers that the terms of a claim name, without reading the claim."""
    return Claim.objects.unscoped().values_list("terms__documents", flat=True).get(case=case)


def claims_of_cases(cases: list[Case]) -> QuerySet[Claim]:
    return Claim.objects.unscoped().filter(case__in=cases).select_related("scheme", "case")


def schemes_of_cases(cases: list[Case]) -> QuerySet[Claim]:
    """The scheme of each, and nothing else of it: no health is fetched for a name."""
    found = Claim.objects.unscoped().filter(case__in=cases).select_related("scheme")
    return found.only("case_id", "scheme__name", "scheme__name_en")


def claim_under_way(cover: Cover) -> Claim | None:
    return Claim.objects.unscoped().filter(cover=cover, live=True).select_related("case__authorisation").first()


def claims_of(worker: Worker) -> QuerySet[Claim]:
    return Claim.objects.own(case__worker=worker).select_related("case", "scheme").order_by("-pk")


def represented_by(user, *, on: date) -> QuerySet[Claim]:
    """What somebody fills in in women's names, or has to supply something for; the newest first."""
    cases = cases_represented_by(user, on=on).filter(stage__in=WAITING_ON_HER).order_by()
    rows = Claim.objects.unscoped().filter(case__in=cases)
    return rows.select_related("case__worker", "case__organization", "scheme").order_by("-pk")


def covers_on(worker: Worker, on: date) -> list[CoverVersion]:
    """The covers that answer for a day, as known now (D15); at most one of each scheme."""
    hers = covers_of(worker).filter(first_day__lte=on, last_day__gte=on)
    return list(
        hers.select_related("cover", "scheme", "terms__scheme").prefetch_related("terms__lines", "terms__diseases")
    )


def own_cover(worker: Worker, token: str) -> CoverVersion | None:
    """The present version of a cover of hers."""
    hers = known(CoverVersion.objects.own(worker=worker, cover__token=token, state=CoverState.IN_FORCE))
    return hers.select_related("cover", "terms__scheme", "scheme").first()


def answering(claim: Claim, diagnosed: date | None) -> CoverVersion | None:
    """The version by which her cover in this scheme answers for the day of the diagnosis; where none does, the present
    version of the cover that she claims on, so that the rules can say why not. None: that cover is void."""
    hers = known(CoverVersion.objects.own(worker=claim.case.worker_id, scheme=claim.scheme_id))
    in_force = list(
        hers.filter(state=CoverState.IN_FORCE)
        .select_related("cover", "terms__scheme", "terms__fund__organization")
        .prefetch_related("terms__lines", "terms__diseases")
    )
    day = [one for one in in_force if diagnosed and one.first_day <= diagnosed <= one.last_day]
    return next(iter(day), None) or next((one for one in in_force if one.cover_id == claim.cover_id), None)


def stated_of(claim: Claim) -> Stated:
    """What her side has said."""
    return Stated.from_json(claim.particulars)


def found_of(claim: Claim) -> dict:
    """What whoever adjudicates has found or put right, without who found it."""
    return {name: one["value"] for name, one in claim.findings_of_staff.items()}


def confirmed_of(claim: Claim) -> Stated:
    """What she said, as far as nobody put it right by the papers."""
    found = {name: value for name, value in found_of(claim).items() if name in PUT_RIGHT}
    return Stated.from_json(claim.particulars | found)


def facts_of(
    claim: Claim, version: CoverVersion, *, on: date, earlier: tuple[Earlier, ...] | None = None
) -> Facts | None:
    """The facts that a sum rests on; None while day or grade of the diagnosis aren't known. ``on``: the day that
    counts as filed while it isn't. ``earlier``: her granted claims of the scheme, where the caller knows them."""
    said = confirmed_of(claim)
    if said.diagnosed is None or not said.grade:
        return None
    found = {name: value for name, value in found_of(claim).items() if name in FOUND}
    base, *more = parts_on(version.held_parts, said.diagnosed) or [plain_part(version)]
    return Facts(
        effective=base.first,
        last=version.last_day,
        diagnosed=said.diagnosed,
        grade=said.grade,
        shares=base.shares,
        renewal=base.renewal,
        added=tuple(Added(one.first, one.shares, one.renewal) for one in more),
        disease=said.disease or NOT_ON_THE_LIST,
        hospitalised=said.hospitalised,
        surgery=said.surgery,
        hospital_days=said.hospital_days,
        hospital_level=said.hospital_level,
        discovered=said.discovered,
        noticed=on,
        filed=on,
        cover=str(version.cover_id),
        earlier=earlier_of(claim) if earlier is None else earlier,
        **found,
    )


def earlier_of(claim: Claim) -> tuple[Earlier, ...]:
    """What she was granted in this scheme before, by the facts on which it was decided. Two queries."""
    granted = Benefit.objects.own(worker=claim.case.worker_id, scheme=claim.scheme_id).exclude(claim=claim)
    standing = {one.claim_id: one for one in granted.exclude(state=BenefitState.CANCELLED)}
    decisive = Assessment.objects.filter(claim__in=standing, decisive=True).order_by("pk")
    inputs = {one.claim_id: Facts.from_json(one.inputs) for one in decisive}
    return tuple(
        Earlier(facts.disease, facts.diagnosed, facts.cover, standing[key].ends_cover)
        for key, facts in sorted(inputs.items())
    )


def decided_on(claim: Claim) -> Assessment | None:
    """The newest record that a decision rests on."""
    return claim.assessments.filter(decisive=True).order_by("-pk").first()


def claims_kept(user) -> list[int]:
    """Keys of the claims of a signed-in woman."""
    with unscoped():
        return list(Claim.objects.filter(case__worker__user=user).values_list("pk", flat=True))
