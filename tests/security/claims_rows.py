"""Who may open the addresses of mutual-aid claims: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, READERS, RUNNERS, WORKERS, WRITERS, at_the_desk, hers, one, staff
from tests.security.world import OWNER

_OWNER = frozenset({OWNER})
_own = {"token": "her_claim_case.token"}
_CASE = {"token": "claim_case.token"}
_ADJUDICATORS = (Role.FEDERATION_OFFICER, Role.CASE_OFFICER)

_sees = staff(READERS, ABOVE)
# While a claim is reviewed only its own desk writes: those above look.
_handles = staff(WRITERS, ["own"])
# Whoever decides opens a diagnosis; an officer of the unit never does.
_health = staff(_ADJUDICATORS, ABOVE)
_decides = staff(_ADJUDICATORS, ["own"])
_keeps = staff(WRITERS, ABOVE)

ROWS = {
    **{f"claims:{page}": hers(_OWNER, **_own) for page in ("tasks", "diagnosis", "treatment", "account", "check")},
    **{f"claims:{page}": hers(_OWNER, **_own) for page in ("sent", "what_i_sent", "appeal")},
    "claims:start": hers(WORKERS),
    "claims:begin": hers(WORKERS),
    **{
        f"claims_desk:{page}": at_the_desk(staff((*READERS, Role.FINANCE_OFFICER)))
        for page in ("benefits", "benefits_results")
    },
    **{f"claims_desk:{page}": at_the_desk(staff(WRITERS)) for page in ("nominations", "nominations_results", "find")},
    **{f"claims_desk:{page}": at_the_desk(staff(RUNNERS)) for page in ("draw_up", "look_back")},
    **{f"claims_desk:{page}": at_the_desk(staff(_ADJUDICATORS)) for page in ("flagged", "flagged_results")},
    "claims_desk:stands": one(_health, no=_sees - _health, **_CASE),
    "claims_desk:nomination": one(_keeps, pk="nomination.pk"),
    "claims_desk:begin": one(_keeps, token="claim_worker.token"),
    # She herself and her representative fill it in; nobody has been authorised here.
    **{
        f"claims_desk:{page}": one(frozenset(), no=_sees, **_CASE)
        for page in ("for_her", "for_her_diagnosis", "for_her_treatment", "for_her_account")
    },
    "claims_desk:look": one(_health, no=_sees - _health, **_CASE),
    "claims_desk:statement": one(_handles, no=_sees - _handles, **_CASE),
    **{f"claims_desk:{act}": one(_decides, no=_sees - _decides, **_CASE) for act in ("papers", "sum", "second_sum")},
    "claims_desk:refuse": one(_decides, no=_sees - _decides, **_CASE, verb="refuse"),
}
