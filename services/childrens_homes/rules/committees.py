"""Who must sit in the committee of a home, by its profile (V3, A1.13, A1.14)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

CHAIR, VICE = "chair", "vice"


@dataclass(frozen=True, slots=True)
class Seats:
    """``chair``: one of these posts heads it; ``vices``: each of these is a deputy head."""

    chair: frozenset[str]
    vices: frozenset[str]


SEATS = {
    # 组长由乡镇分管负责人担任,副组长由乡镇妇联主席和学校负责人担任
    "school": Seats(frozenset({"township_deputy"}), frozenset({"township_wf_chair", "school_head"})),
    # 组长由村党支部书记或村委会主任担任,副组长由村妇代会主任和幼儿园园长担任
    "preschool": Seats(
        frozenset({"village_party_sec", "village_director"}), frozenset({"village_women_head", "kindergarten_head"})
    ),
}
# A village primary school may host a home below school age (T14): its head stands in for that of a kindergarten.
STANDS_IN = {"kindergarten_head": "school_head"}


@dataclass(frozen=True, slots=True)
class Missing:
    """``heads``: none of these heads it. ``deputies``: none of them is a deputy head."""

    heads: tuple[str, ...]
    deputies: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.heads or self.deputies)


def missing_seats(profile: str, members: Iterable[tuple[str, str]], *, at_school: bool = False) -> Missing:
    """``members``: (position, post). ``at_school``: the host of a home below school age is a primary school."""
    members = list(members)
    asked = SEATS[profile]
    heads = {post for position, post in members if position == CHAIR}
    deputies = {post for position, post in members if position == VICE}
    return Missing(
        heads=() if heads & asked.chair else tuple(sorted(asked.chair)),
        deputies=tuple(sorted(post for post in asked.vices if not _there(post, deputies, at_school))),
    )


def _there(post: str, deputies: Collection[str], at_school: bool) -> bool:
    return post in deputies or (at_school and STANDS_IN.get(post) in deputies)
