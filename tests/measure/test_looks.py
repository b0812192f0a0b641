"""A look into packed files: a bomb is found behind honest rows too, and honest rows are not unpacked twice."""

import gzip
import random
from dataclasses import replace

import duckdb
import pytest

from measure.tiny import data_of, opened, written
from microseg.errors import UsageError
from microseg.measure import looks
from microseg.measure.looks import refuse_bomb, refuse_nested

ROWS = b"u1,a1,x\n" * 100_000


@pytest.fixture
def honest(monkeypatch):
    """Rows that cannot be packed twice; with bounds a hundredth as wide, for a test need not unpack a gigabyte."""
    monkeypatch.setattr(looks, "_LOOKED_AT", looks._LOOKED_AT // 100)
    monkeypatch.setattr(looks, "_MODEST", looks._MODEST // 100)
    chance = random.Random(1)  # noqa: S311 - rows, not secrets
    return gzip.compress(b"".join(b"%d,a1,%s\n" % (number, chance.randbytes(40).hex().encode()) for number in range(1_500)), 1)


def test_a_bomb_behind_honest_rows_is_refused(tmp_path, honest):
    place = tmp_path / "u.csv.gz"
    place.write_bytes(honest + gzip.compress(ROWS) * 100)

    with pytest.raises(UsageError, match="holds more than 100 times its own size once it is unpacked"):
        refuse_bomb([place], "u.csv.gz")


def test_honest_rows_are_looked_at_and_no_more(tmp_path, honest, monkeypatch):
    place = tmp_path / "u.csv.gz"
    place.write_bytes(honest * 40)
    read, plain = [], gzip.GzipFile.read

    def counted(held, size=-1):
        part = plain(held, size)
        read.append(len(part))
        return part

    monkeypatch.setattr(gzip.GzipFile, "read", counted)
    refuse_bomb([place], "u.csv.gz")

    assert 0 < sum(read) < 20 * len(gzip.decompress(honest))


@pytest.mark.parametrize("type_", ["INTEGER[][][][][][][]", "STRUCT(a STRUCT(b VARCHAR[][][][][]))", "MAP(VARCHAR, " * 7 + "INTEGER" + ")" * 7])
def test_values_that_lie_many_levels_deep_are_refused(type_):
    with pytest.raises(UsageError, match=r"x\.parquet: the column `deep` holds lists inside lists"):
        refuse_nested({"deep": type_}, ["deep"], "x.parquet")


@pytest.mark.parametrize("type_", ["VARCHAR", "VARCHAR[]", "DECIMAL(18,2)", "STRUCT(" + ", ".join(f"f{n} DECIMAL(9,2)[]" for n in range(40)) + ")", "INTEGER[][][]"])
def test_others_are_not_nor_is_a_column_that_nobody_names(type_):
    refuse_nested({"deep": type_, "other": "INTEGER" + "[]" * 60}, ["deep"], "x.parquet")


def test_a_deep_column_of_a_table_ends_a_run_with_a_sentence(tmp_path):
    root = written(tmp_path)
    deep = "[" * 60 + "1" + "]" * 60
    duckdb.connect().execute(f"COPY (SELECT {deep} AS id, 'free' AS state) TO '{root}/data/deep.parquet'")
    data = data_of(root)
    source = data.sources["account"]
    within = replace(data, sources={"account": source._replace(origin="data/deep.parquet", columns={"key": "id"})}, held={})

    with pytest.raises(UsageError, match="holds lists inside lists"):
        opened(root, within).open(within)
