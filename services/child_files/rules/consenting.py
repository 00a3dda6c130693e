"""What a consent covers, and when a guardian has to be asked anew (PIPL Arts. 14, 23, 29-31; E2.05).

A consent covers the data kinds and recipients of the notice it was given to, never more. A new notice that names more
asks again; a refusal of the new one leaves the old scope as it was.
"""

from collections.abc import Collection


def covers(kinds: Collection[str], recipients: Collection[str], *, kind: str = "", recipient: str = "") -> bool:
    """Whether a consent to a notice with these kinds and recipients admits this one."""
    return (not kind or kind in kinds) and (not recipient or recipient in recipients)


def asks_again(
    old_kinds: Collection[str], old_recipients: Collection[str], kinds: Collection[str], recipients: Collection[str]
) -> bool:
    """Whether the notice now in force goes beyond the one that was agreed to."""
    return not set(kinds) <= set(old_kinds) or not set(recipients) <= set(old_recipients)


# What each purpose needs, and who else receives it: the first notice of each names exactly these.
KINDS = {
    "home_service": ("identity", "family", "contact", "growth", "study", "visits"),
    "health": ("health",),
    "photo_inside": ("photo",),
    "photo_published": ("photo",),
    "video_call": ("call_times",),
    "statistics": ("age_band", "sex", "county"),
    "sharing": ("identity", "family"),
}
RECIPIENTS = {"sharing": ("civil_affairs", "education", "youth_league"), "photo_published": ("public",)}
