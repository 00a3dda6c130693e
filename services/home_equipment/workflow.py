"""How a delivery and an asset move (DOMAIN-children-privacy B4), as two tables: from, verb, to, who, reason needed?

``KEEPER`` is an officer of the county's women's federation or above it, ``HOME`` the home's own teacher or an officer
above her, ``FINANCE`` the keeper of state assets. Every move of an asset that a table names has one writer,
``actions.moving``.
"""

from services.foundation.stages import Edge, edge, targets_of, verbs_from

KEEPER, HOME, FINANCE, SUPPLIER = "keeper", "home", "finance", "supplier"


__all__ = ["Edge", "edge", "targets_of", "verbs_from"]

DELIVERY = (
    Edge("ordered", "ship", "shipped", SUPPLIER),
    Edge("shipped", "receive", "received", HOME),
    Edge("shipped", "receive_short", "discrepancy", HOME),
    Edge("received", "verify", "verified", KEEPER),
    Edge("received", "object", "discrepancy", KEEPER, needs_reason=True),
    Edge("discrepancy", "resolve", "resolved", KEEPER, needs_reason=True),
)

# ``refuse_scrap`` leads back to where the asset was when scrapping was asked for: the one verb with several targets.
ASSET = (
    Edge("in_stock", "issue", "issued", KEEPER),
    Edge("issued", "confirm", "in_use", HOME),
    Edge("issued", "take_back", "in_stock", KEEPER, needs_reason=True),
    Edge("in_use", "take_back", "in_stock", KEEPER, needs_reason=True),
    Edge("in_use", "send_to_repair", "repair", HOME, needs_reason=True),
    Edge("repair", "bring_back", "in_use", HOME, needs_reason=True),
    Edge("in_use", "lose", "lost", KEEPER, needs_reason=True),
    Edge("issued", "lose", "lost", KEEPER, needs_reason=True),
    Edge("in_stock", "lose", "lost", KEEPER, needs_reason=True),
    Edge("repair", "lose", "lost", KEEPER, needs_reason=True),
    Edge("lost", "find", "in_stock", KEEPER, needs_reason=True),
    Edge("in_stock", "ask_scrap", "scrap_requested", KEEPER, needs_reason=True),
    Edge("in_use", "ask_scrap", "scrap_requested", KEEPER, needs_reason=True),
    Edge("repair", "ask_scrap", "scrap_requested", KEEPER, needs_reason=True),
    Edge("lost", "ask_scrap", "scrap_requested", KEEPER, needs_reason=True),
    Edge("scrap_requested", "dispose", "disposed", FINANCE, needs_reason=True),
    Edge("scrap_requested", "refuse_scrap", "in_stock", FINANCE, needs_reason=True),
    Edge("scrap_requested", "refuse_scrap", "in_use", FINANCE, needs_reason=True),
    Edge("scrap_requested", "refuse_scrap", "lost", FINANCE, needs_reason=True),
)

# What is written into an asset's history without a move: it came on record, was looked at, changed hands.
NOTES = ("register", "state_condition", "correct", "transfer", "counted")
