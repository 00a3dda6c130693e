"""Where a case is looked at."""

from django.urls import reverse


def case_page(case) -> str:
    """The page of the case at the desk."""
    return reverse("casework_desk:case", args=[case.token])
