"""Reading a report as its page shows it."""

from datetime import datetime
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

NEXT_MONTH = timezone.make_aware(datetime(2026, 12, 3, 1))


def address(statistic: str, organization, name: str = "at", **parameters) -> str:
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return reverse(f"figures:{name}", args=[statistic, organization.code]) + (f"?{query}" if query else "")


def report(client, statistic, organization, **parameters):
    response = client.get(address(statistic, organization, **parameters))
    assert response.status_code == 200
    return response


def rows(response) -> dict[str, list[str]]:
    return {
        row["name"]: [cell["text"] for cell in row["cells"]] + [row["rate"]] for row in response.context["children"]
    }


def workbook(response):
    return load_workbook(BytesIO(response.getvalue()))
