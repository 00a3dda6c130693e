from services.organizations.models.assignment import StaffAssignment
from services.organizations.models.organization import Organization

__all__ = ["Organization", "StaffAssignment"]
