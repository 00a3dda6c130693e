"""回头望 (§1.7 S36m): covered women in whose records something may be a claim are reminded of their cover, once.

Why a woman is reminded is known to nobody: her name stands in no list, the letter is neutral, and staff read counts
alone. What mutual aid itself knows (a claim begun and never sent, a refusal that can be mended) counts as much as what
another service answers through casework's ``registry.reminders``.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.messaging.actions import Letter, notify_many
from services.mutual_aid import claim_notifications as notifications
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import LookBack, LookBackLetter, Scheme
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import looking_back as known
from services.organizations.models import Organization

# Between two looks back over one scheme: a second one a day later would tell who was added meanwhile.
PAUSE = timedelta(days=30)


@transaction.atomic
def look_back(*, scheme: Scheme, organization: Organization, by, now: datetime) -> LookBack:
    """Write to whoever may have a claim and was not written to about this cover. Repeated within ``PAUSE`` it gives the
    look back that stands. Raises ``TooFewToRemind``, ``PermissionDenied``. Lock: the scheme's looks back."""
    policies.may_look_back(by, organization).insist()
    hold(f"mutual_aid.look_back.{scheme.pk}")
    standing = LookBack.objects.filter(scheme=scheme, organization=organization, made_at__gt=now - PAUSE).first()
    if standing is not None:
        return standing
    covers = known.still_claimable(scheme, organization, on=localdate(now))
    if len(covers) < settings.SMALL_CELL_THRESHOLD:
        raise errors.TooFewToRemind(least=settings.SMALL_CELL_THRESHOLD)
    hinted = known.worth_asking(covers, now=now)
    indexes = {LookBackLetter.index_of(cover.pk): cover for cover in covers if cover.worker_id in hinted}
    written = set(LookBackLetter.objects.filter(recipient_index__in=indexes).values_list("recipient_index", flat=True))
    fresh = {index: cover for index, cover in indexes.items() if index not in written}
    made = LookBack.objects.create(
        scheme=scheme, organization=organization, covered=len(covers), letters=len(fresh), made_by=by, made_at=now
    )
    LookBackLetter.objects.bulk_create(LookBackLetter(look_back=made, recipient_index=index) for index in fresh)
    notify_many(notifications.REMINDER, [_letter(cover, made) for cover in fresh.values()])
    log(instance=made, action="mutual_aid.look_back", user=by)
    return made


def _letter(cover, made: LookBack) -> Letter:
    worker = cover.worker
    return Letter(
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"union": cover.organization.name},
        dedupe_key=f"{notifications.REMINDER}:{cover.pk}",
        link=reverse("claims:start"),
    )
