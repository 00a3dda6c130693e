"""Beginning a file: only how to reach the guardian is written down (E2.01)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.switching import insist_on
from services.child_files.enums import FileState, Purpose
from services.child_files.models import Child, Guardian, GuardianshipLink
from services.child_files.rules.guardianship import Stated, may_consent
from services.childrens_homes.models import Home


@transaction.atomic
def register(home: Home, *, guardian: Stated, by, now: datetime) -> Child:
    """A file of the next number with one guardian. Locks the home.

    Raises ``PermissionDenied``, ``PurposeOff``, ``NotAGuardian``, ``EvidenceMissing``.
    """
    policies.may_register(by, home).insist()
    home = Home.objects.unscoped().select_for_update(of=("self",)).select_related("host", "programme").get(pk=home.pk)
    insist_on(home.programme, Purpose.HOME_SERVICE)
    child = Child(
        home=home, code=next_code(home), state=FileState.DRAFT, state_since=now, created_at=now, created_by=by
    )
    child.save()
    link_guardian(child, guardian, on=localdate(now))
    log(instance=child, action="child_files.register", user=by, timestamp=now)
    return child


def next_code(home: Home) -> str:
    prefix = f"{home.code}-"
    codes = Child.objects.unscoped().filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def link_guardian(child: Child, stated: Stated, *, on: date) -> GuardianshipLink:
    """Write a guardianship. Raises ``NotAGuardian``, ``EvidenceMissing``."""
    found = may_consent(
        basis=stated.basis,
        relation=stated.relation,
        evidence=bool(stated.evidence.strip()),
        valid_from=on,
        valid_to=None,
        on=on,
    )
    if not found.passed:
        raise errors.EvidenceMissing() if found.figures["why"] == "no_evidence" else errors.NotAGuardian()
    index = Guardian.index_of(stated.name, stated.phone)
    known = Guardian.objects.unscoped().filter(home=child.home, person_index=index).first()
    if known is None:
        known = Guardian(home=child.home, name=stated.name, phone=stated.phone)
    known.address = stated.address or known.address
    known.save()
    return GuardianshipLink.objects.create(
        child=child,
        guardian=known,
        relation=stated.relation,
        basis=stated.basis,
        evidence=stated.evidence.strip(),
        lives_with_child=stated.lives_with_child,
        valid_from=on,
    )
