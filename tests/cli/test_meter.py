"""The progress bar: on a terminal, after a second, gone at the end."""

import io

import pytest

from salesflow.cli.meter import Meter, lasting, rounded


class Screen(io.StringIO):
    def __init__(self, *, terminal: bool = True, encoding: str = "utf-8") -> None:
        super().__init__()
        self.terminal = terminal
        self.named = encoding

    def isatty(self) -> bool:
        return self.terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.named


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(screen: Screen, *moments: tuple[float, float, float]) -> str:
    clock = Clock()
    with Meter("deals", 500, stream=screen, clock=clock) as meter:
        for seconds, done, total in moments:
            clock.now = 100 + seconds
            meter.tell(done, total)
    meter.tell(1, 1)
    return screen.getvalue()


def test_what_takes_less_than_a_second_shows_nothing() -> None:
    assert shown(Screen(), (0.0, 0, 30), (0.99, 30, 30)) == ""


def test_what_is_no_terminal_shows_nothing() -> None:
    assert shown(Screen(terminal=False), (0.0, 0, 30), (60.0, 30, 30)) == ""


def test_rate_and_time_left() -> None:
    bar = "█" * 8 + "░" * 16
    assert shown(Screen(), (5.0, 10.0, 30)) == (
        f"\r\x1b[K{bar}  33%  10 of 30 replications, 1,000 deals/s, 10 s left\r\x1b[K"
    )


def test_at_first_there_is_no_rate_and_at_last_nothing_left() -> None:
    assert "0 of 30 replications, 0 deals/s\r" in shown(Screen(), (2.0, 0, 30))
    assert "100%  30 of 30 replications, 3,000 deals/s, 0.0 s left" in shown(
        Screen(), (5.0, 30, 30)
    )


def test_a_plain_terminal_has_a_plain_bar() -> None:
    assert f"{'#' * 12}{'.' * 12}  50%" in shown(Screen(encoding="ascii"), (2.0, 15, 30))


def test_it_is_not_drawn_more_than_ten_times_a_second() -> None:
    drawn = shown(Screen(), *((1.0 + n / 100, n, 100) for n in range(100)))
    assert drawn.count("replications") in (9, 10, 11)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.42, "0.4 s"), (59.4, "59 s"), (200, "3:20 min"), (7500, "2:05 h")]
)
def test_times(seconds: float, text: str) -> None:
    assert lasting(seconds) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.42, "0.42"),
        (7.31, "7.3"),
        (41.2, "41"),
        (12_345, "12,300"),
        (4.12e6, "4.1 million"),
        (0, "0"),
    ],
)
def test_rates(rate: float, text: str) -> None:
    assert rounded(rate) == text
