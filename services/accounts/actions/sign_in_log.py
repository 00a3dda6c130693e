"""The sign-in log: who came in or failed to, by which way, never a value typed."""

from services.accounts.models import OneTimeCode, SignInEvent


def record_sign_in(user, *, way: str, outcome: str, address_index: str = "", address: str = "") -> SignInEvent:
    """Append one line. ``address`` is kept as a keyed digest only."""
    return SignInEvent.objects.create(
        user=user, way=way, outcome=outcome, address_index=address_index or OneTimeCode.index_of(address)
    )
