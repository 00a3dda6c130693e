"""Mutual aid in the demo: the samples, one invented scheme in force, batches in every state, about 300 covers.

Done through the actions, at the moments at which it happened. The scheme says of itself that it is invented: what the
Beijing sample leaves open is filled in for the demo alone.
"""

import io
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, make_aware
from PIL import Image

from services.accounts.enums import UserKind
from services.accounts.models import User
from services.casework import demo_examples
from services.casework.actions import activate_route, new_route_version
from services.casework.actions.routes import StepPlan
from services.casework.enums import StepKind
from services.casework.registry import services
from services.foundation.demo import DemoContext
from services.mutual_aid import demo_claims, queries
from services.mutual_aid.actions import batch_decisions, batch_papers, enrolling, schemes
from services.mutual_aid.actions.samples import load_samples
from services.mutual_aid.enums import (
    AdditionEnds,
    BatchKind,
    Duplicates,
    EffectiveRule,
    FeeSplit,
    Leaving,
    MidTerm,
    Operator,
    PaperKind,
    ThresholdBase,
    VersionState,
)
from services.mutual_aid.models import Cover, EnrolmentBatch, SchemeTerms
from services.mutual_aid.samples import BEIJING_2018
from services.organizations.actions import assign_staff
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.privacy.actions import rewrite_notice
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.demo import FIRST_UNIT
from services.workers.models import Worker

CODE = "demo"
ROUTE = "mutual-aid"
# Organisation, days ago, what became of it. The township unions enrol their small units together.
STORIES = (
    ("SZ-03-01", 375, "covered"),
    ("SZ-01-02", 345, "covered"),
    ("SZ-03-02", 250, "covered"),
    ("SZ-01-03", 200, "covered"),
    ("SZ-02-02", 150, "covered"),
    (FIRST_UNIT, 100, "covered"),
    ("SZ-01-04", 60, "covered"),
    ("SZ-02-03", 30, "covered"),
    ("SZ-02-01", 0, "covered"),
    ("SZ-01-05", 3, "handed_in"),
    ("SZ-02-04", 5, "returned"),
    ("SZ-02-05", 1, "begun"),
)
# Figures that the Beijing texts leave open: invented, for the demo alone.
INVENTED = {
    "fee_split": FeeSplit.FIXED,
    "fee_upper": Decimal(10),
    "fee_unit": Decimal(10),
    "fee_herself": Decimal(5),
    "max_shares": 3,
    "threshold_base": ThresholdBase.WOMEN,
    "threshold_percent": Decimal(80),
    "mid_term": MidTerm.NEW_HIRES,
    "addition_ends": AdditionEnds.WITH_UNIT,
    "leaving": Leaving.GOES_ON,
    "duplicates": Duplicates.FIRST_COUNTS,
    "effective_rule": EffectiveRule.NEXT_DAY,
    "effective_day": 0,
    "renewal_keeps_day": True,
    "claim_days": 730,
    "employment_types": [],
    "temporary_months": 0,
    "diseases_complete": True,
    "source": "演示用虚构条款（以北京 2018 年计划的公开文本为底，未公布的数字为虚构）",
    "remarks": "仅供演示：费用分担、份数、参保比例、生效方式、申领期限等为虚构。",
}


@dataclass
class Scene:
    context: DemoContext
    terms: SchemeTerms
    decider: User
    preparers: dict[str, User]
    slips: tuple[bytes, bytes]

    def day(self, days_ago: int, hour: int) -> datetime:
        """A moment of a day before today; never later than now."""
        moment = make_aware(datetime.combine(self.context.today - timedelta(days=days_ago), time(hour)))
        return min(moment, self.context.now)

    def begins(self, days_ago: int) -> datetime:
        """At nine; today just after midnight, which is past whatever the hour."""
        return self.day(days_ago, 9 if days_ago else 0)


def load(context: DemoContext) -> None:
    """Leaves ``mutual_aid.terms``, the version in force."""
    city, staff = context.made["organizations.city"], context.made["organizations.staff"]
    load_samples(keeper=city)
    terms = _in_force(context, city, staff["city-officer"])
    context.made["mutual_aid.terms"] = terms
    demo_examples.load(context, queries.SERVICE)
    preparers = {FIRST_UNIT: staff["unit-officer"], "SZ-01": staff["county-officer"]}
    preparers |= {code: _preparer(context, code) for code in ("SZ-02", "SZ-03")}
    scene = Scene(context, terms, staff["city-officer"], preparers, (_slip(40), _slip(200)))
    for code, days_ago, end in STORIES:
        context.at(scene.begins(days_ago), lambda code=code, days=days_ago, end=end: _play(scene, code, days, end))
    context.at(scene.day(0, 0), lambda: batch_decisions.advance_batches(today=context.today))
    if queries.SERVICE in services:
        _notice_in_force_earlier(context, scene.day(400, 0))
        officers = _Officers(context, city.code, FIRST_UNIT, staff)
        demo_claims.plan(demo_claims.Scene(context, officers), lambda: _covers(terms))


def _notice_in_force_earlier(context: DemoContext, began: datetime) -> None:
    """Women of the demo agreed months ago: the notice must have been in force by then."""
    notice = current_notice(Purpose.MUTUAL_AID)
    texts = {name: getattr(notice, name) for name in ("title", "body", "title_en", "body_en")}
    rewrite_notice(notice, by=context.made["organizations.staff"]["admin"], in_force_from=began, **texts)


def _covers(terms: SchemeTerms) -> list[Cover]:
    """One unit after the other takes its turn, so that claims come from all over the city."""
    covers = Cover.objects.unscoped().select_related("worker__organization", "scheme").filter(scheme=terms.scheme_id)
    return sorted(covers, key=lambda one: (one.pk % 7, one.pk))


class _Officers(dict):
    """Who works on claims at each desk: the city's two, the first unit's own, and one more wherever a claim arises."""

    def __init__(self, context: DemoContext, city: str, unit: str, staff: dict[str, User]):
        super().__init__({city: [staff["city-officer"], _preparer(context, city)], unit: [staff["unit-officer"]]})
        self.context = context

    def __missing__(self, code: str) -> list[User]:
        self[code] = [_preparer(self.context, code)]
        return self[code]


def _in_force(context: DemoContext, city: Organization, by: User) -> SchemeTerms:
    sample = queries.version_for(BEIJING_2018.code)
    draft = schemes.create_scheme(
        city,
        code=CODE,
        name="示例市女职工特殊疾病互助保障（演示）",
        name_en="Women's special diseases, one year (demo)",
        operator=Operator.SOCIETY,
        region="示例市",
        by=by,
        like=sample,
    )
    plain = queries.terms_of(draft)
    diseases = [one.__class__(**_fields(one) | {"primary_only": True}) for one in plain.diseases]
    fund = context.made["payments.funds"]["hardship"]
    fields = INVENTED | {"fund": fund, "route_code": ROUTE}
    draft = schemes.write_terms(draft, fields=fields, diseases=diseases, lines=plain.lines, seen="", by=by)
    if queries.SERVICE in services:
        route = new_route_version(
            code=ROUTE,
            service=queries.SERVICE,
            name="互助金申领",
            organization=city,
            steps=[StepPlan(StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3), StepPlan(StepKind.APPROVE, Kind.CITY_UNION, 5)],
            by=None,
        )
        activate_route(route, by=None, now=context.now)
        return schemes.activate_terms(draft, by=by, now=context.now)
    # Claims aren't served by this installation: all but their route is asked for.
    lacks = [one.field for one in schemes.unfit(draft) if one.field != "route_code"]
    if lacks:
        raise ValueError(f"the demo's terms are not whole: {lacks}")
    SchemeTerms.objects.filter(pk=draft.pk).update(state=VersionState.ACTIVE, in_force_from=context.now)
    return SchemeTerms.objects.select_related("scheme").get(pk=draft.pk)


def _fields(one) -> dict:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _preparer(context: DemoContext, code: str) -> User:
    """A case officer who can't sign in: nobody needs her to."""
    user = get_user_model()(
        username=f"{code.lower()}-mutual-aid",
        first_name="示例经办",
        kind=UserKind.STAFF,
        password_changed_at=context.now,
    )
    user.set_unusable_password()
    user.save()
    place = Organization.objects.get(code=code)
    assign_staff(user, organization=place, role=Role.CASE_OFFICER, by=None, valid_from=context.today)
    return user


def _slip(shade: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (320, 200), (shade, shade, shade)).save(stream, "JPEG")
    return stream.getvalue()


def _play(scene: Scene, code: str, days_ago: int, end: str) -> EnrolmentBatch:
    """One unit's batch, as far as its story goes."""
    place = Organization.objects.get(code=code)
    by = scene.preparers.get(code) or scene.preparers[code[:5]]
    now = scene.begins(days_ago)
    batch = enrolling.begin_batch(scene.terms, organization=place, kind=BatchKind.NEW, by=by, now=now)
    women = list(Worker.objects.below(place.path).filter(state="active").select_related("organization"))
    enrolling.put_women(batch, women=women, shares=1 + days_ago % 2, by=by, now=now)
    if end == "begun":
        return batch
    headcount = len(women) + len(women) // 10
    today = localdate(now)
    enrolling.state_headcount(batch, women=headcount, staff=headcount * 2, on=today, by=by, now=now)
    for kind, slip in zip((PaperKind.HEADCOUNT, PaperKind.VOUCHER), scene.slips, strict=True):
        upload = io.BytesIO(slip)
        batch_papers.add_paper(batch, kind=kind, upload=upload, name=f"{kind.label}.jpg", by=by, now=now)
    enrolling.state_payment(batch, paid_on=today, by=by, now=now)
    batch = batch_decisions.hand_in(batch, healthy=True, by=by, now=now)
    later = now + timedelta(minutes=1) if days_ago == 0 else scene.day(days_ago, 15)
    if end == "returned":
        why = "一、缴费凭证看不清金额，请重新上传；\n二、人数报表不是本月或上月的。"
        return batch_decisions.return_batch(batch, reason=why, by=scene.decider, now=later)
    if end == "covered":
        return batch_decisions.approve_batch(batch, by=scene.decider, now=later)
    return batch
