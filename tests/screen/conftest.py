"""A connection, and short ways to read claims."""

import pytest

from gillies.screen import engine, inputs


@pytest.fixture
def con(tmp_path):
    folder = tmp_path / "spill"
    folder.mkdir()
    with engine.connect("500MB", folder) as con:
        yield con


@pytest.fixture
def read(con):
    """Reads files; hands back the claims and one dict of our columns a line."""

    def go(*paths, mapping=None):
        claims = inputs.open_claims(con, [str(path) for path in paths], mapping)
        ours = [f"g_{name}" for name in inputs.layouts.CANONICAL]
        rows = engine.ask(con, f"SELECT g_row, {', '.join(ours)} FROM {claims.relation} ORDER BY g_row")
        kept = [dict(zip(["row", *inputs.layouts.CANONICAL], row, strict=True)) for row in rows]
        assert claims.rows_in == len(kept) + claims.rows_aside
        return claims, kept

    return go


@pytest.fixture
def aside(con):
    """The rows set aside, as (file's name, row, reason, text)."""
    return lambda: [(file.rsplit("/", 1)[-1], *rest) for file, *rest in engine.ask(con, f"FROM {inputs.ASIDE}")]
