"""What is still open in a return, and what of the system's knowledge somebody may read beside it."""

from services.coverage import return_policies as policies
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.coverage.rules import return_checks
from services.coverage.rules.return_fields import of_form
from services.foundation.verdict import Finding
from services.organizations.registry import known_of_a_year


def readable_known(known: dict, *, user, path: str) -> dict[str, list[dict]]:
    """Only what comes from lists that she may read herself; the rest stays the unit's to say, without a comparison."""
    found = {field: [one for one in told if _reads(one["provider"], user, path)] for field, told in known.items()}
    return {field: told for field, told in found.items() if told}


def _reads(provider: str, user, path: str) -> bool:
    known = known_of_a_year.get(provider)
    return known is not None and policies.reads_provider(user, path, known.readers)


def findings(annual_return: AnnualReturn, *, user) -> list[Finding]:
    """Everything to be said about the figures as they were written. One query for the year before."""
    known = readable_known(annual_return.known, user=user, path=annual_return.organization.path)
    return return_checks.findings(
        of_form(annual_return.form),
        annual_return.figures,
        known={field: tuple(one["value"] for one in told) for field, told in known.items()},
        last_year=queries.last_year(annual_return),
    )


def open_points(annual_return: AnnualReturn, *, user) -> list[Finding]:
    """What has to be put right or explained before it can be signed."""
    found = findings(annual_return, user=user)
    return [*return_checks.blocking(found), *return_checks.unexplained(found, annual_return.reasons)]
