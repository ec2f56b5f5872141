"""Who is at work when: a strip of the week's 168 hours for each role."""

from collections.abc import Iterator, Mapping

from salesflow.reporting.simulated.figures import SHARE, figure, share
from salesflow.reporting.simulated.plots.canvas import box, stroke, svg, text
from salesflow.reporting.widths import cut, width
from salesflow.simulation.result import RoleResult

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = 168
_CELL = 4
_ROW, _STRIP = 26, 18
_TOP, _BOTTOM = 26, 26
_LETTER = 6.6  # pixels of a letter, on average
_WIDEST_NAME = 26  # letters


def week(roles: Mapping[str, RoleResult], name: str, zone: str = "UTC") -> str:
    """The picture, "" without roles."""
    shown = {key: role for key, role in roles.items() if len(role.week) == _HOURS}
    if not shown:
        return ""
    names = {key: cut(role.title, _WIDEST_NAME) for key, role in shown.items()}
    left = 12 + _LETTER * max(width(title) for title in names.values())
    size = (left + _HOURS * _CELL + 60, _TOP + _ROW * len(shown) + _BOTTOM)
    body = [*_days(left, _TOP + _ROW * len(shown))]
    for row, (key, role) in enumerate(shown.items()):
        y = _TOP + _ROW * row
        body.append(text(left - 8, y + 14, names[key], "right"))
        body.extend(_strip(role, left, y))
    body.append(text(left, size[1] - 8, f"hours of the week, time of {zone}", "faint"))
    words = (
        "Load per role over the week",
        "; ".join(f"{role.title}: {_busy(role)}" for role in shown.values()),
    )
    return svg(name, size, words, body)


def _busy(role: RoleResult) -> str:
    if role.utilization is None:
        return "not known"
    return f"busy {figure(role.utilization, SHARE).alone} of its time"


def _days(left: float, bottom: float) -> Iterator[str]:
    for number, day in enumerate(_DAYS):
        x = left + number * 24 * _CELL
        yield text(x + 12 * _CELL, 16, day, "faint middle")
        if number:
            yield stroke((x, _TOP - 4), (x, bottom), "grid")


def _strip(role: RoleResult, left: float, y: float) -> Iterator[str]:
    """Equal hours side by side are one box."""
    yield box((left, y), (_HOURS * _CELL, _STRIP), "back")
    start = 0
    for hour in range(1, _HOURS + 1):
        if hour < _HOURS and role.week[hour] == role.week[start]:
            continue
        busy = min(role.week[start] / role.people, 1.0) if role.people else 0.0
        if busy > 0:
            corner, size = (left + start * _CELL, y), ((hour - start) * _CELL, _STRIP)
            tip = f"{_when(start)}: {role.week[start]:.1f} of {role.people} at work"
            yield box(corner, size, "main", tip, opacity=0.12 + 0.88 * busy)
        start = hour
    if role.utilization is not None:
        whole = share(role.utilization.mean)
        yield text(left + _HOURS * _CELL + 8, y + 14, whole, "strong")


def _when(hour: int) -> str:
    return f"{_DAYS[hour // 24]} {hour % 24:02}:00"
