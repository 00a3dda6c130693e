"""Which posts one person may hold together (separation of duties, GB/T 22239-2019 8.1.10.2)."""

AUDITOR = "auditor"
ADMINISTRATOR = "platform_administrator"
PERSONAL_DATA = frozenset(
    {
        "federation_officer",
        "case_officer",
        "finance_officer",
        "grassroots_officer",
        "clinic_operator",
        "wf_officer",
        "home_teacher",
    }
)


def conflicting(role: str, held: set[str]) -> str | None:
    """The first held role that ``role`` can't be combined with, or None.

    An auditor holds nothing else; a platform administrator holds no post that handles women's records.
    """
    for other in sorted(held - {role}):
        pair = {role, other}
        if AUDITOR in pair or (ADMINISTRATOR in pair and pair & PERSONAL_DATA):
            return other
    return None
