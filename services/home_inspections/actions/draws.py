"""The steps of a draw of homes: frame frozen, seed committed, drawn, published, carried out; or void, and visible.

What is hashed and how stands in ``rules/draw.py``. There is no drawing again: a void draw stays published with its
reason, and the next one has the next number. Locks: inspection (where one is touched) → draw → lines.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from services.childrens_homes.enums import Profile
from services.childrens_homes.models import Home, Programme
from services.foundation.locks import hold
from services.foundation.stages import edge
from services.home_inspections import errors, policies, wordings, workflow
from services.home_inspections.actions.sealing import seal
from services.home_inspections.enums import PRESCHOOL, DrawPurpose, DrawState, InspectionState, PreschoolRule, Round
from services.home_inspections.models import DrawItem, DrawnInspector, HomeDraw, Inspection, MustVisit
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.draws import directory_of, draw_in_force
from services.home_inspections.queries.rubrics import city_path
from services.home_inspections.rules import draw as rules

LOCK = "home_inspections.draws"
LEAST_RATIO = Decimal("0.5")
_LINES_AT_ONCE = 500


def lock_draw(draw: HomeDraw) -> HomeDraw:
    rows = HomeDraw.objects.unscoped().select_for_update(of=("self",)).select_related("programme__city")
    return rows.get(pk=draw.pk)


def step(draw: HomeDraw, verb: str, *, reason: str = "") -> None:
    """Take an edge of the table. Raises ``StepTaken``, ``NoSuchStep``, ``ReasonMissing``."""
    found = edge(workflow.DRAW, draw.state, verb)
    if found is None:
        if any(one.verb == verb and one.target == draw.state for one in workflow.DRAW):
            raise errors.StepTaken()
        raise errors.NoSuchStep(state=DrawState(draw.state).label)
    if found.needs_reason and not reason.strip():
        raise errors.ReasonMissing()
    draw.state = found.target


@transaction.atomic
def freeze_frame(
    programme: Programme,
    *,
    purpose: str,
    ratio: Decimal,
    preschool: str,
    must_visit: Mapping[str, str],
    exclusions: Mapping[str, str],
    by,
    now: datetime,
) -> HomeDraw:
    """Fix the list of homes and publish its fingerprint. ``must_visit`` and ``exclusions``: reasons by code of a home.

    Raises ``PermissionDenied``, ``CountiesBehind`` (V10), ``RatioTooLow``, ``DrawThere``, ``FrameEmpty``,
    ``NotInDirectory``, ``ReasonMissing``. Lock: the name space of draws.
    """
    policies.may_lead_city(by, programme.city).insist()
    hold(LOCK)
    if not LEAST_RATIO <= ratio <= 1:
        raise errors.RatioTooLow()
    if draw_in_force(programme, purpose) is not None:
        raise errors.DrawThere()
    homes = _frame_of(programme, exclusions)
    for code, reason in must_visit.items():
        if code not in homes:
            raise errors.NotInDirectory()
        if not reason.strip():
            raise errors.ReasonMissing()
    left_out = [{"code": code, "reason": why.strip()} for code, why in sorted(exclusions.items())]
    draw = _write_down(programme, homes, purpose, ratio, preschool, left_out, by=by, now=now)
    MustVisit.objects.bulk_create(
        MustVisit(draw=draw, home=homes[code], reason=why.strip()[:300]) for code, why in sorted(must_visit.items())
    )
    payload = {
        "frame_sha256": draw.frame_sha256,
        "csv_sha256": draw.csv_sha256,
        "homes": len(homes),
        "ratio": f"{ratio.normalize():f}",
        "preschool": str(preschool),
        "must_visit": sorted(must_visit),
        "exclusions": draw.exclusions,
        "algorithm": rules.ALGORITHM,
    }
    seal(draw, "frozen", payload, by=by, now=now)
    log(draw, "home_inspections.draw_frozen", user=by, data={"homes": len(homes), "digest": draw.frame_sha256})
    return draw


def _write_down(
    programme: Programme,
    homes: Mapping[str, Home],
    purpose: str,
    ratio: Decimal,
    preschool: str,
    left_out: list[dict],
    *,
    by,
    now: datetime,
) -> HomeDraw:
    """The row of a draw with its frame and fingerprints; it takes the place of the last one where that is void."""
    strata, codes = _strata(homes, ratio, preschool)
    frame, csv = rules.frame_text(homes), rules.frame_csv(codes)
    before = HomeDraw.objects.unscoped().filter(programme=programme, purpose=purpose).order_by("-number").first()
    return HomeDraw.objects.create(
        programme=programme,
        purpose=purpose,
        number=before.number + 1 if before else 1,
        replaces=before if before and before.state == DrawState.VOID else None,
        algorithm=rules.ALGORITHM,
        ratio=ratio,
        preschool=preschool,
        strata=strata,
        exclusions=left_out,
        frame=frame,
        frame_csv=csv,
        frame_sha256=rules.digest(frame),
        csv_sha256=rules.digest(csv),
        required=sum(one["draw"] for one in strata.values()),
        frozen_at=now,
        frozen_by=by,
    )


def _frame_of(programme: Programme, exclusions: Mapping[str, str]) -> dict[str, Home]:
    """Every home that stands and was inspected by its county, by code; what is left out needs a reason."""
    late = queries.behind(queries.county_progress(programme))
    homes = {one.code: one for one in queries.alive(programme).select_related("host", "county").order_by("code")}
    if unknown := set(exclusions) - set(homes):
        raise errors.NotInDirectory(codes=", ".join(sorted(unknown)))
    if any(not why.strip() for why in exclusions.values()):
        raise errors.ReasonMissing()
    if late:
        shown = (f"{row['name']} {row['done']}/{row['homes']}" for row in late)
        raise errors.CountiesBehind(counties=wordings.list_of(shown))
    kept = {code: home for code, home in homes.items() if code not in exclusions}
    if not kept:
        raise errors.FrameEmpty()
    return kept


def _strata(homes: Mapping[str, Home], ratio: Decimal, preschool: str) -> tuple[dict, dict[str, list[str]]]:
    """County by county; the few homes below school age apart, as they have another standard (D2.2)."""
    codes: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for code, home in homes.items():
        apart = home.profile == Profile.PRESCHOOL
        stratum = PRESCHOOL if apart else (home.county.division_code or home.county.code)
        names[stratum] = "" if apart else home.county.name
        codes.setdefault(stratum, []).append(code)
    strata = {}
    for stratum in sorted(codes):
        size = len(codes[stratum])
        everybody = stratum == PRESCHOOL and preschool == PreschoolRule.TAKE_ALL
        strata[stratum] = {
            "name": names[stratum],
            "size": size,
            "draw": size if everybody else rules.share(size, ratio),
        }
    return strata, codes


@transaction.atomic
def commit_seed(
    draw: HomeDraw,
    *,
    seed: str,
    source: str,
    happened_at: datetime,
    witnesses: str,
    minutes: str,
    by,
    now: datetime,
) -> HomeDraw:
    """Write the public seed down, once, after the list was frozen.

    Raises ``PermissionDenied``, ``SeedFixed``, ``NoSuchStep``, ``SeedTooEarly``, ``SeedPoor``, ``ReasonMissing``.
    """
    draw = lock_draw(draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    if draw.seed:
        raise errors.SeedFixed()
    seed = seed.strip()
    if len(seed) < rules.SHORTEST_SEED or "\n" in seed or "\r" in seed:
        raise errors.SeedPoor(least=rules.SHORTEST_SEED)
    if not draw.frozen_at < happened_at <= now:
        raise errors.SeedTooEarly(frozen=date_format(timezone.localtime(draw.frozen_at), "DATETIME_FORMAT"))
    if not (source.strip() and witnesses.strip() and minutes.strip()):
        raise errors.ReasonMissing()
    step(draw, "commit_seed")
    draw.seed, draw.seed_source, draw.seed_happened_at = seed, source.strip(), happened_at
    draw.witnesses, draw.seed_minutes = witnesses.strip(), minutes.strip()
    draw.seed_committed_at, draw.seed_committed_by = now, by
    draw.save()
    payload = {
        "seed": seed,
        "source": draw.seed_source,
        "happened_at": happened_at.isoformat(),
        "witnesses": draw.witnesses,
        "minutes": draw.seed_minutes,
    }
    seal(draw, "seed", payload, by=by, now=now)
    log(draw, "home_inspections.draw_seeded", user=by, data={"source": draw.seed_source})
    return draw


@transaction.atomic
def run_draw(draw: HomeDraw, *, by, now: datetime) -> HomeDraw:
    """Work out every ticket, draw homes and inspectors. It gives what anybody works out from frame and seed.

    Raises ``PermissionDenied``, ``StepTaken``, ``NoSuchStep``, ``FrameChanged``, ``TooFewInspectors``.
    """
    draw = lock_draw(draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    step(draw, "draw")
    strata = read_frame(draw)
    take_all = (PRESCHOOL,) if draw.preschool == PreschoolRule.TAKE_ALL else ()
    drawn = rules.draw(strata, seed=draw.seed, ratio=draw.ratio, take_all=take_all)
    homes = _homes(draw)
    items = DrawItem.objects.bulk_create(_lines(draw, strata, set(drawn.selected), homes), batch_size=_LINES_AT_ONCE)
    excluded = _draw_inspectors(draw, [one for one in items if one.selected])
    draw.result_sha256 = rules.digest(rules.result_text(drawn.selected, drawn.reserve))
    draw.drawn_at, draw.drawn_by = now, by
    draw.save(update_fields=["state", "result_sha256", "drawn_at", "drawn_by"])
    payload = {
        "result_sha256": draw.result_sha256,
        "selected": drawn.selected,
        "frame_sha256": draw.frame_sha256,
        "inspectors": _signs(items),
        "inspectors_excluded": excluded,
    }
    seal(draw, "drawn", payload, by=by, now=now)
    log(draw, "home_inspections.draw_drawn", user=by, data={"homes": len(drawn.selected)})
    return draw


def read_frame(draw: HomeDraw) -> dict[str, list[str]]:
    """The frozen list by strata. Raises ``FrameChanged`` for any other than the one that was published."""
    if rules.digest(draw.frame) != draw.frame_sha256 or rules.digest(draw.frame_csv) != draw.csv_sha256:
        raise errors.FrameChanged()
    strata: dict[str, list[str]] = {}
    for line in draw.frame_csv.splitlines()[1:]:
        stratum, _comma, code = line.partition(",")
        strata.setdefault(stratum, []).append(code)
    if rules.frame_text(code for codes in strata.values() for code in codes) != draw.frame:
        raise errors.FrameChanged()
    return strata


def _homes(draw: HomeDraw) -> dict[str, Home]:
    codes = draw.frame.split()
    found = Home.objects.unscoped().filter(code__in=codes).select_related("host", "county")
    homes = {one.code: one for one in found}
    if len(homes) != len(codes):
        raise errors.FrameChanged()
    return homes


def _lines(draw: HomeDraw, strata: Mapping[str, Sequence[str]], selected: set[str], homes: Mapping[str, Home]) -> list:
    lines = []
    for stratum in sorted(strata):
        left = 0
        for rank, (ticket, code) in enumerate(rules.in_order(draw.seed, strata[stratum]), start=1):
            left += code not in selected
            lines.append(
                DrawItem(
                    draw=draw,
                    home=homes[code],
                    code=code,
                    stratum=stratum,
                    ticket=ticket,
                    rank=rank,
                    selected=code in selected,
                    reserve_rank=None if code in selected else left,
                )
            )
    return lines


def _draw_inspectors(draw: HomeDraw, items: Sequence[DrawItem]) -> dict[str, dict[str, str]]:
    """At least two for each home; who was left out before drawing, and why, by home. Raises ``TooFewInspectors``."""
    directory = directory_of(city_path(draw.programme.city.path))
    excluded, rows, short = {}, [], []
    for item in items:
        out = directory.excluded(item.home.host.path)
        found = rules.inspectors_for(item.code, seed=draw.seed, directory=directory.users, excluded=out)
        if len(found) < rules.FEWEST_INSPECTORS:
            short.append(item.code)
        if out:
            excluded[item.code] = out
        rows += [
            DrawnInspector(item=item, user_id=directory.users[sign], sign=sign, place=place)
            for place, sign in enumerate(found, start=1)
        ]
    if short:
        raise errors.TooFewInspectors(homes=wordings.list_of(short[:5]))
    DrawnInspector.objects.bulk_create(rows, batch_size=_LINES_AT_ONCE)
    return excluded


def _signs(items: Sequence[DrawItem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = DrawnInspector.objects.filter(item__in=items).order_by("item__code", "place")
    for code, sign in rows.values_list("item__code", "sign"):
        found.setdefault(code, []).append(sign)
    return found


@transaction.atomic
def void_draw(draw: HomeDraw, *, reason: str, by, now: datetime) -> HomeDraw:
    """Declare a draw void; it stays published with its reason. Once a seed is known somebody else has to do it, so that
    nobody draws until the result pleases. Visits that it planned and nobody has begun are called off.

    Raises ``PermissionDenied``, ``ReasonMissing``, ``NoSuchStep``, ``StepTaken``, ``OtherPerson``.
    """
    visits = list(_planned_by(draw).select_for_update(of=("self",)))
    draw = lock_draw(draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    known = bool(draw.seed)
    step(draw, "void", reason=reason)
    if known and by.pk in (draw.frozen_by_id, draw.seed_committed_by_id, draw.drawn_by_id):
        raise errors.OtherPerson()
    draw.void_reason, draw.voided_at, draw.voided_by = reason.strip()[:300], now, by
    draw.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
    for visit in visits:
        visit.state = InspectionState.CALLED_OFF
        visit.save(update_fields=["state"])
        log(visit, "home_inspections.call_off", user=by, data={"reason": draw.void_reason}, timestamp=now)
    seal(draw, "void", {"reason": draw.void_reason, "called_off": len(visits)}, by=by, now=now)
    log(draw, "home_inspections.draw_voided", user=by, data={"reason": draw.void_reason})
    return draw


def _planned_by(draw: HomeDraw) -> QuerySet[Inspection]:
    """Visits that nobody has begun yet; there are none before the draw is published."""
    drawn = draw.items.filter(Q(selected=True) | Q(called_in=True)).values("home")
    city, must = Q(round=Round.CITY, home__in=drawn), Q(round=Round.MUST_VISIT, home__in=draw.must_visit.values("home"))
    first = Inspection.objects.unscoped().filter(state=InspectionState.SCHEDULED, again_of__isnull=True)
    return first.filter(city | must).order_by("pk") if is_for_acceptance(draw) else first.none()


def is_for_acceptance(draw: HomeDraw) -> bool:
    return draw.purpose == DrawPurpose.ACCEPTANCE


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)
