"""Deputies: what lies with somebody absent stands on a colleague's list as well. It lends no right."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.casework import errors, policies, queries
from services.casework.enums import CASE_HANDLERS
from services.casework.models import Deputy
from services.foundation.locks import hold
from services.foundation.scope import scope_of
from services.organizations.queries import names_of


@transaction.atomic
def appoint_deputy(*, absent, deputy, valid_from: date, valid_until: date, by) -> Deputy:
    """Name a deputy for some days, both included. The deputy must hold a post with cases, at or above, wherever the
    absent one does.

    Raises ``PermissionDenied``, ``DeputyIsHerself``, ``DeputyWithoutPost``, ``DeputyTwice``, ``EndsBeforeItBegins``.
    """
    policies.may_appoint_deputy(by, absent).insist()
    if absent.pk == deputy.pk:
        raise errors.DeputyIsHerself()
    if valid_until < valid_from:
        raise errors.EndsBeforeItBegins()
    _insist_on_post(absent, deputy)
    hold(f"casework.deputies:{absent.pk}")
    same = Deputy.objects.filter(absent=absent, deputy=deputy)
    if same.filter(valid_from__lte=valid_until, valid_until__gte=valid_from).exists():
        raise errors.DeputyTwice()
    made = Deputy.objects.create(
        absent=absent, deputy=deputy, valid_from=valid_from, valid_until=valid_until, made_by=by
    )
    log(instance=made, action="casework.appoint_deputy", user=by)
    return made


def _insist_on_post(absent, deputy) -> None:
    scope, paths = scope_of(deputy), queries.handler_paths(absent)
    bare = [path for path in paths if not scope.covers(path, roles=CASE_HANDLERS)]
    if bare or not deputy.is_active:
        places = names_of(bare or paths)
        raise errors.DeputyWithoutPost(who=deputy.full_name, place=", ".join(places.values()))


@transaction.atomic
def end_deputy(deputy: Deputy, *, on: date, by) -> Deputy | None:
    """``on`` is the last day; None when it hadn't begun by then and so is taken off. Raises ``PermissionDenied``."""
    policies.may_appoint_deputy(by, deputy.absent).insist()
    locked = Deputy.objects.select_for_update().filter(pk=deputy.pk).first()
    if locked is None:
        return None
    log(instance=locked, action="casework.end_deputy", user=by)
    if on < locked.valid_from:
        locked.delete()
        return None
    locked.valid_until = min(locked.valid_until, on)
    locked.save(update_fields=["valid_until"])
    return locked
