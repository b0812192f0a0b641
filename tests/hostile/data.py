"""What may lie where `measure` looks for data: each entry names files that replace those of a workspace that is right, and what is said of them."""

import gzip

SETTINGS = """version: 1
data:
  as_of: 2026-10-31
  tables:
    account: {from: data/accounts.csv, key: id}
    user: {from: data/users.csv, key: id, account: account}
    event: {from: data/events.csv, user: user, at: at, name: name, minutes: minutes}
    history: {from: data/changes.csv, account: account, at: at, dimension: what, value: to}
  dimensions: {firmo.headcount: account.employees, demo.location: user.place, plan.state: account.plan}
"""
USERS = "data/users.csv"
EVENTS = "data/events.csv"
ACCOUNTS = "data/accounts.csv"
HEADER = b"id,account,place\n"
MILLION = gzip.compress(b"u1,a1,x\n" * 1_000_000)
WORKSPACE = {
    "microseg.yaml": SETTINGS,
    "segments/a.yaml": "id: a\nname: All\ncriteria: {firmo.headcount: {gte: 1}}\nsegments:\n  - {id: b, name: B, criteria: {demo.location: x}}\n  - {id: c, name: C, criteria: {plan.state: paid}}\n",
    ACCOUNTS: "id,employees,plan\na1,5,paid\na2,10,free\n",
    USERS: "id,account,place\nu1,a1,x\nu2,a2,y\n",
    EVENTS: "user,at,name,minutes\nu1,2026-10-01,login,5\nu2,2026-10-02,login,5\n",
    "data/changes.csv": "account,at,what,to\na1,2026-09-01,plan.state,free\n",
}


def users_from(origin):
    """The settings with another file for the users."""
    return {"microseg.yaml": SETTINGS.replace(USERS, origin)}


# files, exit code, what is said
DATA = {
    "right": ({}, 0, ""),
    "ragged": ({USERS: HEADER + b"u1,a1\nu2,a2,y,z,z\nu3,a1,x\n"}, 0, "2 rows were left out, for they do not have the columns of the others, or are not UTF-8 (lines 2, 3)"),
    "byte order mark": ({USERS: b"\xef\xbb\xbf" + HEADER + b"u1,a1,x\n"}, 0, ""),
    "UTF-16": ({USERS: "id,account,place\nu1,a1,x\n".encode("utf-16")}, 0, ""),
    "half UTF-16": ({USERS: b"\xff\xfei\x00d"}, 2, "data/users.csv cannot be read: "),
    "not UTF-8": ({USERS: HEADER + b"u1,a1,caf\xe9\nu2,a2,x\n"}, 0, "1 row was left out"),
    "NUL in a cell": ({USERS: HEADER + b"u1,a1,x\x00y\n"}, 0, ""),
    "NUL in a name": ({USERS: b"id,account,pl\x00ace\nu1,a1,x\n"}, 2, "data/users.csv has no column `place`"),
    "only NUL": ({USERS: b"\0" * 9_000}, 2, "has no column `id`"),
    "huge and no numbers": ({ACCOUNTS: b"id,employees,plan\na1,1e400,paid\na2,nan,free\na3,-inf,free\na4,1e-400,x\n"}, 0, ""),
    "huge minutes": ({EVENTS: b"user,at,name,minutes\nu1,2026-10-01,x,1e400\nu2,2026-10-01,x,1e308\nu2,2026-10-02,x,1e308\n"}, 0, ""),
    "negative": ({ACCOUNTS: b"id,employees,plan\na1,-5,paid\n", EVENTS: b"user,at,name,minutes\nu1,2026-10-01,login,-5\n"}, 0, ""),
    "ten thousand digits": ({ACCOUNTS: b"id,employees,plan\na1," + b"9" * 10_000 + b",paid\n"}, 0, ""),
    "the ends of time": ({EVENTS: b"user,at,name,minutes\nu1,0000-00-00,x,5\nu2,9999-12-31,x,5\nu1,10000-01-01,x,5\nu1,0001-01-01,x,1\nu2,2026-02-30,x,1\nu2,-4713-01-01,x,1\nu1,infinity,x,1\nu1,2026-10-01T00:00:00+99:00,x,1\n"}, 0, ""),
    "open quote": ({USERS: b'id,account,place\n"u1,a1,x\nu2,a2,y\n'}, 0, "left out"),
    "open quote over 4 MB": ({USERS: HEADER + b'"' + b"u1,a1,x\n" * 500_000}, 0, ""),
    "quotes inside": ({USERS: b'id,account,place\nu"1,a1,x\n"u2"z,a2,y\n'}, 0, "left out"),
    "only a header": ({USERS: HEADER}, 0, ""),
    "empty": ({USERS: b""}, 2, "data/users.csv is empty: not even its columns are named"),
    "blank": ({USERS: b"\n\n\n"}, 2, "data/users.csv is empty: not even its columns are named"),
    "no key": ({USERS: b"account,place\na1,x\n"}, 2, "data/users.csv has no column `id` (key)"),
    "names twice": ({USERS: b"id,id,ID,account,place,Place,,\nu1,u2,u3,a1,x,y,,\n"}, 0, ""),
    "keys twice and empty": ({USERS: HEADER + b"u1,a1,x\nu1,a2,y\n,a1,x\n ,a2,y\n"}, 0, ""),
    "a million columns": ({USERS: HEADER.strip() + b"," * 1_000_000 + b"\nu1,a1,x\n"}, 2, "data/users.csv cannot be read: its first line names more than 10,000 columns"),
    "a cell of 5 MB": ({USERS: HEADER + b"u1,a1," + b"x" * 5_000_000 + b"\n"}, 0, ""),
    "a name of 5 MB": ({USERS: b"id,account," + b"x" * 5_000_000 + b"\nu1,a1,b\n"}, 2, "a name in its first line is longer than 131,072 characters"),
    "line ends that differ": ({USERS: b"id,account,place\r\nu1,a1,x\nu2,a2,y\r"}, 2, "it is no CSV file, or its lines end in different ways"),
    "escapes": ({USERS: b"id,account,place\n\x1b[31mu1,a1,\x1b]0;x\x07\n\xc2\x9b2J,a1,\xe2\x80\xae\n"}, 0, ""),
    "escapes in a name": ({USERS: b"id,account,pl\x1b[31mace\nu1,a1,b\n"}, 2, "pl\\u{1b}[31mace"),
    "SQL in names and cells": ({USERS: b"id,account,place,\"x\"\"; DROP TABLE t; --\"\nu1'; DROP TABLE user; --,a1,\"'); SELECT 1\",b\n"}, 0, ""),
    "binary": ({USERS: bytes(range(256)) * 50}, 2, "data/users.csv cannot be read: "),
    "a bomb in one line": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": gzip.compress(b"x" * 2_000_000, 9) * 100}, 2, "data/u.csv.gz cannot be read: "),
    "a bomb of 30 million short rows": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": gzip.compress(HEADER) + MILLION * 30}, 2, "data/u.csv.gz holds more than 100 times its own size once it is unpacked"),
    "a bomb in several files": ({**users_from('"data/*.csv.gz"'), **{f"data/u{number}.csv.gz": gzip.compress(HEADER) + MILLION * 5 for number in range(6)}}, 2, "data/*.csv.gz holds more than 100 times its own size"),
    "a million packed rows": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": gzip.compress(HEADER) + MILLION}, 0, ""),
    "half a million broken rows": ({USERS: HEADER + b"u1\n" * 500_000}, 2, "100 % of its rows do not have the 3 columns that its first line names: one has 1"),
    "a good beginning": ({USERS: HEADER + b"u1,a1,x\n" * 50_000 + b"u1,a1\nu1,a1,x,y\n" * 200_000}, 2, "of its rows do not have the 3 columns that its first line names: one has "),
    "broken rows in a packed file": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": gzip.compress(HEADER + b"u1\n" * 400_000)}, 2, "of its rows do not have the 3 columns that its first line names: one has 1"),
    "packed, cut short": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": gzip.compress(HEADER + b"u1,a1,x\n" * 999)[:60]}, 2, "u.csv.gz cannot be read: it is damaged"),
    "not packed": ({**users_from("data/u.csv.gz"), "data/u.csv.gz": HEADER}, 2, "u.csv.gz cannot be read: it is damaged"),
    "no Parquet": ({**users_from("data/u.parquet"), "data/u.parquet": HEADER * 9}, 2, "data/u.parquet cannot be read: it is no Parquet file, or a damaged one"),
    "Parquet by its ends": ({**users_from("data/u.parquet"), "data/u.parquet": b"PAR1" + b"\xfe" * 500 + b"\xff\xff\xff\x7fPAR1"}, 2, "data/u.parquet cannot be read: it is no Parquet file, or a damaged one"),
    "empty Parquet": ({**users_from("data/u.parquet"), "data/u.parquet": b""}, 2, "data/u.parquet cannot be read: it is no Parquet file, or a damaged one"),
    "a path that leads out": (users_from("../../../../etc/passwd"), 2, "../../../../etc/passwd lies outside the workspace"),
    "a path from the root": (users_from("/etc/passwd"), 2, "/etc/passwd lies outside the workspace"),
    "a device": (users_from("/dev/zero"), 2, "/dev/zero lies outside the workspace"),
    "the environment": (users_from("/proc/self/environ"), 2, "/proc/self/environ lies outside the workspace"),
    "every file of the machine": (users_from('"/**/*.parquet"'), 2, "/**/*.parquet lies outside the workspace"),
    "files beside the workspace": (users_from('"../*/*.csv"'), 2, "../*/*.csv lies outside the workspace"),
    "files of every kind": (users_from('"**/*"'), 2, "names files that are not all CSV, or not all Parquet"),
    "files that differ": (users_from('"data/*.csv"'), 2, "changes.csv does not have the columns of accounts.csv"),
    "a folder": (users_from("data"), 2, "data is not there, or is no file"),
    "an address": (users_from('"https://example.invalid/x.csv"'), 2, "https://example.invalid/x.csv is an address, and DuckDB reads files here"),
    "a statement": (users_from('"(select 1)"'), 2, "(select 1) is not there, or is no file"),
    "a call": (users_from("\"read_csv('/etc/passwd')\""), 2, "read_csv('/etc/passwd') is not there, or is no file"),
    "a quote and a statement": (users_from("\"data/users.csv'); DROP TABLE x; --\""), 2, "is not there, or is no file"),
    "a NUL in the path": (users_from('"data/us\\0ers.csv"'), 2, "data/us\\u{0}ers.csv is not there, or is no file"),
    "a long path": (users_from("x" * 5_000 + ".csv"), 2, "… is not there, or is no file"),
    "an open bracket": (users_from('"data/[[[.csv"'), 2, "data/[[[.csv is not there, or is no file"),
    "an escape in the path": (users_from('"data/\\e[31m.csv"'), 2, "data/\\u{1b}[31m.csv is not there, or is no file"),
}
