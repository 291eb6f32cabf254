"""One number asked of the public NPI Registry: against a server on this machine that answers in the shapes that were recorded."""

import json
from datetime import date

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gillies.cli import main
from gillies.errors import InputError
from gillies.registry.vet import live
from tests.registry.made import npi as made_up
from tests.registry.nppes_api import ERRORS, FIRM, NOBODY, NPI, PERSON, Answer, Server, results

ON = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def no_pace(monkeypatch):
    monkeypatch.setattr(live, "PACE", live.Pace(0))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def ask(*answers, npi=NPI):
    """(evidence, pauses that were made, what the server was asked)"""
    slept = []
    with Server(*answers) as server:
        return live.ask(int(npi), ON, slept.append, server.url), slept, server.asked


def refused(*answers, npi=NPI):
    """(the sentence, pauses, what the server was asked)"""
    slept = []
    with Server(*answers) as server, pytest.raises(InputError) as fault:
        live.ask(int(npi), ON, slept.append, server.url)
    return str(fault.value), slept, server.asked


def run(*arguments):
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    return ending.value.code


def test_a_person_is_read_as_the_files_would_have_it():
    evidence, slept, _ = ask(Answer(results(PERSON)))
    held = evidence.held.provider
    assert (held.entity, held.last, held.first, held.credential, held.prefix) == ("1", "ABERSON", "MARY", "M.D.", None)  # "--" is nothing
    assert (held.other_last, held.other_kind) == ("BEBERSON", "1")
    assert (held.city, held.state, held.zip5, held.zip4) == ("OAKLAND", "CA", "94609", "1234")
    assert (held.enumerated, held.updated, held.active) == (date(2006, 11, 15), date(2026, 6, 6), True)
    assert [(one.slot, one.code, one.license, one.license_state, one.primary) for one in evidence.held.taxonomies] == [
        ("1", "207Q00000X", "16110", "NV", "N"), ("2", "207Y00000X", "A99999", "CA", "Y"),
    ]  # fmt: skip
    assert [place.city for place in evidence.held.places] == ["BERKELEY"]
    assert slept == []


def test_only_the_number_is_sent_and_it_is_said_whom_was_asked():
    evidence, _, asked = ask(Answer(results(PERSON)))
    assert [path for path, _ in asked] == [f"/api/?version=2.1&number={NPI}"]
    assert {name.lower() for name in asked[0][1]} == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert evidence.asked.startswith(f"127.0.0.1 was asked about the NPI {NPI} on 2026-11-21, and about nothing else.")
    assert evidence.days == {"nppes": ON}  # no exclusions, no volumes


def test_an_organisation():
    held = ask(Answer(results(FIRM)))[0].held
    assert (held.provider.entity, held.provider.organization) == ("2", "SAMPLE SURGERY CENTER")
    assert [(name.organization, name.kind) for name in held.other_names] == [("SAMPLE SURGERY", "3")]


def test_nobody():
    assert ask(Answer(NOBODY))[0].held.provider is None


def test_several_or_somebody_else_are_not_guessed_from():
    assert "with 2 providers, not one" in refused(Answer(results(PERSON, PERSON)))[0]
    assert "with 1 providers, not one" in refused(Answer(results({**PERSON, "number": "1234567893"})))[0]


def test_an_error_object():
    assert refused(Answer(ERRORS))[0] == f"the NPI Registry does not take NPI {NPI}: NPI must be 10 digits."


def test_asked_too_often_waits_as_it_is_told():
    evidence, slept, asked = ask(Answer(status=429, Retry_After="2"), Answer(results(PERSON)))
    assert evidence.held.provider.last == "ABERSON"
    assert (slept, len(asked)) == ([2.0], 2)


def test_asked_to_wait_too_long_gives_up():
    say, slept, asked = refused(Answer(status=429, Retry_After="600"))
    assert "asked too often just now, and wants to be left alone for 600 seconds. Try again later" in say
    assert (slept, len(asked)) == ([], 1)


def test_errors_of_the_server_are_tried_again_with_longer_pauses():
    evidence, slept, _ = ask(Answer(status=500), Answer(status=503), Answer(results(PERSON)))
    assert evidence.held.provider.last == "ABERSON"
    assert slept == [0.5, 1.0]
    say, slept, asked = refused(Answer(status=500))
    assert "an error of its own (500)" in say
    assert (slept, len(asked)) == ([0.5, 1.0, 2.0], 4)


def test_a_slow_server(monkeypatch):
    monkeypatch.setattr(live, "TIMEOUT", httpx.Timeout(0.1))
    say, _, asked = refused(Answer(results(PERSON), after=0.5))
    assert "it did not answer (ReadTimeout). Try again later" in say
    assert len(asked) == 4


def test_no_server_at_all():
    with Server(Answer(NOBODY)) as server:
        url = server.url
    with pytest.raises(InputError, match="it did not answer"):
        live.ask(int(NPI), ON, lambda _: None, url)


def test_a_refusal_is_not_tried_again():
    say, _, asked = refused(Answer(status=403))
    assert "refused the question (403)" in say
    assert len(asked) == 1


def test_a_redirect_is_not_followed():
    with Server(Answer(results(PERSON))) as elsewhere:
        say, _, asked = refused(Answer(status=302, Location=elsewhere.url))
    assert f"sends its answer elsewhere ({elsewhere.url}): it was not followed" in say
    assert (len(asked), elsewhere.asked) == (1, [])


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"7", b"{}", b'{"results": 5}', b'{"result_count": 1, "results": {}}', b"<html>busy</html>"])
def test_broken_answers(body):
    say, _, asked = refused(Answer(body))
    assert "cannot be read" in say or "has an unknown shape" in say
    assert "look the number up on its page" in say
    assert len(asked) == 1


def test_a_flood_is_cut_off(monkeypatch):
    monkeypatch.setattr(live, "MOST_BYTES", 1000)
    assert "far more than one provider's record" in refused(Answer(b" " * 5000))[0]


ODD = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*PERSON, "Errors"]), ODD | st.lists(st.dictionaries(st.sampled_from(["code", "license", "state", "city"]), ODD))))
def test_fields_of_another_shape_are_left_unknown(odd):
    raw = json.dumps(results({**PERSON, **odd, "number": NPI})).encode()
    assert live.read(raw, int(NPI)).npi == int(NPI)


def test_made_up_numbers_are_not_asked_about():
    say, _, asked = refused(Answer(results(PERSON)), npi=made_up(7))
    assert "is made up" in say
    assert asked == []


@pytest.mark.parametrize("url", ["http://npi.example.org/api/", "ftp://127.0.0.1/", "nonsense"])
def test_nothing_is_sent_in_the_open(url):
    with pytest.raises(InputError, match="is not encrypted"):
        live.ask(int(NPI), ON, url=url)


def test_questions_of_one_process_are_kept_apart():
    pace, slept = live.Pace(100), []
    for _ in range(3):
        pace.wait(slept.append)
    assert [round(seconds, -1) for seconds in slept] == [100, 200]


def test_the_command_asks_only_when_told_to(monkeypatch, capsys):
    with Server(Answer(results(PERSON))) as server:
        monkeypatch.setenv(live.ADDRESS, server.url)
        assert run("vet", NPI, "--procedure", "rhinoplasty", "--on", "2026-11-21") == 2
        assert "--live, which asks the public NPI Registry" in capsys.readouterr().err
        assert server.asked == []
        assert run("vet", NPI, "--procedure", "rhinoplasty", "--on", "2026-11-21", "--live") == 0
    out = capsys.readouterr().out
    assert "Nose reshaping (rhinoplasty): core training, by what is reported" in out
    assert "The list of people excluded from federal programmes (LEIE) was not looked into." in " ".join(out.split())
    assert out.rstrip().endswith("Exclusions and Medicare's files were not looked into.")


def test_the_command_says_that_nobody_was_found(monkeypatch, capsys):
    with Server(Answer(NOBODY)) as server:
        monkeypatch.setenv(live.ADDRESS, server.url)
        assert run("vet", NPI, "--procedure", "rhinoplasty", "--json", "--live") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["on_record"][0]["about"], told["on_record"][0]["answer"]) == ("number", "no-record")
    assert told["provider"]["kind"] == "unknown"


def test_a_name_is_never_sent(monkeypatch, capsys):
    with Server(Answer(results(PERSON))) as server:
        monkeypatch.setenv(live.ADDRESS, server.url)
        assert run("vet", "Mary", "Aberson", "--procedure", "rhinoplasty", "--live") == 2
        assert server.asked == []
    assert "give the ten digits in place of a name" in capsys.readouterr().err
