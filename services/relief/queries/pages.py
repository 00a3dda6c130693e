"""Where a case is looked at."""

from django.urls import NoReverseMatch, reverse


def case_page(case) -> str:
    """The page of the case at the desk; the file's own while cases have no desk."""
    try:
        return reverse("casework_desk:case", args=[case.token])
    except NoReverseMatch:
        return reverse("relief_desk:file", args=[case.relief.household.token])
