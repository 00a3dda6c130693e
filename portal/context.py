"""What every template may ask: the federation's name and the reader's display preferences."""

from django.conf import settings


def site(request) -> dict:
    return {
        "federation_name": settings.FEDERATION_NAME,
        "large_print": getattr(request, "large_print", False),
        "plain_words": getattr(request, "plain_words", False),
        "invented_people": settings.ALLOW_INVENTED_IDENTITIES,
    }
