"""What is counted of children's files, and the figures by county that are made of it."""

from services.child_files.figures import by_county, counted
from services.childrens_homes.registry import enrolments
from services.figures.registry import counts, watches


def register() -> None:
    for count in counted.COUNTS:
        counts.register(count.code, count)
    for code, watch in counted.WATCHES.items():
        watches.register(f"child_files_{code}", watch)
    enrolments.register("child_files", by_county.enrolled)
