"""Free breast and cervical screening: programmes, explained eligibility, bookings, uptake."""
