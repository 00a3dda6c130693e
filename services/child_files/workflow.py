"""The life of a child's file and of a guardian's request as tables (DOMAIN-children-privacy B4).

``who`` is a code: the home's teacher, the guardian, the privacy officer, or the clock.
"""

from services.foundation.stages import Edge, edge, verbs_from

TEACHER, GUARDIAN, PRIVACY, CLOCK = "teacher", "guardian", "privacy", "clock"


__all__ = ["edge", "verbs_from"]

FILE = (
    Edge("draft", "ask_consent", "consent_pending", TEACHER),
    Edge("draft", "activate", "active", GUARDIAN),
    Edge("draft", "erase", "erased", CLOCK),
    Edge("consent_pending", "activate", "active", GUARDIAN),
    Edge("consent_pending", "erase", "erased", CLOCK),
    Edge("active", "call_review", "review_due", CLOCK),
    Edge("active", "review", "active", TEACHER),
    Edge("review_due", "review", "active", TEACHER),
    Edge("active", "exit", "exited", TEACHER),
    Edge("review_due", "exit", "exited", TEACHER),
    Edge("exited", "readmit", "active", TEACHER, needs_reason=True),
    Edge("exited", "restrict", "restricted", CLOCK),
    Edge("active", "withdraw", "restricted", GUARDIAN),
    Edge("review_due", "withdraw", "restricted", GUARDIAN),
    Edge("exited", "withdraw", "restricted", GUARDIAN),
    Edge("active", "lapse", "restricted", CLOCK),
    Edge("review_due", "lapse", "restricted", CLOCK),
    Edge("restricted", "activate", "active", GUARDIAN),
    Edge("restricted", "anonymise", "anonymised", PRIVACY),
    Edge("restricted", "erase", "erased", PRIVACY),
)

REQUEST = (
    Edge("received", "verify", "identity_verified", GUARDIAN),
    Edge("received", "take_up", "in_progress", PRIVACY),
    Edge("identity_verified", "take_up", "in_progress", PRIVACY),
    Edge("identity_verified", "do", "done", PRIVACY),
    Edge("identity_verified", "refuse", "refused", PRIVACY, needs_reason=True),
    Edge("in_progress", "do", "done", PRIVACY),
    Edge("in_progress", "refuse", "refused", PRIVACY, needs_reason=True),
)
