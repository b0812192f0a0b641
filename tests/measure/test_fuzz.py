"""Random criteria over nasty rows, on DuckDB: the same digits as the oracle in plain Python."""

import pytest

from measure.draws import scene
from measure.fuzz import count, differences, request_of, segments, world
from measure.written import write_csv, write_parquet
from microseg.measure.engines.duckdb import DuckDB
from microseg.measure.run import explain, measure

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'microseg[measure]'")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_duckdb_counts_what_the_oracle_counts(seed, tmp_path):
    drawn, typed = scene(seed, accounts=42, users=50, events=250), segments(seed, 25)
    engine = DuckDB(tmp_path)

    counted = count(tmp_path, drawn, write_csv(tmp_path, drawn.rows), typed, engine)
    engine.close()

    assert differences(counted, world(drawn, typed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 17))
def test_duckdb_counts_and_sums_what_the_oracle_does(seed, tmp_path):
    drawn, typed = scene(seed), segments(seed, 90)
    engine = DuckDB(tmp_path)
    places = write_csv(tmp_path, drawn.rows) if seed % 2 else {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}

    counted = count(tmp_path, drawn, places, typed, engine, seed=seed)
    engine.close()

    assert differences(counted, world(drawn, typed), seed=seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20, 21, 23, 24, 25])
def test_what_looks_from_no_day_to_another_is_added_up_at_once(seed, tmp_path):
    drawn, typed = scene(seed), segments(seed, 60, is_at_once=True)
    places = write_csv(tmp_path, drawn.rows) if seed % 2 else {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}
    request, engine = request_of(tmp_path, drawn, places, typed), DuckDB(tmp_path)

    counted = measure(request, engine)
    engine.close()
    written = [one.text for one in explain(request, engine)]
    engine.close()

    assert differences(counted, world(drawn, typed)) == []
    assert ["BIT_OR" in one and '"days"' not in one for one in written] == [True, True]
