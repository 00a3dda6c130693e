"""What a page says of a statistic that is told as a bucket: percentiles, trend, and whether the target is reached."""

from collections.abc import Sequence

from services.figures import queries, wording
from services.figures.desk import chart
from services.figures.desk.asked import Asked
from services.figures.desk.rows import aimed
from services.figures.queries import Line, Middle
from services.figures.registry import Dimension
from services.figures.rules.numbers import reaches_bucket


def names_of(dimension: Dimension, keys: Sequence[str]) -> dict[str, str]:
    known = dimension.labels(list(keys))
    return {key: str(known.get(key) or key) for key in keys}


def remarks(asked: Asked, organization, lines: Sequence[Line], history: list[Middle]) -> list[str]:
    """Further percentiles, then against the last month end, the period before and the target; ``lines`` are those of
    the split."""
    statistic, dimension = asked.statistic, asked.statistic.median_of
    lines = list(lines)
    keys = [line.key for line in lines]
    names = names_of(dimension, [*keys, *(one.key for one in history)])
    percentiles = [(per_cent, queries.percentile(lines, per_cent)) for per_cent in statistic.percentiles]
    found = [wording.percentile(per_cent, names[line.key]) for per_cent, line in percentiles if line]
    middle = queries.median(lines)
    earlier = history[:-1] if asked.ground.snapshot else history
    before = [(f"{one.day:%Y-%m-%d}", one.key) for one in earlier[-1:]]
    last = _of_the_period_before(asked, organization)
    before += [(str(int(asked.period) - 1), last)] if last else []
    for since, key in before:
        if middle and key in keys:
            found.append(wording.bucket_changed(keys.index(middle.key), keys.index(key), since, names[key]))
    target = queries.latest_target(statistic, organization.pk, asked.aim_period, asked.ground)
    if target:
        met = reaches_bucket(middle.key, keys, dimension.ends, target.value) if middle else None
        bucket = next((key for key, end in dimension.ends.items() if end == target.value), "")
        said = wording.bucket_against(names.get(bucket) or wording.number(int(target.value)), met)
        found.append(aimed(asked, said, target))
    return found


def _of_the_period_before(asked: Asked, organization) -> str:
    """The key of the middle one a year earlier; empty where nothing was counted then."""
    place = asked.ground.place(organization)
    if not asked.period.isdecimal() or place is None:
        return ""
    before = str(int(asked.period) - 1)
    found = queries.median(queries.split(asked.statistic, asked.ground, place, before, asked.statistic.median_of))
    return found.key if found else ""


def months(dimension: Dimension, history: list[Middle]) -> list[tuple]:
    names = names_of(dimension, [one.key for one in history])
    return [(one.day, names[one.key]) for one in history]


def months_chart(dimension: Dimension, history: list[Middle]) -> chart.Columns | None:
    """Each bucket as high as its upper end; the last one, that has none, a step above those that have."""
    above = max(dimension.ends.values(), default=0) + 1
    names = names_of(dimension, [one.key for one in history])
    return chart.columns(
        [(f"{one.day:%Y-%m-%d}", names[one.key], dimension.ends.get(one.key, above)) for one in history]
    )
