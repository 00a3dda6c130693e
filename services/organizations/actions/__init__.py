"""Writes of the tree and of posts."""

from services.organizations.actions.beginning import appoint_first_administrator
from services.organizations.actions.merging import merge_organization
from services.organizations.actions.posts import assign_staff, end_assignment, end_lapsed, sync_groups
from services.organizations.actions.splitting import split_organization
from services.organizations.actions.tree import close_organization, create_organization, edit_organization, move_branch

__all__ = [
    "appoint_first_administrator",
    "assign_staff",
    "close_organization",
    "create_organization",
    "edit_organization",
    "end_assignment",
    "end_lapsed",
    "merge_organization",
    "move_branch",
    "split_organization",
    "sync_groups",
]
