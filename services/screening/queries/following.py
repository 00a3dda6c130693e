"""Follow-ups: which ones somebody may work on, how old they are."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.screening.enums import OPEN_FOLLOW_UPS
from services.screening.models import ContactAttempt, FollowUp

FOLLOWERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER})
_GIVER = "result__booking__worker__user_id"


def is_below(path: str, above: str) -> bool:
    """Strictly: a federation follows up women of the unions below it, not its own staff."""
    return path.startswith(above) and path != above


def follower_paths(user) -> tuple[str, ...]:
    """Where she may follow up: federations at which she holds a post for it, never an employer's own union."""
    paths = scope_of(user).paths(roles=FOLLOWERS)
    if not paths:
        return ()
    held = getattr(user, "_follower_paths", None)
    if held is None:
        federations = Organization.objects.filter(path__in=paths).exclude(kind=Kind.GRASSROOTS_UNION)
        held = user._follower_paths = tuple(federations.order_by("path").values_list("path", flat=True))
    return held


def agreed(purpose: Purpose) -> Exists:
    """Whether the woman of a follow-up agrees to this now, as a condition."""
    return Exists(standing_consents(OuterRef(_GIVER), purpose))


def follow_ups_for(user) -> QuerySet[FollowUp]:
    """Follow-ups an officer may help with: of women below her federation who agreed to it. One query a list."""
    paths = follower_paths(user)
    lookup = "result__booking__worker__organization__path"
    own_staff = Q(**{f"{lookup}__in": paths})
    return _shown(
        FollowUp.objects.unscoped()
        .filter(path_filter(lookup, paths), agreed(Purpose.SCREENING), agreed(Purpose.FOLLOW_UP))
        .exclude(own_staff)
    )


def follow_ups_at(venues) -> QuerySet[FollowUp]:
    """Follow-ups of women who were examined at these sites and still agree to the screening."""
    rows = FollowUp.objects.unscoped().filter(agreed(Purpose.SCREENING), result__booking__session__venue__in=venues)
    return _shown(rows)


def still_open(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return rows.filter(state__in=OPEN_FOLLOW_UPS)


def _shown(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return rows.select_related(
        "result__booking__worker__organization",
        "result__booking__session__venue",
        "result__booking__offering__screening_programme",
    ).order_by("opened_at", "pk")


def with_district(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """``district`` (name of the county or district federation above her, if any) and ``tries`` on each row."""
    step = Organization.steplen
    path = OuterRef("result__booking__worker__organization__path")
    county = Organization.objects.filter(kind=Kind.COUNTY_UNION, path=Substr(path, 1, 2 * step)).order_by()
    tries = ContactAttempt.objects.filter(follow_up=OuterRef("pk")).order_by().values("follow_up")
    return rows.annotate(
        district=Subquery(county.values("name")[:1]),
        tries=Coalesce(Subquery(tries.annotate(n=Count("pk")).values("n")), 0),
    )
