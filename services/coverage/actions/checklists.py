"""A federation's checklist in versions: written as a draft, put in force, replaced by the next one."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.coverage import errors
from services.coverage.enums import ChecklistState
from services.coverage.models import Checklist, ChecklistItem
from services.coverage.policies import may_keep_checklists
from services.coverage.queries.checklists import rules_items
from services.coverage.rules import scoring
from services.coverage.wordings import UNFIT
from services.foundation.locks import hold
from services.organizations.models import Organization

LOCK = "coverage.checklists"
FIELDS = ("pass_kind", "pass_mark", "source")
ITEM_FIELDS = ("group", "code", "words", "words_en", "points", "evidence", "rule", "source")


@transaction.atomic
def write_checklist(organization: Organization, *, fields: Mapping, items: Sequence[Mapping], by) -> Checklist:
    """Write the draft of a federation: the one there is, or the next version; its items are replaced as a whole.

    Raises ``PermissionDenied``, ``CodeTwice``. Lock: the name space of checklists.
    """
    may_keep_checklists(by, organization).insist()
    codes = [item["code"] for item in items]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise errors.CodeTwice(item=twice)
    hold(LOCK)
    latest = Checklist.objects.filter(organization=organization).order_by("-version").first()
    draft = latest if latest and latest.state == ChecklistState.DRAFT else None
    if draft is None:
        draft = Checklist(organization=organization, version=latest.version + 1 if latest else 1)
    for name in FIELDS:
        setattr(draft, name, fields.get(name, getattr(draft, name)))
    draft.made_by = by
    draft.save()
    draft.items.all().delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=draft, place=place, **{name: item[name] for name in ITEM_FIELDS if name in item})
        for place, item in enumerate(items, start=1)
    )
    log(draft, "coverage.checklist", user=by, data={"version": draft.version, "items": len(items)})
    return draft


@transaction.atomic
def put_in_force(checklist: Checklist, *, by, today: date) -> Checklist:
    """Put a draft in force from today, in place of the version before it: self-assessments that were begun keep
    theirs. Repeating it changes nothing. Raises ``PermissionDenied``, ``ChecklistUnfit``, ``ChecklistCounts``.

    Lock: the name space of checklists.
    """
    may_keep_checklists(by, checklist.organization).insist()
    hold(LOCK)
    checklist = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    if checklist.state == ChecklistState.IN_FORCE:
        return checklist
    if checklist.state != ChecklistState.DRAFT:
        raise errors.ChecklistCounts()
    items = rules_items(checklist.items.all())
    why = scoring.unfit(items, kind=checklist.pass_kind, mark=checklist.pass_mark)
    if not checklist.source.strip():
        why.append("no_source")
    if why:
        raise errors.ChecklistUnfit(why=" ".join(str(UNFIT[code]) for code in why))
    before = Checklist.objects.filter(organization=checklist.organization_id, state=ChecklistState.IN_FORCE)
    before.update(state=ChecklistState.RETIRED)
    checklist.state, checklist.valid_from = ChecklistState.IN_FORCE, today
    checklist.save(update_fields=["state", "valid_from"])
    log(checklist, "coverage.checklist_in_force", user=by, data={"version": checklist.version})
    return checklist
