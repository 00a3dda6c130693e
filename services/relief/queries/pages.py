"""Where a case is looked at."""

from django.urls import reverse


def page_for_her(case) -> str:
    """Where her representative fills it in."""
    return reverse("relief_desk:for_her", args=[case.token])


def case_page(case) -> str:
    """The page of the case at the desk."""
    return reverse("casework_desk:case", args=[case.token])
