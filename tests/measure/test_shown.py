"""A result as tables: every number beside its n, what is unknown, and the segment above."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from microseg.criteria.dimensions import Dimensions
from microseg.measure.counted import Coverage, Overlap, TableCount
from microseg.measure.drivers import OF_ANSWERS, Driver
from microseg.measure.metric import MetricValue
from microseg.measure.noticed import Noticed
from microseg.measure.result import MeasuredMetric, MeasuredSegment, MeasureResult
from microseg.measure.shown import tables, tidy
from microseg.model.metric import Metric
from microseg.model.segment import Segment
from microseg.tables import csv, text

NPS, CHURN = Metric(type="nps"), Metric(type="churn")
ABOVE = MetricValue(Fraction(27), 400, 3, "points", Fraction(19), Fraction(35))
HEAD = MeasuredSegment(Segment(name="Courses"), "courses", "Courses", "head", "", "account", "h1", 790, 0, "", metrics=(MeasuredMetric("nps", "creator nps", NPS, ABOVE),))
LEAF = MeasuredSegment(
    Segment(name="Trainers"), "trainers", "Trainers", "longtail", "courses", "account", "h2", 168, 21, "job.use_case", Fraction(168, 790), Fraction(186, 1000), Fraction(242, 1000),
    previous_size=150,
    metrics=(
        MeasuredMetric("nps", "creator nps", NPS, MetricValue(Fraction(181, 10), 226, 305, "points", Fraction(76, 10), Fraction(287, 10)), ABOVE, Fraction(16)),
        MeasuredMetric("churn", "yearly churn", CHURN, MetricValue(None, 0, 0, "", note="n/a: nobody paid a year ago"), MetricValue(Fraction(81, 1000), 333, 0, "share")),
    ),
    drivers=(Driver("use.visits", "visits", "", Fraction(9), 168, Fraction(3), 600, Fraction(12, 10), Fraction(4), Fraction(8), "everybody else in Courses"),),
)  # fmt: skip
RESULT = MeasureResult(
    dt.date(2026, 10, 31),
    "UTC",
    "duckdb",
    (HEAD, LEAF),
    (Overlap("trainers", "experts", 12, 1), Overlap("trainers", "k12", 0)),
    (Coverage("courses", 600, 160, 8, 22),),
    (TableCount("account", "data/accounts.csv", 790), TableCount("event", "data/events.csv", None)),
    (("others", "no criteria of its own: it would equal the segment above"),),
    (Noticed("gap", "warning", "courses", "600 accounts are in none", "add a segment for them"),),
    dt.date(2026, 7, 31),
    "measures/2026-07-31.json",
)


def test_level_by_level_then_what_children_share_and_leave_out():
    assert text.render(tables(RESULT, Dimensions())) == """\
Head: what everyone wants
Segment  Accounts  Before  Of above    95% range  May be in
───────────────────────────────────────────────────────────
Courses       790     n/a       n/a                       0

Segment  Metric       Value  95% range    n  Unknown  Above  Before
───────────────────────────────────────────────────────────────────
Courses  creator nps     27  19 to 35   400        3    n/a     n/a

Longtail: what that subset wants
Segment   Accounts  Before  Of above       95% range      May be in  Why not sure
─────────────────────────────────────────────────────────────────────────────────────────────
Trainers       168     150     21.3%  ██▏  18.6 to 24.2%         21  use case is missing most

Segment   Metric        Value  95% range      n  Unknown  Above  Before  Why
────────────────────────────────────────────────────────────────────────────────────────────────────
Trainers  creator nps    18.1  7.6 to 28.7  226      305     27      16
          yearly churn    n/a                 0        0   8.1%     n/a  n/a: nobody paid a year ago

Who is in two segments
Segment   And      In both  May be  Of the smaller
──────────────────────────────────────────────────
Trainers  experts       12       1             n/a

How much of each segment its children take
Inside   In one  In several  In none  Cannot be told  Covered
──────────────────────────────────────────────────────────────────
Courses     160           8      600              22    21.3%  ██▏

What sets them apart
Segment   In 30 days  Here  Others  Apart by    n
────────────────────────────────────────────────────────────────────────────────────
Trainers  visits         9       3       1.2  168  against everybody else in Courses
Apart by: in standard deviations; 0.2 is small, 0.8 large. An association, never a cause.

To look at
Severity  Segment  What                      What to do
───────────────────────────────────────────────────────────────────
warning   Courses  600 accounts are in none  add a segment for them

Data as of 2026-10-31 (days in UTC), read by duckdb: 790 accounts.
Before: 2026-07-31, measures/2026-07-31.json. Where the criteria have changed since, nothing is compared.
Not measured (no criteria of its own: it would equal the segment above): others.
"""


def test_in_a_terminal_of_eighty_columns():
    told = text.render(tables(RESULT, Dimensions()), width=80)

    assert max(len(line) for line in told.splitlines()) <= 80
    assert "          yearly churn    n/a                 0        0   8.1%     n/a\n   n/a: nobody paid a year ago\n" in told


def test_one_row_a_number_for_programs():
    assert csv.render(tidy(RESULT)).splitlines()[1:] == [
        "courses,Courses,head,,account,2026-10-31,size,790,,0,accounts,,,,,",
        "courses,Courses,head,,account,2026-10-31,nps,27,400,3,points,19,35,,,",
        "trainers,Trainers,longtail,courses,account,2026-10-31,size,168,,21,accounts,,,,150,missing most: job.use_case",
        "trainers,Trainers,longtail,courses,account,2026-10-31,share_of_parent,0.212658,,21,share,0.186,0.242,,,",
        "trainers,Trainers,longtail,courses,account,2026-10-31,nps,18.1,226,305,points,7.6,28.7,27,16,",
        "trainers,Trainers,longtail,courses,account,2026-10-31,churn,n/a,0,0,,,,0.081,,n/a: nobody paid a year ago",
    ]


def test_a_behaviour_looked_at_over_another_time_says_so():
    opinion = Driver("sent.nps", "NPS", "", Fraction(40), 47, Fraction(17), 90, Fraction(9, 10), Fraction(4), Fraction(30), "everybody else in Courses", OF_ANSWERS)

    shown = text.render(tables(replace(RESULT, segments=(HEAD, replace(LEAF, drivers=(opinion,)))), Dimensions()))

    assert "NPS (in 90 days)" in shown
