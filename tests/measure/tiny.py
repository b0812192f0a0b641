"""A workspace small enough to count by hand: six accounts, eight people, three weeks of what they did."""

from pathlib import Path

from microseg.measure.data import Data, read_data
from microseg.measure.engines import Engine, engine_for
from microseg.measure.run import Request, Session
from microseg.project import Project

SETTINGS = """\
version: 1
defaults: {unit: account, status: active}
definitions: {busy: {use.events: {gte: 2, last: 7d}}}
data:
  as_of: 2026-06-30
  timezone: Europe/Berlin
  tables:
    account: {from: data/accounts.csv, key: id}
    user: {from: data/users.csv, key: id, account: account}
    event: {from: data/events.csv, user: user, at: at, name: what, minutes: minutes}
    survey: {from: data/surveys.csv, user: user, at: at, score: score}
    history: {from: data/changes.csv, account: account, at: at, dimension: what, value: to}
  dimensions:
    firmo.headcount: account.size
    firmo.industry: account.industry
    plan.state: account.state
    tech.stack: {column: account.tools, split: "|"}
    acct.since: account.since
    exp.technical: user.level
"""
FILES = {
    "microseg.yaml": SETTINGS,
    "segments/firms.yaml": """\
id: firms
name: Firms
segments:
  - {id: retail, name: Shops, criteria: {firmo.industry: retail}, segments: [
      {id: small-shops, name: Small shops, criteria: {firmo.headcount: {lt: 50}}},
      {id: large-shops, name: Large shops, criteria: {firmo.headcount: {gte: 50}}}]}
  - {id: paying, name: Paying, criteria: {plan.state: paid}}
  - {id: lively, name: Lively, criteria: {users: {where: {use: busy}, at_least: 1}}}
  - {id: fans, name: Fans, criteria: {sent.nps: {gt: 0, last: 90d}}}
  - {id: later, name: Not described yet}
""",
    "data/accounts.csv": """\
id,size,industry,state,tools,since
a1,10,retail,paid,crm | till,2025-01-01
a2,200,retail,free,till,2026-06-01
a3,,retail,paid,,2024-05-05
a4,50,media,trial,crm,2026-06-30
a5,49.5,retail,lapsed,"",2025-12-31
a6,70,,paid,crm|crm,2025-03-03
""",
    "data/users.csv": """\
id,account,level
u1,a1,expert
u2,a1,novice
u3,a2,expert
u4,a3,
u5,a4,novice
u6,a5,expert
u7,a6,expert
u8,nowhere,expert
""",
    # in Berlin the day of a moment after 22:00 UTC is the next one
    "data/events.csv": """\
user,at,what,minutes
u1,2026-06-23T22:30:00Z,open,5
u1,2026-06-24T09:00:00Z,edit,2.5
u2,2026-06-23T21:30:00Z,open,1
u2,2026-06-24T09:00:00Z,open,1
u3,2026-06-30T21:59:59Z,open,4
u3,2026-06-30T22:00:00Z,open,4
u5,2026-06-30,open,
u5,2026-06-29,edit,7
u8,2026-06-29,open,7
""",
    "data/surveys.csv": "user,at,score\nu1,2026-06-01,9\nu2,2026-05-01,10\nu2,2026-06-01,3\nu3,2026-06-02,11\nu7,2026-06-02,10\n",
    "data/changes.csv": "account,at,what,to\na1,2025-01-01,plan.state,free\na1,2026-06-15,plan.state,paid\na5,2026-01-01,plan.state,paid\na5,2026-06-20,plan.state,lapsed\n",
}


def written(root: Path, **changed: str) -> Path:
    """The workspace as files; a file that is named is written as given."""
    for name, text in {**FILES, **{name.replace("__", "/"): text for name, text in changed.items()}}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root


def data_of(root: Path) -> Data:
    """Its data settings."""
    return read_data(Project.open(root).config.data)


def request_of(root: Path) -> Request:
    """A request without metrics."""
    project = Project.open(root)
    return Request(project.workspace, project.dimensions, read_data(project.config.data), asking=lambda *_: ())


def session_of(root: Path) -> Session:
    """Its tables, opened."""
    request = request_of(root)
    return Session(request, opened(root, request.data))


def opened(root: Path, data: Data) -> Engine:
    """The engine of its settings, not yet connected."""
    return engine_for(data, root)
