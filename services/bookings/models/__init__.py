from services.bookings.models.allocation import Allocation, AllocationEntry
from services.bookings.models.booking import Booking, BookingEvent, CheckInScan, WaitingEntry
from services.bookings.models.offering import Offering, Provider, Session, Venue, VenueOperator

__all__ = [
    "Allocation",
    "AllocationEntry",
    "Booking",
    "BookingEvent",
    "CheckInScan",
    "Offering",
    "Provider",
    "Session",
    "Venue",
    "VenueOperator",
    "WaitingEntry",
]
