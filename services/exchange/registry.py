"""The sheets that can be imported. Apps below register theirs with the same registry, in the foundation."""

from services.foundation.sheets import SheetSpec, sheets

__all__ = ["SheetSpec", "sheets"]
