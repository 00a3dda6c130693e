"""What a union is to be reminded of, and when it may be reminded again. Plain Python."""

from datetime import date, timedelta

_HAVING = ("committee", "commissioner")
# Each subject with the values of a standing that bring it about: all of them must be met.
REASONS: dict[str, dict[str, tuple[str, ...]]] = {
    "committee": {"required": ("committee",), "built": ("no", "unknown")},
    # Fewer women members than a committee is required for, and nobody there.
    "commissioner": {"size": ("below",), "form": ("none", "")},
    "term_overdue": {"form": _HAVING, "term": ("overdue",)},
    "term_ending": {"form": _HAVING, "term": ("ending",)},
    "not_stated": {"required": ("unknown",)},
    "out_of_step": {"form": _HAVING, "in_step": ("no",)},
    "head": {"form": _HAVING, "chair_qualified": ("no", "unknown")},
}


def applies(subject: str, standing) -> bool:
    """Whether there is anything to remind this union of."""
    return all(getattr(standing, field) in values for field, values in REASONS[subject].items())


def may_be_reminded_from(last: date | None, *, days: int) -> date | None:
    """The first day on which a reminder of the same is no repetition; None: there was none."""
    return None if last is None else last + timedelta(days=days)
