"""Each step of a draw leaves a link in its chain; every night the chains are worked out again."""

import logging
from datetime import UTC, datetime

from wagtail.log_actions import log

from services.home_inspections.enums import DrawState
from services.home_inspections.models import DrawItem, HomeDraw, Seal
from services.home_inspections.queries.draws import links_of
from services.home_inspections.rules import chain
from services.home_inspections.rules import draw as rules

logger = logging.getLogger(__name__)


def seal(draw: HomeDraw, kind: str, payload: dict, *, by, now: datetime) -> Seal:
    """Add the next link. The caller holds the draw (or is about to): two links never follow the same one."""
    HomeDraw.objects.unscoped().select_for_update(of=("self",)).get(pk=draw.pk)
    last = Seal.objects.filter(draw=draw).order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, chain.BEGINNING)
    moment = now.astimezone(UTC)
    digest = chain.digest_of(number=number, kind=kind, at=moment.isoformat(), payload=payload, previous=previous)
    return Seal.objects.create(
        draw=draw, number=number, kind=kind, at=moment, by=by, payload=payload, previous=previous, digest=digest
    )


def broken_at(draw: HomeDraw) -> int | None:
    """The first link that can't be right: it doesn't follow, or the draw no longer says what it sealed. 0: the row
    itself was changed after its links."""
    links = links_of(draw)
    if (number := chain.first_break(links)) is not None:
        return number
    by_kind = {link.kind: link for link in links}
    frozen = by_kind.get("frozen")
    if frozen is None or not _frame_stands(draw, frozen.payload):
        return 0
    seeded = by_kind.get("seed")
    if (seeded.payload["seed"] if seeded else "") != draw.seed and draw.state != DrawState.VOID:
        return 0
    drawn = by_kind.get("drawn")
    if drawn and not _result_stands(draw, drawn.payload):
        return 0
    return None


def _frame_stands(draw: HomeDraw, said: dict) -> bool:
    return (
        rules.digest(draw.frame) == draw.frame_sha256 == said["frame_sha256"]
        and rules.digest(draw.frame_csv) == draw.csv_sha256 == said["csv_sha256"]
    )


def _result_stands(draw: HomeDraw, said: dict) -> bool:
    selected, reserve = [], {}
    for stratum, code, ticket, is_selected in (
        DrawItem.objects.filter(draw=draw)
        .order_by("stratum", "rank")
        .values_list("stratum", "code", "ticket", "selected")
    ):
        if ticket != rules.ticket(draw.seed, code):
            return False
        if is_selected:
            selected.append(code)
            reserve.setdefault(stratum, [])
        else:
            reserve.setdefault(stratum, []).append(code)
    return rules.digest(rules.result_text(selected, reserve)) == draw.result_sha256 == said["result_sha256"]


def check_all(*, now: datetime) -> list[HomeDraw]:
    """Work out every chain again; a break is noted, logged and stays on the desk of the city. Gives the broken ones."""
    broken = []
    for draw in HomeDraw.objects.unscoped().order_by("pk"):
        found = broken_at(draw)
        if found is not None and draw.broken_at is None:
            logger.error("The record of draw %s doesn't follow from its chain (link %s).", draw.pk, found)
            log(draw, "home_inspections.draw_broken", user=None, data={"link": found})
        HomeDraw.objects.unscoped().filter(pk=draw.pk).update(checked_at=now, broken_at=found)
        if found is not None:
            broken.append(draw)
    return broken
