"""A hospital with two sites, and the clinic's window staff."""

from services.bookings.models import Provider, Venue
from services.foundation.demo import DemoContext


def load(context: DemoContext) -> None:
    """Leaves ``bookings.venues``."""
    city = context.made["organizations.city"]
    provider = Provider.objects.create(organization=city, name="示例市妇幼保健院")
    context.made["bookings.venues"] = [
        Venue.objects.create(
            organization=city,
            provider=provider,
            name="妇幼保健院东院",
            address="清河区示例大道 1 号门诊楼 3 层",
            phone="0990-0000001",
            directions="乘公交示例 1 路到妇幼保健院站",
        ),
        Venue.objects.create(
            organization=city,
            provider=provider,
            name="妇幼保健院西院",
            address="西林区示例路 99 号体检中心",
            phone="0990-0000002",
            directions="地铁示例线西林站 B 口向北 200 米",
        ),
    ]
