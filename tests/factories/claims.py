"""Claims at every stage. ``claims_world()`` is a tree with officers, a scheme in force and a covered woman.

Invented persons of area 990000 alone. ``stated()`` says what a claim is about by the actions that she would use;
``at_decision()`` walks it to its deciding step; ``looked()`` puts the look of whoever decides on record.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from services.accounts.models import User
from services.casework import actions as casework
from services.casework.actions.documents import attach
from services.casework.enums import RouteState, StepKind
from services.casework.models import Case, ReviewRoute, RouteStep
from services.mutual_aid.actions import adjudicating, claiming
from services.mutual_aid.models import Claim, Cover, SchemeTerms
from services.mutual_aid.queries.claiming import claim_of
from services.mutual_aid.rules.terms import Terms
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.payments.actions import open_fund, set_account
from services.payments.enums import FundKind
from services.payments.models import FundSource
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.models import Worker
from tests.casework import samples
from tests.factories.accounts import WorkerUserFactory
from tests.factories.households import officer_at
from tests.factories.mutual_aid import cover_of, scheme_in_force
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.mutual_aid.whole import WHOLE

STEPS = ((StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3), (StepKind.APPROVE, Kind.COUNTY_UNION, 3))
ROUTE = "aid-claims"
# What a pathology report of the tests says: no other text of the tests holds these words.
ILLNESS, HOSPITAL, TOLD = "breast", "示例肿瘤医院", "示例：左侧肿块切除"
SAID = {
    "disease": ILLNESS,
    "grade": "invasive_primary",
    "hospital": HOSPITAL,
    "hospital_level": "level_3",
    "hospitalised": True,
    "hospital_days": 12,
    "surgery": True,
    "told": TOLD,
}


@dataclass
class ClaimsWorld:
    """``union`` and ``county`` are the officers at her two desks, ``…_two`` their colleagues, ``finance`` pays."""

    tree: dict[str, Organization]
    terms: SchemeTerms
    fund: FundSource
    her: Worker
    cover: Cover
    now: datetime
    officers: dict[str, User] = field(default_factory=dict)

    def woman(self, unit: str = "unit_a", *, covered: bool = True, **cover) -> Worker:
        """Another woman with an account, her consent on record, a bank card, and a cover that began months ago."""
        her = WorkerFactory(organization=self.tree[unit], user=WorkerUserFactory())
        notice = current_notice(Purpose.MUTUAL_AID)
        give_consent(her.user, purpose=Purpose.MUTUAL_AID, notice=notice, language="zh-hans", now=self.now)
        card = f"62179900{her.pk:08d}"
        set_account(her, holder="示例乙", bank="示例银行", bank_branch="", number=card, by=her.user, now=self.now)
        if covered:
            self.covers(her, **cover)
        return her

    def covers(self, her: Worker, *, days_ago: int = 200, **more) -> Cover:
        first = timezone.localdate(self.now) - timedelta(days=days_ago)
        more.setdefault("last", first + timedelta(days=364))
        return cover_of(her, self.terms, first=first, now=self.now - timedelta(days=days_ago), **more)

    @property
    def diagnosed(self) -> date:
        """A day well within the cover, and the time for claiming."""
        return timezone.localdate(self.now) - timedelta(days=20)


def claims_world(terms: Terms = WHOLE, *, budget: str = "100000", steps=STEPS, **version) -> ClaimsWorld:
    tree, now = small_tree(), timezone.now()
    city = tree["city"]
    fund = open_fund(
        organization=city,
        code="aid",
        year=now.year,
        name="示例互助资金",
        kind=FundKind.CITY,
        budget=Decimal(budget),
        by=None,
        now=now,
    )
    route = ReviewRoute.objects.create(
        code=ROUTE, service="mutual_aid", name="示例理赔流程", organization=city, state=RouteState.ACTIVE
    )
    for position, (kind, level, days) in enumerate(steps, 1):
        RouteStep.objects.create(route=route, position=position, kind=kind, level=level, working_days=days)
    documents = [
        {"kind": "unit_statement", "required": True},
        {"kind": "pathology", "required": True},
        {"kind": "discharge", "required": False},
    ]
    in_force = scheme_in_force(city, terms, **({"route_code": ROUTE, "fund": fund, "nominates": True} | version))
    SchemeTerms.objects.filter(pk=in_force.pk).update(documents=documents)
    in_force.refresh_from_db()
    world = ClaimsWorld(tree, in_force, fund, None, None, now)
    world.her = world.woman(covered=False)
    world.cover = world.covers(world.her)
    for name, where, role in (
        ("union", "unit_a", Role.GRASSROOTS_OFFICER),
        ("county", "county_a", Role.CASE_OFFICER),
        ("city", "city", Role.FEDERATION_OFFICER),
        ("finance", "city", Role.FINANCE_OFFICER),
    ):
        world.officers[name] = officer_at(tree[where], role=role)
        world.officers[f"{name}_two"] = officer_at(tree[where], role=role)
    return world


def cover_of_hers(her: Worker) -> Cover:
    return Cover.objects.own(worker=her).get()


def drafted(world: ClaimsWorld, her: Worker | None = None, *, diagnosed: date | None = None) -> Claim:
    """A claim of hers, begun and nothing more."""
    her = her or world.her
    cover = cover_of_hers(her)
    return claiming.begin_claim(
        her, cover=cover.token, diagnosed=diagnosed or world.diagnosed, by=her.user, now=world.now
    )


def fresh(claim: Claim) -> Claim:
    return claim_of(Case.objects.unscoped().select_related("worker__user", "route").get(pk=claim.case_id))


def stated(world: ClaimsWorld, claim: Claim, **said) -> Claim:
    """What it is about, and the papers that the terms ask of her."""
    claim = fresh(claim)
    by = claim.case.worker.user
    claim = claiming.save_particulars(claim, by=by, now=world.now, seen=claim.version, **(SAID | said))
    paper(claim, "pathology", now=world.now)
    return fresh(claim)


def paper(claim: Claim, kind: str, *, now: datetime) -> None:
    upload = SimpleUploadedFile("照片.jpg", samples.photo(salt=f"{kind}{claim.pk}"), "image/jpeg")
    attach(claim.case, kind=kind, upload=upload, by=claim.case.worker.user, now=now)


def submitted(world: ClaimsWorld, claim: Claim) -> Claim:
    by = claim.case.worker.user
    claiming.hand_in(claim, declares=True, seen=claiming.version_seen(claim), by=by, now=world.now)
    return fresh(claim)


def sent(world: ClaimsWorld, her: Worker | None = None, *, diagnosed: date | None = None, **said) -> Claim:
    """From nothing to a claim at its first desk."""
    return submitted(world, stated(world, drafted(world, her, diagnosed=diagnosed), **said))


def at_decision(world: ClaimsWorld, claim: Claim) -> Claim:
    """The unit has stated and passed its step."""
    officer = world.officers["union"]
    adjudicating.state_for_unit(claim, statement="该职工在岗，已请病假。", by=officer, now=world.now)
    casework.pass_step(fresh(claim).case, by=officer, now=world.now)
    return fresh(claim)


def looked(world: ClaimsWorld, claim: Claim, who: str = "county") -> User:
    """Whoever decides has opened the diagnosis."""
    officer = world.officers[who]
    adjudicating.look(claim, by=officer, reason="依条款审核申领")
    return officer


def approved(world: ClaimsWorld, claim: Claim, who: str = "county") -> Claim:
    casework.approve(claim.case, by=looked(world, claim, who), now=world.now)
    return fresh(claim)


def decided(world: ClaimsWorld, her: Worker | None = None, **said) -> Claim:
    return approved(world, at_decision(world, sent(world, her, **said)))


def refused(world: ClaimsWorld, claim: Claim, reason: str = "pre_existing", who: str = "county", **more) -> Claim:
    officer = looked(world, claim, who)
    adjudicating.refuse_with(claim, verb="refuse", reason=reason, by=officer, now=world.now, **more)
    return fresh(claim)
