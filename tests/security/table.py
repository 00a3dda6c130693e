"""Who may open what: one row an address. A new address without a row fails ``test_matrix.py``.

``yes`` may open it, ``no`` is refused because a right is missing (403), everybody else among the staff gets ``rest``:
404 where the address names something outside her scope, 403 where it names nothing. Strangers are led to a sign-in,
women workers are refused at the desk, staff are refused on women's own pages.
"""

from services.organizations.enums import ROSTER_WRITERS, TREE_KEEPERS, Role
from tests.security import (
    casework_rows,
    child_files_rows,
    claims_rows,
    coverage_rows,
    equipment_rows,
    exam_rows,
    homes_rows,
    inspections_rows,
    joining_rows,
    monitoring_rows,
    mutual_aid_rows,
    pages_rows,
    payments_rows,
    publishing_rows,
    relief_rows,
    returns_rows,
    signups_rows,
)
from tests.security.coverage_view_rows import VIEW_ROWS
from tests.security.rows import (
    ABOVE,
    ALL_STAFF,
    DESK,
    EVERY_ROLE,
    INVOLVED,
    KEEPERS,
    OVER,
    READERS,
    RUNNERS,
    STAFF_ACCOUNT,
    WORKERS,
    WRITERS,
    Row,
    at_the_desk,
    for_anybody,
    hers,
    looked_up,
    one,
    staff,
)
from tests.security.world import OWNER, SUPERUSER

_seeing = staff(READERS, INVOLVED)
# Finance officers read figures of money and take lists of it along.
_reads_money = staff((*READERS, Role.FINANCE_OFFICER))
# So do those who read the equipment of homes.
_takes_lists = _reads_money | staff(equipment_rows.READERS)
_running = staff(RUNNERS, ABOVE)
_enrolling = staff(WRITERS, INVOLVED)


def _programme(yes, no=frozenset(), **arguments) -> Row:
    return one(yes, no=no, code="programme.code", **arguments)


def _part(yes, no=frozenset()) -> Row:
    """A page about one organisation's part in a programme."""
    return one(yes, no=no, code="programme.code", organization="organization.code")


WORKER_RECORDS = {
    "workers_desk:list": at_the_desk(staff(READERS)),
    "workers_desk:list_results": at_the_desk(staff(READERS)),
    "workers_desk:find": at_the_desk(staff(READERS)),
    "workers_desk:search": at_the_desk(staff(READERS)),
    "workers_desk:add": at_the_desk(staff(WRITERS)),
    "workers_desk:leave": at_the_desk(staff(WRITERS)),
    "workers_desk:claims": at_the_desk(staff(WRITERS)),
    "workers_desk:claims_results": at_the_desk(staff(WRITERS)),
    "workers_desk:claim": one(staff(WRITERS, ABOVE), token="claim.token"),
    "workers_desk:one": one(staff(READERS, ABOVE), token="worker.token"),
    "workers_desk:edit": one(staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="worker.token"),
    "workers_desk:twins": one(staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="worker.token"),
    "workers_desk:merge": one(
        staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="worker.token", other="twin.token"
    ),
    "workers_desk:take_back": one(staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="worker.token"),
}

_seen = staff(EVERY_ROLE, ABOVE)


def _organization(yes, **arguments) -> Row:
    return one(yes, no=_seen - yes, code="organization.code", **arguments)


ORGANIZATIONS = {
    "organizations_desk:list": at_the_desk(staff()),
    "organizations_desk:list_results": at_the_desk(staff()),
    "organizations_desk:one": _organization(_seen),
    "organizations_desk:add": _organization(staff(TREE_KEEPERS, ABOVE)),
    "organizations_desk:edit": _organization(staff(TREE_KEEPERS, ABOVE)),
    # She may not move, close or staff the very place where her own post begins: that is for those above.
    "organizations_desk:move": _organization(staff(TREE_KEEPERS, OVER)),
    "organizations_desk:merge": _organization(staff(TREE_KEEPERS, OVER)),
    "organizations_desk:split": _organization(staff(TREE_KEEPERS, OVER)),
    "organizations_desk:close": _organization(staff(TREE_KEEPERS, OVER)),
    # An officer of the women's federation gives posts in her own branch; this place is in the union's.
    "organizations_desk:give_post": _organization(staff([Role.PLATFORM_ADMINISTRATOR], ABOVE) | staff(RUNNERS, OVER)),
    "organizations_desk:end_post": _organization(
        staff([Role.PLATFORM_ADMINISTRATOR], ABOVE) | staff(RUNNERS, OVER), post="post.pk"
    ),
}

_reading = staff(READERS, ABOVE)
_reads_nowhere = staff() - staff(READERS) | {SUPERUSER}


def _figure(yes, no=frozenset()) -> Row:
    return one(yes, no=no, statistic="screening-uptake", organization="organization.code")


FIGURES = {
    "figures:index": at_the_desk(_reads_money),
    "figures:top": Row(DESK, staff(READERS), arguments=looked_up({"statistic": "screening-uptake"})),
    # A post that reads no figures anywhere is told so; one that reads them elsewhere finds nothing here.
    **{f"figures:{page}": _figure(_reading, no=_reads_nowhere) for page in ("at", "export", "behind")},
    "figures:arrange": one(
        staff(RUNNERS, ABOVE), no=staff() - staff(RUNNERS) | {SUPERUSER}, organization="organization.code"
    ),
    "figures:target": _figure(staff(RUNNERS, ABOVE), no=_reads_nowhere | _reading - staff(RUNNERS, ABOVE)),
}

PROGRAMMES = {
    "screening_desk:programmes": at_the_desk(staff(READERS)),
    "screening_desk:programmes_results": at_the_desk(staff(READERS)),
    "screening_desk:programme_add": at_the_desk(staff(RUNNERS)),
    "screening_desk:waiting": at_the_desk(staff(READERS)),
    "screening_desk:waiting_results": at_the_desk(staff(READERS)),
    **{
        f"screening_desk:{act}": at_the_desk(staff(READERS))
        for act in ("waiting_find", "waiting_order", "changes_find")
    },
    "screening_desk:changes": at_the_desk(staff(READERS)),
    "screening_desk:changes_results": at_the_desk(staff(READERS)),
    # Readers of the roster who see her but don't run the programme read that they may not; others find nothing.
    "screening_desk:priority": one(_running, no=staff(READERS, ABOVE) - _running, token="waiting.token"),
    **{
        f"screening_desk:bookings_{act}": at_the_desk(staff(READERS))
        for act in ("find", "cancel", "remind", "absent", "came", "excuse")
    },
    "screening_desk:bookings": at_the_desk(staff(READERS)),
    "screening_desk:bookings_results": at_the_desk(staff(READERS)),
    "screening_desk:roll": one(_seeing | staff([Role.CLINIC_OPERATOR], ["own"]), token="session.token"),
    "screening_desk:programme": _programme(_seeing),
    "screening_desk:terms": _programme(_seeing),
    "screening_desk:sessions": _programme(_seeing),
    "screening_desk:places": _programme(_seeing),
    "screening_desk:uptake": _programme(_seeing),
    "screening_desk:draw": _programme(_seeing),
    # Reading figures is not enough to enrol: then no union of hers can be named either.
    "screening_desk:enrol": _programme(_enrolling, no=_seeing - _enrolling),
    **{f"screening_desk:{page}": _part(staff(WRITERS, ABOVE)) for page in ("enrol_at", "enrol_file", "enrol_template")},
    **{
        f"screening_desk:{page}": _programme(staff(WRITERS, ABOVE), token="enrolment.token")
        for page in ("enrolment", "enrolment_notice", "enrolment_workbook")
    },
    "screening_desk:places_of": _part(staff(READERS, ABOVE)),
    "screening_desk:uptake_of": _part(staff(READERS, ABOVE)),
    "screening_desk:ledger": _programme(_seeing),
    "screening_desk:places_check": _programme(staff(KEEPERS, ABOVE)),
    # The programme of this world has one pool: there is none to move places into, but the form may be looked at.
    "screening_desk:transfer": _part(_running, no=staff(READERS, ABOVE) - _running),
    **{
        f"screening_desk:{page}": _programme(_running, no=_seeing - _running, pool="pool.token")
        for page in ("pool", "pool_remove")
    },
    "screening_desk:give": _part(_running, no=staff(READERS, ABOVE) - _running),
    # The programme's own places came from nobody above: there is nobody to return them to or reclaim them from.
    "screening_desk:return": _part(frozenset(), no=staff(READERS, ABOVE)),
    "screening_desk:reclaim": _part(frozenset(), no=staff(READERS, ABOVE)),
    **{
        f"screening_desk:{page}": _programme(_running, no=_seeing - _running)
        for page in (
            *("programme_edit", "programme_open", "programme_close", "terms_new", "terms_publish"),
            *("session_add", "series", "places_open", "pool_add"),
            *("draw_announce", "draw_first_come", "draw_freeze", "draw_number", "draw_give", "draw_again"),
            "draw_correct",
        )
    },
    **{
        f"screening_desk:{page}": _programme(_running, no=_seeing - _running, token="session.token")
        for page in ("session", "session_remove")
    },
}

_HER_BOOKING = ("booking", "check_answers", "release", "booked", "calendar", "move", "cancel", "accept", "decline")
HER_PAGES = {
    "overview:home": hers(),
    "overview:details": hers(),
    "workers:claim": hers(),
    "workers:unions": hers(),
    "workers:ask_union": hers(code="organization.code"),
    "workers:request": hers(),
    "workers:withdraw": hers(),
    "privacy:my_data": hers(),
    "outreach:topics": hers(),
    **{f"screening:{page}": hers(frozenset({OWNER}), token="booking.token") for page in _HER_BOOKING},
    **{f"screening:{page}": hers(frozenset({OWNER}), token="waiting.token") for page in ("waiting", "leave")},
    **{
        f"screening:{page}": hers(code="programme.code")
        for page in ("book", "history", "consent", "consent_refused", "join", "draw", "leave_draw")
    },
}

# The site is kept by the world's town: used by those around it, changed only at the town and above it.
_keeping = staff(RUNNERS, ABOVE)


def _kept(thing: str) -> Row:
    return one(_keeping, no=_seeing - _keeping, pk=f"{thing}.pk")


SITES = {
    **{
        f"screening_{kind}:{page}": at_the_desk(staff(roles))
        for kind in ("providers", "sites")
        for page, roles in (("index", READERS), ("index_results", READERS), ("add", RUNNERS))
    },
    **{
        f"screening_{kind}:{page}": _kept(thing)
        for kind, thing in (("providers", "session.venue.provider"), ("sites", "session.venue"))
        for page in ("edit", "delete", "usage", "history", "history_results")
    },
}

_ADMINISTRATORS = staff([Role.PLATFORM_ADMINISTRATOR]) | {SUPERUSER}
_LOG_READERS = staff([Role.PLATFORM_ADMINISTRATOR, Role.AUDITOR])
# What holds for everybody: only a post at the top of a tree, not one further down.
_TOP_ADMINISTRATORS = staff([Role.PLATFORM_ADMINISTRATOR], ["top"]) | {SUPERUSER}
_HER_ADMINISTRATORS = staff([Role.PLATFORM_ADMINISTRATOR], ABOVE) | {SUPERUSER}
_TRAIL_READERS = staff([Role.AUDITOR, Role.FEDERATION_OFFICER])
_NO_KEEPERS = ALL_STAFF - _ADMINISTRATORS
SYSTEM = {
    "wagtailusers_users:index": at_the_desk(_ADMINISTRATORS),
    "wagtailusers_users:index_results": at_the_desk(_ADMINISTRATORS),
    "wagtailusers_users:add": at_the_desk(_ADMINISTRATORS),
    **{
        f"wagtailusers_users:{page}": one(_HER_ADMINISTRATORS, no=_NO_KEEPERS, pk="clerk.pk")
        for page in ("edit", "access")
    },
    "wagtailusers_users:sign_ins": at_the_desk(_LOG_READERS | {SUPERUSER}),
    "wagtailusers_users:sign_ins_results": at_the_desk(_LOG_READERS | {SUPERUSER}),
    **{
        f"messaging_desk:{page}": at_the_desk(_TOP_ADMINISTRATORS)
        for page in ("texts", "texts_results", "log", "log_results")
    },
    "messaging_desk:text": one(_TOP_ADMINISTRATORS, no=ALL_STAFF, pk="text.pk"),
    "messaging_desk:retry": one(_TOP_ADMINISTRATORS, no=ALL_STAFF, token="message.token"),
    **{
        f"privacy_desk:{page}": at_the_desk(_TOP_ADMINISTRATORS)
        for page in ("notices", "notices_results", "publish", "erasures", "erasures_results")
    },
    "privacy_desk:notice": one(_TOP_ADMINISTRATORS, no=ALL_STAFF, pk="notice.pk"),
    **{
        f"trail:{page}": at_the_desk(staff([Role.AUDITOR, Role.FEDERATION_OFFICER]))
        for page in ("list", "list_results")
    },
    # A superuser without a post has no tree whose work she could watch.
    "background_work:list": at_the_desk(staff([Role.PLATFORM_ADMINISTRATOR])),
    "background_work:again": one(
        staff([Role.PLATFORM_ADMINISTRATOR], ABOVE),
        no=ALL_STAFF - staff([Role.PLATFORM_ADMINISTRATOR]),
        kind="imports",
        token="failed_job.token",
    ),
    # The register of looks shows who looked at whom: a superuser without a post has no tree to read it for.
    **{f"privacy_desk:{page}": at_the_desk(_LOG_READERS) for page in ("looks", "looks_results")},
}

# Officers of the women's federation import the register of their homes.
_IMPORTERS = staff(ROSTER_WRITERS | TREE_KEEPERS | {Role.WF_OFFICER})
_ROSTER_IMPORTERS = staff(ROSTER_WRITERS, ABOVE)


def _import(yes) -> Row:
    """A page about the import of a roster, whose sheet is not for every role that imports something."""
    return one(yes, no=(ALL_STAFF - _IMPORTERS) | (_ROSTER_IMPORTERS - yes), token="job.token")


ANNOUNCING = {
    # A page is announced by those who publish; whom they reach, the form asks.
    "outreach_desk:announce": Row(DESK, staff(RUNNERS), arguments=looked_up({"page": "page.pk"})),
    "outreach_desk:call_off": one(
        staff(RUNNERS, ABOVE), no=ALL_STAFF - staff(RUNNERS), page="page.pk", announcement="announcement.pk"
    ),
}

IMPORTS = {
    **{f"imports:{page}": at_the_desk(_IMPORTERS) for page in ("list", "list_results", "upload")},
    # The workbook for correction is of the list of organisations: for those who keep the tree.
    "imports:correction": one(staff(TREE_KEEPERS), no=ALL_STAFF - _IMPORTERS, sheet="organizations"),
    "imports:template": one(staff(ROSTER_WRITERS), no=ALL_STAFF - _IMPORTERS, sheet="workers"),
    **{
        f"imports:{page}": _import(_ROSTER_IMPORTERS) for page in ("one", "progress", "apply", "apply_clean", "discard")
    },
    # The file holds every number in full: whoever uploaded it, and nobody else.
    "imports:download": _import(staff([Role.GRASSROOTS_OFFICER], ["own"])),
}

EXPORTS = {
    # Whoever holds a post may take along the organisations of her scope; who reads the sign-in log, that.
    **{f"exports:{page}": at_the_desk(ALL_STAFF) for page in ("list", "list_results")},
    "exports:ask": Row(DESK, staff(READERS), arguments=looked_up({"listing": "bookings"})),
    # A file belongs to whoever asked for it: for everybody else who exports lists it doesn't exist.
    **{
        f"exports:{page}": one(staff([Role.GRASSROOTS_OFFICER], ["own"]), token="export.token")
        for page in ("one", "progress", "download", "delete")
    },
}

ACCOUNTS = {
    # Nobody has asked for a code yet: a stranger is led to where she asks for one.
    "accounts:enter_code": Row(STAFF_ACCOUNT, ALL_STAFF | WORKERS),
    "accounts:sessions": Row(STAFF_ACCOUNT, ALL_STAFF | WORKERS),
    "messaging:inbox": Row(STAFF_ACCOUNT, ALL_STAFF | WORKERS),
    "messaging:read_all": Row(STAFF_ACCOUNT, ALL_STAFF | WORKERS),
    "messaging:open": Row(STAFF_ACCOUNT, frozenset({OWNER}), rest=404, arguments=looked_up({"token": "message.token"})),
}

PUBLIC = {
    "preferences:language": for_anybody(),
    "preferences:display": for_anybody(),
    "accounts:sign_in": for_anybody(),
    "accounts:resend_code": for_anybody(),
    "accounts:sign_out": for_anybody(),
    "screening:list": for_anybody(),
    "screening:programme": for_anybody(code="programme.code"),
    "screening:eligibility": for_anybody(code="programme.code"),
    **{f"draws:{page}": for_anybody(token="draw.token") for page in ("draw", "frozen_list", "order")},
    "privacy:notice": for_anybody(purpose="screening"),
    "cms_pages:search": for_anybody(),
    **{f"cms_pages:feed_{kind}": for_anybody() for kind in ("rss", "atom")},
    **{f"cms_pages:feed_{kind}_of": for_anybody(section="articles") for kind in ("rss", "atom")},
    "cms_pages:short": for_anybody(page="page.pk"),
    "outreach:leave": for_anybody(token="leave.token"),
    "cms_pages:sitemap": for_anybody(),
    "cms_pages:robots": for_anybody(),
}

HER_CONSENTS = {
    "privacy:agree": hers(purpose="screening"),
    "privacy:withdraw": hers(purpose="screening"),
}

GROUPS = {
    "records": WORKER_RECORDS,
    "organizations": ORGANIZATIONS,
    "figures": FIGURES,
    "programmes": PROGRAMMES,
    "check-in": exam_rows.CHECK_IN,
    "after the exam": exam_rows.AFTER_THE_EXAM,
    "sites": SITES,
    "system": SYSTEM,
    "imports": IMPORTS,
    "announcing": ANNOUNCING,
    "exports": EXPORTS,
    "accounts": ACCOUNTS,
    "hers": HER_PAGES | HER_CONSENTS,
    "public": PUBLIC,
    "casework": casework_rows.ROWS,
    "payments": payments_rows.ROWS,
    "publishing": publishing_rows.ROWS,
    "relief": relief_rows.ROWS,
    "joining": joining_rows.ROWS,
    "claims": claims_rows.ROWS,
    "coverage": coverage_rows.ROWS,
    "returns": returns_rows.ROWS,
    "mutual aid": mutual_aid_rows.ROWS,
    "coverage view": VIEW_ROWS,
    "homes": homes_rows.ROWS,
    "equipment": equipment_rows.ROWS,
    "inspections": inspections_rows.ROWS,
    "monitoring": monitoring_rows.ROWS,
    "child files": child_files_rows.ROWS,
    "pages": pages_rows.ROWS,
    "signups": signups_rows.ROWS,
}
ROWS: dict[str, Row] = {name: row for group in GROUPS.values() for name, row in group.items()}
