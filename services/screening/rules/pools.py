"""Which women a pool of places is for. Unlike in eligibility an unknown fact is a no here: the place would otherwise
be taken from the group it is kept for."""

from datetime import date

from services.foundation.months import add_months
from services.screening.rules.eligibility import Facts

EMPLOYMENT, POSTS, UNSCREENED = "employment_types", "posts", "unscreened_years"


def fulfils(conditions: dict, *, facts: Facts, post: str, on: date) -> bool:
    """Does she meet every condition on that day? A condition that isn't known here is met by nobody.

    ``employment_types``: her form of employment is one of them. ``posts``: her post on the roster contains one of
    these words (环卫, 网约车). ``unscreened_years``: no screening within so many years; who was never screened
    must have said so. Groups as in the programmes of Hunan 2025 and Guangdong 2023 (DOMAIN-services §2.2).
    """
    judges = {EMPLOYMENT: _employment, POSTS: _posts, UNSCREENED: _unscreened}
    return all(key in judges and judges[key](wanted, facts, post, on) for key, wanted in conditions.items())


def _employment(wanted: list[str], facts: Facts, post: str, on: date) -> bool:
    return facts.employment_type in wanted


def _posts(wanted: list[str], facts: Facts, post: str, on: date) -> bool:
    return any(word.casefold() in post.casefold() for word in wanted)


def _unscreened(wanted: int, facts: Facts, post: str, on: date) -> bool:
    if facts.last_screening is None:
        return bool(facts.never_screened)
    return add_months(facts.last_screening, 12 * wanted) <= on
