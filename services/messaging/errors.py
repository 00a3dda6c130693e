"""What can go wrong between the outbox and a person."""


class Undeliverable(Exception):
    """The channel says this address will never work: don't try again. Carries a short code, never the address."""
