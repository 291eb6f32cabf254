"""Everything on record under one NPI."""

from datetime import date

import pytest

from gillies.errors import InputError
from gillies.registry.lookup import Registry
from tests.registry.made import DAC, LEIE, PL, PUF, built, npi, nppes, person, plain, rows_of


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Two providers; all files know the first one, and one exclusion has only the name of the second."""
    folder = tmp_path_factory.mktemp("files")
    full = nppes(
        folder, [person(1), person(2, last="BEBERSON")],
        **{"pl_pfile_20050523_TO_20261109__csv": rows_of(PL, [{"NPI": npi(1), PL[3]: "OAKLAND"}, {"NPI": npi(1), PL[3]: "BERKELEY"}])},
    )  # fmt: skip
    excluded = {"FIRSTNAME": "MARY", "STATE": "CA", "EXCLTYPE": "1128a1", "EXCLDATE": "20261020"}
    files = {
        "leie": rows_of(LEIE, [excluded | {"LASTNAME": "ABERSON", "NPI": npi(1)}, excluded | {"LASTNAME": "BEBERSON", "NPI": "0000000000"}]),
        "dac": plain(DAC, [{"NPI": npi(1), "Grd_yr": "1999"}]),
        "puf": plain(PUF, [{"Rndrng_NPI": npi(1), "HCPCS_Cd": code, "Tot_Srvcs": "12"} for code in ("30520", "15823")]),
    }
    for name, raw in files.items():
        (folder / f"{name}.csv").write_bytes(raw)
    built(folder / "r", full, **{name: folder / f"{name}.csv" for name in files})
    return folder / "r"


def test_all_files_by_number(root):
    with Registry(root) as registry:
        held = registry.on_record(int(npi(1)))
    assert held.provider.last == "ABERSON"
    assert [place.city for place in held.places] == ["OAKLAND", "BERKELEY"]
    assert [(each.basis, each.day) for each in held.exclusions] == [("1128a1", date(2026, 10, 20))]
    assert [each.graduated for each in held.clinicians] == [1999]
    assert [(each.hcpcs, each.services) for each in held.services] == [("30520", 12), ("15823", 12)]
    assert held.deactivations == held.other_names == ()


def test_a_name_alone_is_no_hit(root):
    with Registry(root) as registry:
        assert registry.on_record(int(npi(2))).exclusions == ()


def test_an_unknown_number(root):
    with Registry(root) as registry:
        assert registry.provider(1234567893) == (None, ())
        assert registry.on_record(1234567893).provider is None


def test_a_registry_that_is_open_stays_as_it_was(root, tmp_path):
    built(tmp_path / "r", nppes(tmp_path, [person(1, last="OLD")]))
    with Registry(tmp_path / "r") as registry:
        built(tmp_path / "r", nppes(tmp_path, [person(1, last="NEW")]))
        assert registry.provider(int(npi(1)))[0].last == "OLD"
    with Registry(tmp_path / "r") as registry:
        assert registry.provider(int(npi(1)))[0].last == "NEW"


def test_no_registry(tmp_path):
    with pytest.raises(InputError, match="holds no registry"):
        Registry(tmp_path)
