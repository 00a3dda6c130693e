"""Certificates: issued to everybody who came, declared invalid with a reason."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.messaging.actions import Letter, notify_many
from services.signups import errors
from services.signups.models import Activity, Certificate
from services.signups.notifications import CERTIFICATE
from services.signups.policies import may_manage


def issue_certificates(activity: Activity, *, by, now: datetime) -> int:
    """A certificate for each woman who came to a session that is over and has none; returns how many are new.

    Each is told. Raises ``NoCertificates``, ``CertificatesEarly`` while no session is over. Locks: the activity, so
    that two officers at once issue each one once, then the bookings, so that no record ends meanwhile.
    """
    may_manage(by, activity).insist()
    if not activity.certificates:
        raise errors.NoCertificates()
    with transaction.atomic():
        activity = Activity.objects.select_for_update().get(pk=activity.pk)
        if not activity.offering.sessions.filter(ends_at__lte=now, capacity__gt=0).exists():
            raise errors.CertificatesEarly()
        issued = [
            Certificate(
                booking=booking,
                activity=activity,
                worker=booking.worker,
                title=activity.title,
                hours=activity.hours,
                issued_at=now,
                issued_by=by,
            )
            for booking in _without_one(activity, now=now)
        ]
        Certificate.objects.bulk_create(issued)
        notify_many(CERTIFICATE.key, [_letter(certificate) for certificate in issued])
        if issued:
            log(activity, "signups.certify", user=by, data={"count": len(issued)})
        return len(issued)


def _without_one(activity: Activity, *, now: datetime) -> list[Booking]:
    """The bookings of those who came and have no certificate, locked by ascending key and then read anew.

    Merging two records of one woman locks her bookings first: whoever is later finds the record that stayed. What was
    joined to a booking while it was waited for would still be the record that ended.
    """
    rows = Booking.objects.unscoped()
    came = rows.filter(
        offering=activity.offering_id, state=BookingState.ATTENDED, session__ends_at__lte=now, certificate=None
    )
    locked = list(came.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk", flat=True))
    return list(rows.filter(pk__in=locked, certificate=None).select_related("worker__user").order_by("pk"))


def _letter(certificate: Certificate) -> Letter:
    worker = certificate.worker
    return Letter(
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"title": certificate.title, "number": certificate.number},
        dedupe_key=f"{CERTIFICATE.key}:{certificate.pk}",
        link=reverse("signups:certificate", args=[certificate.token]),
    )


def revoke_certificate(certificate: Certificate, *, reason: str, by, now: datetime) -> Certificate:
    """Declare a certificate invalid; whoever checks its code reads so at once. Raises ``RevocationReasonMissing``,
    ``RevokedAlready``. Lock: the certificate."""
    may_manage(by, certificate.activity).insist()
    if not reason.strip():
        raise errors.RevocationReasonMissing()
    with transaction.atomic():
        row = Certificate.objects.unscoped().select_for_update(of=("self",)).get(pk=certificate.pk)
        if row.revoked_at:
            raise errors.RevokedAlready()
        row.revoked_at, row.revoked_by, row.revoked_because = now, by, reason.strip()
        row.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
        log(certificate.activity, "signups.revoke", user=by, data={"number": row.number})
        return row
