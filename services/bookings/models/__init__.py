from services.bookings.models.allocation import Allocation, AllocationEntry, Pool
from services.bookings.models.booking import Booking, BookingEvent, CheckInScan, WaitingEntry
from services.bookings.models.checking import PlacesCheck, PlacesFault
from services.bookings.models.conduct import MissedPlace, PriorityChange
from services.bookings.models.draw import Draw, DrawChoice, DrawEntry, DrawLine
from services.bookings.models.offering import Offering, Provider, Session, Venue, VenueOperator

__all__ = [
    "Allocation",
    "AllocationEntry",
    "Booking",
    "BookingEvent",
    "CheckInScan",
    "Draw",
    "DrawChoice",
    "DrawEntry",
    "DrawLine",
    "MissedPlace",
    "Offering",
    "PlacesCheck",
    "PlacesFault",
    "Pool",
    "PriorityChange",
    "Provider",
    "Session",
    "Venue",
    "VenueOperator",
    "WaitingEntry",
]
