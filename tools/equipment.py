"""The data of Company X: construction companies, among which three groups stand out once usage is laid beside the customer records."""

from typing import NamedTuple

from tools.book import Book, User, between, days_ago, mix, pick, scores, spread

# what became of an account: how long ago it began (from, to), and the state it is in
STORIES = {"paid": (420, 2000, "paid"), "left": (500, 2000, "lapsed"), "free": (190, 1400, "free"), "free_new": (20, 80, "free"), "converted": (200, 1000, "paid")}
# each kind of account: how many of which story, and how many people work there
KINDS = {
    "large": {"paid": 5},
    "content": {"paid": 3},
    "mid": {"paid": 38, "left": 1},
    "growing": {"paid": 8, "left": 1, "free": 4, "converted": 2},
    "small": {"free": 136, "free_new": 12, "converted": 4},
    "paying": {"paid": 22, "left": 4},
    "no_machines": {"free_new": 5},
    "nobody_asked": {"paid": 4},
}
PAYROLL = {"large": (1050, 6200), "content": (1000, 2400), "mid": (155, 960), "growing": (110, 900), "small": (3, 96), "paying": (8, 99), "no_machines": (2, 20), "nobody_asked": (10, 300)}
MACHINES = {"large": (180, 900), "content": (90, 300), "mid": (18, 120), "growing": (14, 90), "small": (3, 8), "paying": (4, 22), "no_machines": (0, 0)}
PEOPLE = {"large": 32, "content": 20, "mid": 10, "growing": 10, "nobody_asked": 2}
REGIONS = ("US", "US", "CA", "GB", "DE", "AT", "SE")
MOBILE = ("android", "ios", "android")


class Plan(NamedTuple):
    """One account before it is written: its kind, its story, its place among those of its kind."""

    kind: str
    story: str
    place: int


def make() -> Book:
    """All tables."""
    book = Book()
    plans = [Plan(kind, story, place) for kind, stories in KINDS.items() for place, story in enumerate(spread([one for one, count in stories.items() for _ in range(count)], len(kind)))]
    for plan in spread(plans, 5):
        account = _account(book, plan)
        people = [_person(book, plan, account, number) for number in range(PEOPLE.get(plan.kind, 1 + plan.place % 2))]
        _usage(book, plan, people)
        _answers(book, plan, people)
    return book


def _account(book: Book, plan: Plan) -> str:
    """The account's row and its history. The payroll of one small company in twenty is not known."""
    kind, story, place = plan
    key = mix(place, len(kind), ord(kind[0]), 41)
    low, high, state = STORIES[story]
    began = between(low, high, key)
    is_unknown = kind in {"paying", "nobody_asked"} and place % 5 == 0
    account = book.add_account(
        region=pick(REGIONS, key),
        employees="" if is_unknown else between(*PAYROLL[kind], key, 2),
        machines="" if kind == "nobody_asked" else between(*MACHINES[kind], key, 3),
        telematics=pick(("none", "trackunit", "jdlink", "trackunit;jdlink", ""), key, 4),
        plan=state,
        mrr=0 if state != "paid" else {"large": 4200, "content": 3900, "mid": 890, "growing": 890}.get(kind, 79),
        since=days_ago(began).isoformat(),
    )
    book.became(account, began, "free")
    if story in {"paid", "left"}:
        book.became(account, began - between(10, 30, key), "paid")
    if story == "left":
        book.became(account, between(15, 200, key), "lapsed")
    if story == "converted":
        book.became(account, between(6, 80, key), "paid")
    return account


def _person(book: Book, plan: Plan, account: str, number: int) -> User:
    """People on site come first where there are any, then those at a desk."""
    key = mix(plan.place, number, len(plan.kind), 43)
    if plan.kind == "mid":
        role = "dispatcher" if number < 2 else "site_manager"  # the desk
    else:
        role = pick(("foreman", "foreman", "operator", "dispatcher"), key) if plan.kind in {"large", "content"} else pick(("owner", "foreman", "site_manager"), key)
    return book.add_user(account, role=role, language=pick(("en", "en", "de", "sv", ""), key), app=f"{between(7, 9, key)}.{between(0, 9, key, 1)}")


def _days(user: User, count: int) -> list[int]:
    """So many different days of the last thirty, as days ago."""
    return sorted(spread(range(30), user.number)[:count])


def _usage(book: Book, plan: Plan, people: list[User]) -> None:
    {"large": _large, "content": _content, "mid": _mid, "growing": _growing}.get(plan.kind, _small)(book, plan, people)


def _large(book: Book, _: Plan, people: list[User]) -> None:
    """A visit on sixteen or seventeen days of a month each, three in four of them on a phone out on site."""
    for number, user in enumerate(people):
        for ago in _days(user, 16 + number % 2):
            on_site = number < 24  # of thirty-two
            book.act(user, ago, pick(("machine_checked", "machine_down", "machine_moved"), user.number, ago), minutes=between(2, 7, user.number, ago), device=pick(MOBILE, user.number) if on_site else "web")


def _content(book: Book, _: Plan, people: list[User]) -> None:
    """Large as well, less on the phone, and content."""
    for number, user in enumerate(people):
        for ago in _days(user, 14 + number % 5):
            book.act(user, ago, "machine_booked", minutes=between(6, 20, user.number, ago), device="web" if number % 3 else "android")


def _mid(book: Book, plan: Plan, people: list[User]) -> None:
    """Two at the desk do nearly all of it; the others look in now and then, and are as many as a quarter ago."""
    for number, user in enumerate(people):
        if number < 2:  # the desk
            for ago in _days(user, 13 + number):
                book.act(user, ago, "machine_booked", minutes=between(12, 45, user.number, ago))
        elif number % 8 < 6:  # most of the others, once a month
            book.act(user, between(1, 26, user.number), "plan_viewed", minutes=between(1, 5, user.number))
        else:
            book.act(user, between(31, 85, user.number), "plan_viewed", minutes=between(1, 5, user.number))
        book.act(user, between(95, 170, user.number, plan.place), "plan_viewed", minutes=between(1, 5, user.number, 2))


def _growing(book: Book, plan: Plan, people: list[User]) -> None:
    """More people each quarter, and many of them are in it every other day."""
    for number, user in enumerate(people):
        for ago in _days(user, 11 + number % 4):
            book.act(user, ago, pick(("machine_booked", "machine_moved"), user.number, ago), minutes=between(4, 18, user.number, ago), device=pick(("web", "android"), user.number, ago))
        if number < 4 + plan.place % 3:
            book.act(user, between(95, 170, user.number), "machine_booked", minutes=10)


def _small(book: Book, plan: Plan, people: list[User]) -> None:
    """Once a week or less, mostly on Sunday: the last day of the data is a Saturday."""
    for number, user in enumerate(people):
        if plan.story == "left" or (plan.place + number) % 4 == 0:
            continue
        for week in range(1 + mix(user.number) % 3):
            book.act(user, 6 + 7 * week, "oil_change_viewed" if week else "machine_added", minutes=between(3, 14, user.number, week), device=pick(("web", "ios"), user.number))


def _answers(book: Book, plan: Plan, people: list[User]) -> None:
    """How likely they are to recommend us: the large ones on phones are not; one in three of the others was asked."""
    if plan.kind == "large":
        book.answer(people, "nps", scores(9, 10, 13) if plan.place else scores(9, 11, 12))
    elif plan.kind == "content":
        book.answer(people[:16], "nps", scores(10, 4, 2))
    elif plan.kind == "mid":
        book.answer(people[:4], "nps", spread(scores(2, 2, 0), plan.place) if plan.place % 4 else scores(1, 2, 1))
    elif plan.place % 2 == 0 and plan.story != "left":
        book.answer(people[:1], "nps", [spread(scores(4, 2, 1), 11)[plan.place // 2 % 7]])
