"""What a union is to be reminded of, and when it may be reminded again. Plain Python."""

from datetime import date, timedelta

# Each subject with the values of a standing that bring it about: all of them must be met.
REASONS: dict[str, dict[str, tuple[str, ...]]] = {
    "committee": {"required": ("committee",), "built": ("no", "unknown")},
    "term_overdue": {"term": ("overdue",)},
    "term_ending": {"term": ("ending",)},
    "not_stated": {"required": ("unknown",)},
    "head": {"form": ("committee", "commissioner"), "chair_qualified": ("no", "unknown")},
}


def applies(subject: str, standing) -> bool:
    """Whether there is anything to remind this union of."""
    return all(getattr(standing, field) in values for field, values in REASONS[subject].items())


def may_be_reminded_from(last: date | None, *, days: int) -> date | None:
    """The first day on which a reminder of the same is no repetition; None: there was none."""
    return None if last is None else last + timedelta(days=days)
