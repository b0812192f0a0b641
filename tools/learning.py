"""The data of the sample workspace: an invented learning platform, telling what its segments tell."""

from typing import NamedTuple

from tools.book import Book, User, between, days_ago, mix, pick, scores, spread, written

# what became of an account: how long ago it began (from, to), and the states it took on, each so many days ago
STORIES = {
    "paid_long": (400, 2400, "paid"),
    "left": (500, 2400, "lapsed"),
    "paid_new": (130, 350, "paid"),
    "free": (75, 350, "free"),
    "free_old": (380, 1500, "free"),
    "free_new": (12, 55, "free"),
    "converted": (90, 350, "paid"),
    "trial": (3, 25, "trial"),
}
# each kind of account: how many of which story; the kinds make up the segments, `rest` created a course and is in none of them
KINDS = {
    "expert": {"left": 15, "paid_long": 116, "paid_new": 36, "free": 30, "converted": 2, "trial": 4},
    "both": {"paid_new": 6, "free": 6},
    "channel": {"paid_new": 30, "free": 40, "converted": 2, "free_new": 10},
    "small": {"free": 32, "free_old": 35, "converted": 2, "free_new": 6},
    "hr": {"paid_long": 31, "paid_new": 5},
    "dev": {"paid_long": 10, "paid_new": 2},
    "mid": {"paid_long": 3, "paid_new": 1},
    "large": {"paid_long": 7, "left": 1},
    "trainer": {"paid_long": 24, "left": 4, "free": 5},
    "campus": {"paid_long": 22, "left": 1, "free_old": 1, "paid_new": 5},
    "school": {"paid_long": 33, "left": 3, "free_old": 7},
    "rest": {"paid_long": 60, "left": 3, "paid_new": 4, "free": 31, "converted": 3, "trial": 4},
    "taker": {"paid_long": 20, "left": 3, "free": 113, "converted": 4, "free_new": 8},
}
USE_CASES = {"expert": "sell_own_knowledge", "both": "sell_own_knowledge;teach_followers", "channel": "teach_followers", "campus": "degree_course", "school": "classroom", "taker": "take_courses"}
EMPLOYEES = {"small": (4, 49), "hr": (52, 480), "dev": (60, 490), "mid": (55, 420), "large": (520, 6000), "campus": (300, 4000), "school": (30, 160), "expert": (1, 12), "both": (1, 6), "channel": (1, 4), "rest": (1, 40), "taker": (1, 90)}
INDUSTRIES = {"campus": ("higher_education",), "school": ("k12_education",), "large": ("manufacturing", "logistics"), "dev": ("software", "media", "engineering")}
OTHERS = ("construction", "care", "consulting", "health", "retail", "crafts", "hospitality")
COUNTRIES = ("US", "US", "US", "GB", "CA", "DE", "NL", "AU", "IN", "PL")
CRMS = ("salesforce", "hubspot", "pipedrive", "none", "")
MRR = {"starter": 29, "team": 99, "company": 349}
# of how many accounts in a hundred the first course is live within a month
LIVE = {"expert": 21, "both": 17, "channel": 16, "small": 11, "hr": 31, "dev": 33, "mid": 25, "large": 25, "trainer": 21, "campus": 24, "school": 16, "rest": 34}
FREE_TIER = {"free": "free", "trial": "trial"}


class Plan(NamedTuple):
    """One account before it is written: its kind, its story, its place among those of its kind."""

    kind: str
    story: str
    place: int


def make() -> Book:
    """All tables."""
    book = Book()
    for plan in spread(_plans(), 7):
        account, began = _account(book, plan)
        people = _people(book, plan, account)
        if plan.kind != "taker":
            _first_course(book, plan, people, began)
        _everyday(book, plan, people)
        ACTS.get(plan.kind, _nothing)(book, plan, people)
    book.more["kano.csv"] = written(("respondent", "feature", "functional", "dysfunctional", "segment"), questionnaire())
    return book


def _plans() -> list[Plan]:
    found = []
    for kind, stories in KINDS.items():
        told = spread([story for story, count in stories.items() for _ in range(count)], len(kind))
        found += [Plan(kind, story, place) for place, story in enumerate(told)]
    return found


def _account(book: Book, plan: Plan) -> tuple[str, int]:
    """The account's row and its history; how many days ago it began."""
    kind, story, place = plan
    key = mix(place, len(kind), ord(kind[0]))
    low, high, state = STORIES[story]
    if story == "paid_new" and kind == "campus":
        high = 300
    began = between(low, high, key)
    tier = FREE_TIER.get(state) or ("company" if kind in {"large", "campus"} else pick(("starter", "team"), key))
    account = book.add_account(
        country=pick(COUNTRIES, key, 1),
        industry=pick(INDUSTRIES.get(kind, OTHERS), key, 2),
        employees=_employees(plan, key),
        revenue=between(2, 90, key, 3) * 10_000 * (1 if kind in {"expert", "channel", "both", "rest", "taker"} else 20),
        growth=pick(("low", "medium", "medium", "high", ""), key, 4),
        sites=between(3, 9, key) if _is_large(plan) else between(1, 3 if kind in {"hr", "mid", "trainer"} else 1, key, 5),
        crm=pick(CRMS, key, 6),
        back_office=pick(("workday", "sap_successfactors", "workday;sap_s4"), key) if _is_large(plan) else pick(("", "datev", "adp", "none"), key, 7),
        use_case=_use_case(plan, key),
        plan=state,
        tier=tier,
        mrr=MRR.get(tier, 0) if state == "paid" else 0,
        since=days_ago(began).isoformat(),
        version=f"{5 - began // 600}.{between(0, 9, key, 8)}",
        adoption=_adoption(plan, key),
    )
    _history(book, account, story, began, key)
    return account, began


def _is_large(plan: Plan) -> bool:
    return plan.kind == "large" or (plan.kind == "trainer" and plan.place % 9 == 5)


def _employees(plan: Plan, key: int) -> object:
    """How many people work there; one trainer in nine never said, and is unknown to all that ask for a size."""
    if plan.kind == "trainer":
        sizes = ("", (5, 45), (60, 450), (55, 480), (5, 48), (520, 2000), (70, 300), (60, 350), (20, 49))
        low_high = sizes[plan.place % len(sizes)]
        return "" if low_high == "" else between(*low_high, key)
    return "" if plan.kind == "taker" and plan.place % 11 == 0 else between(*EMPLOYEES[plan.kind], key)


def _use_case(plan: Plan, key: int) -> str:
    """What they use it for; of some it is not known."""
    if plan.kind == "rest":
        return ("sell_own_knowledge", "", "customer_training", "membership", "volunteers")[plan.place % 5]
    return USE_CASES.get(plan.kind) or pick(("employee_training", "employee_training;client_training", "client_training", "employee_training"), key)


def _adoption(plan: Plan, key: int) -> str:
    """How early they take up what is new."""
    if plan.kind in {"channel", "both"}:
        return pick(("innovator", "early_adopter", "early_adopter"), key)
    if plan.kind == "small":
        return pick(("late_majority", "late_majority", "laggard"), key)
    return pick(("early_majority", "early_majority", "late_majority", "early_adopter", "laggard", ""), key)


def _history(book: Book, account: str, story: str, began: int, key: int) -> None:
    """The states of the account from its first day on."""
    if story == "trial":
        book.became(account, began, "trial")
        return
    book.became(account, began, "free")
    if story in {"paid_long", "left", "paid_new"}:
        book.became(account, began - between(5, 25, key), "paid")
    if story == "left":
        book.became(account, between(3, 24, key), "lapsed")
    if story == "converted":
        book.became(account, between(4, 50, key), "paid")


def _people(book: Book, plan: Plan, account: str) -> list[User]:
    """The people of an account. Who did not say how well they know a trade or a computer is left empty."""
    kind, _, place = plan
    count = {"hr": 4 + (place % 3 == 0), "dev": 3, "mid": 5, "large": 11 + place % 2, "campus": 2, "school": 8, "small": 1 + place % 2, "trainer": 3}.get(kind, 1)
    if kind == "trainer" and _is_large(plan):
        count = 7
    return [_person(book, plan, account, number) for number in range(count)]


def _person(book: Book, plan: Plan, account: str, number: int) -> User:
    kind, _, place = plan
    key = mix(place, number, len(kind), 31)
    return book.add_user(account, age=_age(plan, number, key), language=pick(("en", "en", "en", "de", "nl", "pl"), key), technical=_technical(plan, number, key), subject=_subject(plan, key), app=f"{between(3, 5, key)}.{between(0, 9, key, 2)}.{between(0, 3, key, 3)}")


def _age(plan: Plan, number: int, key: int) -> object:
    """Minors sit in classrooms; two schools say the age of nobody, and three teach adults only."""
    if plan.kind == "school" and plan.place < 2:
        return ""
    if plan.kind == "school" and plan.place >= 5 and number < 5 + plan.place % 3:
        return between(9, 17, key)
    return between(22, 64, key) if key % 13 else ""


def _technical(plan: Plan, number: int, key: int) -> str:
    if plan.kind == "dev":
        return "expert" if number == 0 else "intermediate"
    if plan.kind == "mid" and plan.place < 2:  # two companies that nobody asked
        return ""
    if plan.kind in {"hr", "mid"}:
        return pick(("novice", "novice", "intermediate"), key)
    return pick(("novice", "intermediate", "intermediate", "expert", ""), key)


def _subject(plan: Plan, key: int) -> str:
    if plan.kind in {"expert", "both"}:
        return "expert"
    if plan.kind == "rest" and plan.place % 5 == 0:
        return "expert" if plan.place % 10 else ""
    return pick(("novice", "intermediate", "intermediate", ""), key)


def _first_course(book: Book, plan: Plan, people: list[User], began: int) -> None:
    """A course is created; for some it is published and has a learner within a month, for others later or never."""
    key = mix(plan.place, len(plan.kind), 57)
    created = max(began - between(0, 6, key), 0)
    author = people[0]
    book.act(author, created, "course_created")
    is_live = (plan.place * 37) % 100 < LIVE[plan.kind] and created > 35  # 37 and 100 share no factor
    published = created - (between(4, 18, key) if is_live else between(38, 120, key))
    if is_live or (published > 0 and key % 5 < 2):  # two of five in the end
        book.act(author, published, "course_published")
        book.act(author, max(published - between(1, 9, key), 0), "learner_enrolled")
    _second_week(book, plan, people, created)


def _second_week(book: Book, plan: Plan, people: list[User], created: int) -> None:
    """A first lesson, and perhaps another a week later or more: seldom where the course was bought in a live stream."""
    is_channel = plan.kind in {"channel", "both"}
    if created < 45 or not (is_channel or plan.place % 2):
        return
    first = max(created - between(8, 30, plan.place), 15)
    book.act(people[-1], first, "lesson_finished", minutes=between(6, 30, plan.place))
    if (plan.place * 37) % 100 < (32 if is_channel else 48):
        book.act(people[-1], first - between(7, 14, plan.place), "lesson_finished", minutes=between(6, 30, plan.place, 2))


def _everyday(book: Book, plan: Plan, people: list[User]) -> None:
    """Two accounts of three look in within a month; those who left do not."""
    key = mix(plan.place, len(plan.kind), 91)
    if plan.story == "left" or plan.kind in {"hr", "dev", "mid"} or key % 3 == 0:
        return
    for number in range(1 + key % 2):
        book.act(people[0], between(1, 29, key, number), "signed_in", minutes=between(4, 35, key, number), device=pick(("web", "web", "ios", "android"), key, number))


def _expert(book: Book, plan: Plan, people: list[User]) -> None:
    """Two hours a month and more in the course builder."""
    days = (25, 28) if plan.story == "left" else (between(2, 12, plan.place), between(14, 27, plan.place))
    for number, ago in enumerate(days):
        book.act(people[0], ago, "course_edited", feature="course_builder", minutes=between(61, 128, plan.place, number))
    if plan.kind == "expert" and plan.place < 68:
        book.answer(people[:1], "nps", [spread(scores(34, 21, 13), 3)[plan.place]])


def _small(book: Book, plan: Plan, people: list[User]) -> None:
    if plan.place < 11:
        book.answer(people[:1], "nps", [spread(scores(6, 3, 2), 4)[plan.place]])
    if plan.place == 12:
        book.act(people[0], 9, "record_opened", feature="audit_record", minutes=12)


def _powerful(book: Book, user: User, days: int, changes: int) -> None:
    """Somebody who is in the product on that many of the last thirty days, and changes who takes what on some of them."""
    chosen = sorted(spread(range(28), user.number)[:days])
    for number, ago in enumerate(chosen):
        book.act(user, ago, "course_list_changed" if number < changes else "signed_in", minutes=between(5, 40, user.number, ago))


def _weekly(book: Book, plan: Plan, user: User) -> None:
    """In the product in at least three of the last four weeks."""
    for week in range(4):
        if week != plan.place % 5:
            book.act(user, 7 * week + between(0, 6, plan.place, week), "lesson_opened", minutes=between(6, 25, plan.place, week), device=pick(("web", "ios"), plan.place, week))


def _refreshers(book: Book, plan: Plan, user: User) -> None:
    if (plan.place * 7) % 25 < 13 or (plan.kind == "hr" and plan.place == 2):  # a little more than half
        book.act(user, between(4, 85, plan.place), "refresher_before_expiry", minutes=20)
    if plan.place % 3 == 1:
        book.act(user, between(2, 27, plan.place), "record_opened", feature="audit_record", minutes=between(4, 18, plan.place))


def _hr(book: Book, plan: Plan, people: list[User]) -> None:
    """One or two in HR do nearly all of it; the others take lessons."""
    powerful, others = (people[:2], people[2:]) if plan.place % 3 == 0 else (people[:1], people[1:])
    for user in powerful:
        _powerful(book, user, between(12, 14, user.number), 8)
    for user in others[:2]:
        _weekly(book, plan, user)
    if plan.place % 2:
        book.act(others[-1], between(2, 26, plan.place), "course_list_changed", minutes=6)
    _refreshers(book, plan, people[0])
    if plan.place % 2 == 0:
        book.act(others[-1], between(2, 27, plan.place), "record_opened", feature="audit_record", minutes=7)
    book.answer(others[:2], "nps", spread(scores(42, 24, 6), 5)[2 * plan.place : 2 * plan.place + 2])
    if plan.place < 30:
        book.answer(others[-1:], "csat", [5 - plan.place % 2 if plan.place < 22 else 3 - plan.place % 2])


def _dev(book: Book, plan: Plan, people: list[User]) -> None:
    _powerful(book, people[0], between(12, 16, plan.place), 2)
    _weekly(book, plan, people[1])
    _refreshers(book, plan, people[0])
    answers = spread(scores(12, 12, 9), 6)[3 * plan.place : 3 * plan.place + 3]
    book.answer(people[: len(answers)], "nps", answers)


def _mid(book: Book, plan: Plan, people: list[User]) -> None:
    """Four that fit neither sort: nobody was asked how technical they are, or too many of them are in it all day."""
    for user in people[: 4 if plan.place >= 2 else 1]:
        _powerful(book, user, 13, 3)
    _weekly(book, plan, people[-1])
    _refreshers(book, plan, people[0])


def _large(book: Book, plan: Plan, people: list[User]) -> None:
    """Most come by phone or tablet, and slightly more of them warn others off than recommend us."""
    for number, user in enumerate(people):
        book.act(user, between(1, 28, user.number), "lesson_opened", minutes=between(3, 12, user.number), device=pick(("android", "android", "ios"), user.number) if number < 8 else "web")
    book.answer(people, "nps", scores(3, 4, 4) if len(people) == 11 else scores(4, 3, 5))
    for user in people[: (7, 7, 7, 5)[plan.place] if plan.place < 4 else 0]:
        book.act(user, between(2, 20, user.number), "record_opened", feature="audit_record", minutes=9)


def _trainer(book: Book, plan: Plan, people: list[User]) -> None:
    """Those who train staff and are in none of the narrower groups; the large ones among them like us, or said too little."""
    if _is_large(plan):
        for user in people[:5]:
            book.act(user, between(1, 28, user.number), "lesson_opened", minutes=between(3, 12, user.number), device="android")
        answered = scores(1, 1, 1) if plan.place < 18 else scores(4, 1, 1)
        book.answer(people[: len(answered)], "nps", answered)
    elif plan.place % 6 == 0 and plan.story != "left":
        book.act(people[0], between(2, 27, plan.place), "record_opened", feature="audit_record", minutes=15)


def _campus(book: Book, plan: Plan, people: list[User]) -> None:
    """Lecturers and coordinators after add/drop week: not content."""
    if plan.story != "paid_new" and plan.place < 24:
        satisfied = [4, 5, 3, 4, 2][plan.place % 5], [3, 4, 4, 2, 5][plan.place % 5]
        book.answer(people, "csat", satisfied)


def _school(book: Book, plan: Plan, people: list[User]) -> None:
    for user in people[:4]:
        book.act(user, between(1, 29, user.number), "lesson_opened", minutes=between(10, 35, user.number))
    book.answer(people[-2:], "csat", [5, 4 if plan.place % 4 else 3])


def _channel(book: Book, plan: Plan, people: list[User]) -> None:
    if plan.place < 26:
        book.answer(people, "nps", [spread(scores(15, 6, 5), 8)[plan.place]])


def _rest(book: Book, plan: Plan, people: list[User]) -> None:
    """Some have the use case of experts, and not the hours in the builder."""
    if plan.place % 5 == 0:
        book.act(people[0], between(2, 27, plan.place), "course_edited", feature="course_builder", minutes=between(20, 70, plan.place))
    if plan.place < 80:
        book.answer(people, "nps", [spread(scores(47, 22, 11), 9)[plan.place]])


def _both(book: Book, plan: Plan, people: list[User]) -> None:
    _expert(book, plan, people)


def _nothing(_: Book, _plan: Plan, _people: list[User]) -> None:
    """Those who only look in."""


ACTS = {
    "expert": _expert, "both": _both, "channel": _channel, "small": _small, "hr": _hr, "dev": _dev, "mid": _mid,
    "large": _large, "trainer": _trainer, "campus": _campus, "school": _school, "rest": _rest,
}  # fmt: skip


# what those who answered the questionnaire said of two solutions, as counts of pairs: with it, without it
KANO = {
    ("statement of hours", "subject-matter-experts"): {("expect", "dislike"): 22, ("like", "dislike"): 41, ("like", "neutral"): 58, ("neutral", "neutral"): 20, ("dislike", "neutral"): 1, ("like", "like"): 4},
    ("single sign-on", "corporate-trainers"): {("expect", "dislike"): 61, ("like", "dislike"): 22, ("like", "live with"): 9, ("neutral", "live with"): 14},
    ("statement of hours", "corporate-trainers"): {("expect", "dislike"): 5, ("like", "neutral"): 17, ("neutral", "neutral"): 81, ("dislike", "expect"): 3},
}


def questionnaire() -> list[tuple[str, str, str, str, str]]:
    """Respondent, feature, with it, without it, segment: a row an answer."""
    rows = []
    for number, ((feature, segment), pairs) in enumerate(KANO.items()):
        said = spread([pair for pair, count in pairs.items() for _ in range(count)], number)
        rows += [(f"r{segment[0]}{place + 1:03d}", feature, *pair, segment) for place, pair in enumerate(said)]
    return rows
