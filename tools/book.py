"""Rows of invented data: written the same on every machine, for what varies is mixed from whole numbers and not drawn by chance."""

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

AS_OF = datetime.date(2026, 10, 31)
_WORD = 2**64 - 1
Item = TypeVar("Item")


def mix(*numbers: int) -> int:
    """A number of 64 bits that depends on all of those given (the finaliser of splitmix64)."""
    held = 0x9E3779B97F4A7C15
    for number in numbers:
        held = ((held ^ number) * 0xBF58476D1CE4E5B9) & _WORD
        held = ((held ^ (held >> 27)) * 0x94D049BB133111EB) & _WORD
        held ^= held >> 31
    return held


def pick(items: Sequence[Item], *numbers: int) -> Item:
    """One of them, always the same for the same numbers."""
    return items[mix(*numbers) % len(items)]


def between(low: int, high: int, *numbers: int) -> int:
    """A whole number from low to high, both included."""
    return low + mix(*numbers) % (high - low + 1)


def days_ago(number: int) -> datetime.date:
    """A day so many days before the last one."""
    return AS_OF - datetime.timedelta(days=number)


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account; ids begin with u and a."""

    id: str
    account: str
    number: int


@dataclass(slots=True)
class Book:
    """The tables of one data set, as they grow. `accounts` and `users` hold whole rows by column, `more` other files as they are."""

    accounts: list[dict[str, object]] = field(default_factory=list)
    users: list[dict[str, object]] = field(default_factory=list)
    events: list[tuple[object, ...]] = field(default_factory=list)
    surveys: list[tuple[object, ...]] = field(default_factory=list)
    history: list[tuple[object, ...]] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def add_account(self, **columns: object) -> str:
        """A new account; its id."""
        id_ = f"a{len(self.accounts) + 1:04d}"
        self.accounts.append({"account_id": id_, **columns})
        return id_

    def add_user(self, account: str, **columns: object) -> User:
        """A new person in an account."""
        number = len(self.users) + 1
        self.users.append({"user_id": f"u{number:04d}", "account_id": account, **columns})
        return User(f"u{number:04d}", account, number)

    def act(self, user: User, ago: int, event: str, *, feature: str = "", minutes: int = 0, device: str = "web") -> None:
        """Something that a person did so many days ago, at an hour of the working day."""
        second = between(7 * 3600, 19 * 3600, user.number, ago, len(event), minutes)
        moment = datetime.datetime.combine(days_ago(ago), datetime.time(), tzinfo=datetime.UTC) + datetime.timedelta(seconds=second)
        self.events.append((user.id, f"{moment:%Y-%m-%dT%H:%M:%SZ}", event, feature, minutes or "", device))

    def answer(self, people: Sequence[User], kind: str, scores: Sequence[int]) -> None:
        """One answer each, within the last ninety days."""
        for place, (user, score) in enumerate(zip(people, scores, strict=True)):
            self.surveys.append((user.id, days_ago(between(3, 85, user.number, place)).isoformat(), kind, score))

    def became(self, account: str, ago: int, state: str, *, dimension: str = "plan.state") -> None:
        """A state that an account took on so many days ago."""
        self.history.append((account, days_ago(ago).isoformat(), dimension, state))

    def _events(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Head and rows of the events by moment, without the feature where no row names one."""
        head = ("user_id", "at", "event", "feature", "minutes", "device")
        rows = sorted(self.events, key=lambda row: (row[1], row[0], row[2]))
        if any(row[3] for row in rows):
            return head, rows
        return (*head[:3], *head[4:]), [(*row[:3], *row[4:]) for row in rows]

    def files(self) -> dict[str, str]:
        """Each table as CSV, in an order that has nothing to do with how it grew."""
        accounts, users = self.accounts, self.users
        return {
            "accounts.csv": written(tuple(accounts[0]), [tuple(one.values()) for one in accounts]),
            "users.csv": written(tuple(users[0]), [tuple(one.values()) for one in users]),
            "events.csv": written(*self._events()),
            "surveys.csv": written(("user_id", "answered_on", "kind", "score"), sorted(self.surveys, key=lambda row: (row[1], row[0], row[2]))),
            "changes.csv": written(("account_id", "changed_on", "what", "to"), sorted(self.history, key=lambda row: (row[1], row[0]))),
            **self.more,
        }


def written(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as CSV; nothing is quoted that need not be."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def scores(promoters: int, passives: int, detractors: int) -> list[int]:
    """Answers to "how likely are you to recommend us", so many of each sort."""
    return [*(9 + n % 2 for n in range(promoters)), *(7 + n % 2 for n in range(passives)), *(2 + n % 5 for n in range(detractors))]


def spread(items: Sequence[Item], key: int) -> list[Item]:
    """The same items in another order."""
    return [item for _, item in sorted(((mix(place, key), place), item) for place, item in enumerate(items))]
