"""The command line: one short function per verb; heavy imports happen inside the verb that needs them."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from gillies import __version__
from gillies.errors import GilliesError, InputError, utf8

if TYPE_CHECKING:
    from gillies.batch import Answering
    from gillies.door import Asked, Engine

EXAMPLE = (
    "I'm 17 and want my nose fixed. I can't breathe well through the left side since I broke it playing football two years ago, "
    "and I also don't like the bump on it. We have Aetna."
)


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Runs one command and exits: 0 answered, 2 bad input, 1 our fault."""
    arguments = parser().parse_args(argv)
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()
    except GilliesError as error:
        code = _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = _fail("stopped.", 130)
    except Exception as fault:  # the last line of defence: no traceback reaches a user
        code = _fail(f"a fault of ours ({type(fault).__name__}: {fault}). Please report it, without private details; GILLIES_DEBUG=1 shows more.", 1)
        if os.environ.get("GILLIES_DEBUG"):
            raise
    sys.exit(code)


def run() -> NoReturn:
    """`main`, then out at once: taking tens of thousands of objects down one by one would be a twentieth of a cold start, and frees
    nothing that the system does not free anyway (mypy ends the same way)."""
    try:
        main()
    except SystemExit as ending:
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ending.code if isinstance(ending.code, int) else 0)


def _fail(message: str, code: int) -> int:
    print(f"gillies: {message}", file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """argparse with our errors: one sentence and how to mend it."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse's own never returns; neither does this
        sys.exit(_fail(f"{message}. `{self.prog} --help` shows what is possible.", 2))


def parser() -> argparse.ArgumentParser:
    """All commands and their flags."""
    top = _Parser(prog="gillies", description="What kind of care, whose hands, who pays, what to expect: answered from cited facts.")
    top.add_argument("--version", action="version", version=f"gillies {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND", prog="gillies")  # without prog it lays out a help page to find it

    assess = verbs.add_parser("assess", help="answer the four questions for what a person wrote")
    assess.add_argument("text", nargs="*", help="what you would like to change, or what bothers you; - reads it from standard input")
    assess.add_argument("--example", action="store_true", help="run a built-in example")
    assess.add_argument("--jsonl", metavar="FILE", help='one {"id", "text"} a line in, one answer a line out; - for standard input')
    _common(assess)
    assess.set_defaults(run=assess_command)

    show = verbs.add_parser("show", help="print any record with its sources")
    show.add_argument("id", nargs="?", default="", help="a procedure, board, pathway, field, policy, concern, finding …; without one, what there is")
    _common(show)
    show.set_defaults(run=show_command)

    screen = verbs.add_parser("screen", help="label every line of claims: intent, coverage, reasons, what is missing, whose hands")
    screen.add_argument("paths", nargs="*", help="claims: Parquet or CSV files, folders or patterns")
    screen.add_argument("-o", "--out", metavar="FILE", default="", help="the labelled lines: .parquet, .csv or .csv.gz; a folder with Spark")
    screen.add_argument("--mapping", metavar="FILE", default="", help="how the columns of a plain file are called (YAML)")
    screen.add_argument("--page", metavar="FILE", default="", help="the report as one HTML page as well")
    screen.add_argument("--memory", metavar="SIZE", default=None, help="the most memory to take, such as 2GB")
    screen.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="spark: Parquet too big for one machine (needs Java and pyspark)")
    screen.add_argument(
        "--master", metavar="URL", default="", help="where Spark runs, such as local[4] or yarn (default: where it was submitted to, else here)"
    )
    screen.add_argument("--exact", action="store_true", help="show counts under 11 as they are")
    screen.add_argument("--sample", metavar="ROWS", type=int, default=0, help="write made-up claims with known labels into the folder PATHS instead")
    _common(screen)
    screen.set_defaults(run=screen_command)

    _check(verbs)
    _registry(verbs)
    _serve(verbs)
    _audit(verbs)
    _vet(verbs)

    knowledge = verbs.add_parser("knowledge", help="check the knowledge, or count it")
    knowledge.add_argument("what", choices=("check", "stats"))
    knowledge.add_argument("--only", default="", metavar="PART", help="only problems of files whose path holds PART")
    _common(knowledge)
    knowledge.set_defaults(run=knowledge_command)
    return top


def _check(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    check = verbs.add_parser("check", help="is this article right? each statement against the knowledge, with why and sources")
    check.add_argument("file", nargs="?", default="", metavar="FILE", help="a text, Markdown, HTML, PDF or Word file; - reads standard input")
    check.add_argument("--page", metavar="OUT.html", default="", help="also write one HTML page that needs nothing else, to read, send or print")
    check.add_argument("--jsonl", metavar="FILE", help='one {"id", "text"} a line in, one answer a line out; - for standard input')
    check.add_argument("--country", metavar="PLACE", default="", help="whose rules on adverts count: us, us-ca, uk, au, ca-on … (default: all that are held)")
    _common(check)
    check.set_defaults(run=check_command)


def _registry(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    registry = verbs.add_parser("registry", help="the provider registry: make one from the official files, try one, look what is in it, look somebody up")
    whats = registry.add_subparsers(dest="what", required=True, metavar="WHAT", prog="gillies registry")
    sample = whats.add_parser("sample", help="write made-up files in the official layouts, to try everything without a download")
    sample.add_argument("-o", "--out", metavar="FOLDER", required=True, help="where the files go")
    sample.add_argument("--rows", metavar="N", type=int, default=10_000, help="how many providers (default: 10000)")
    sample.add_argument("--directory", metavar="N", type=int, default=1000, help="how many of them stand in a made-up directory to audit (default: 1000)")
    sample.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed makes the same providers (default: 1)")
    build = whats.add_parser("build", help="make a registry from the official files, as they are published")
    update = whats.add_parser("update", help="put newer files on top of a registry that is there, without the full one")
    _registry_files(build, "the full monthly ZIP of NPPES, and any weekly ones after it")
    _registry_files(update, "weekly ZIPs of NPPES, newer than what is there")
    info = whats.add_parser("info", help="what a registry holds, how old it is")
    info.add_argument("folder", metavar="FOLDER")
    for sub in (sample, build, update, info, _find(whats)):
        _common(sub)
        sub.set_defaults(run=registry_command)


def _registry_files(build: argparse.ArgumentParser, nppes: str) -> None:
    """The official files, and where the registry is."""
    build.add_argument("--nppes", metavar="FILE", nargs="+", default=[], help=nppes)
    for flag, what in (
        ("deactivated", "NPPES: the report of deactivated NPIs"), ("leie", "OIG: UPDATED.csv, the excluded"),
        ("dac", "CMS: Doctors and Clinicians, national file"),
        ("puf", "CMS: Medicare Physician & Other Practitioners, by provider and service"), ("nucc", "NUCC: the list of specialties"),
    ):  # fmt: skip
        build.add_argument(f"--{flag}", metavar="FILE", default="", help=what)
    build.add_argument("-o", "--out", metavar="FOLDER", required=True, help="where the registry goes; one that is there is replaced at the very end")
    build.add_argument("--allow-stale", action="store_true", help="build from files past their shelf life all the same")
    build.add_argument("--allow-loss", action="store_true", help="build even with fewer providers or columns than the registry that is there")


def _serve(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    serve = verbs.add_parser("serve", help="the same as web pages and as a JSON API, on this machine or behind a proxy")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    serve.add_argument("--port", type=int, default=8000, help="the port (default: 8000; 0 takes a free one)")
    serve.add_argument("--rate", metavar="N", type=int, default=300, help="requests a minute for each address (default: 300; 0: no limit)")
    serve.add_argument("--allow-host", metavar="NAME", action="append", default=[], help="answer to this host name only; may be given again")
    serve.add_argument("--registry", metavar="FOLDER", default="", help="providers to check (gillies registry build; default: the folder in GILLIES_REGISTRY)")
    serve.add_argument("--proxy", metavar="ADDRESS", action="append", default=[], help="believe what this proxy forwards of who asks; may be given again")
    _common(serve)
    serve.set_defaults(run=serve_command)


def _audit(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    audit = verbs.add_parser("audit", help="hold a directory of providers against the registry: what is worth a look, row by row")
    audit.add_argument("paths", nargs="*", help="the directory: CSV or Parquet files, folders or patterns")
    audit.add_argument("--registry", metavar="FOLDER", default="", help="the registry (gillies registry build)")
    audit.add_argument("-o", "--out", metavar="FILE", default="", help="every row with its findings: .csv, .csv.gz, .jsonl or .parquet; a folder with Spark")
    audit.add_argument("--mapping", metavar="FILE", default="", help="how the columns of the directory are called (YAML)")
    audit.add_argument("--page", metavar="FILE", default="", help="the report as one HTML page as well")
    audit.add_argument("--memory", metavar="SIZE", default=None, help="the most memory to take, such as 2GB")
    audit.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="spark: Parquet too big for one machine (needs Java and pyspark)")
    audit.add_argument("--master", metavar="URL", default="", help="where Spark runs, such as local[4] or yarn")
    _common(audit)
    audit.set_defaults(run=audit_command)


def _vet(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    vet = verbs.add_parser("vet", help="one provider against one procedure: what is on record, how it fits, where to verify it")
    vet.add_argument("provider", nargs="*", metavar="NPI-or-NAME", help="ten digits, or a name")
    vet.add_argument("--procedure", metavar="NAME", default="", help="a procedure, such as rhinoplasty (`gillies show` lists all)")
    vet.add_argument("--registry", metavar="FOLDER", default="", help="where the registry is (default: the folder in GILLIES_REGISTRY)")
    vet.add_argument("--state", metavar="CA", default="", help="where it would be done (default: where the provider practises)")
    vet.add_argument("--certificates", metavar="FILE.csv", default="", help="your own list of certificates: npi, board, status, until")
    vet.add_argument("--advert", metavar="TEXT", default="", help="what an advert calls this person")
    vet.add_argument("--live", action="store_true", help="no registry: ask the public NPI Registry about this one number (nothing else is sent)")
    _common(vet)
    vet.set_defaults(run=vet_command)


def _find(whats: "argparse._SubParsersAction[_Parser]") -> argparse.ArgumentParser:
    find = whats.add_parser("find", help="look somebody up: by NPI, by name however it is typed, by specialty, procedure or place")
    find.add_argument("words", nargs="*", metavar="WORDS", help="a name or an NPI; titles, typing errors, nicknames and the order of names do not matter")
    find.add_argument("--registry", metavar="FOLDER", default="", help="where the registry is (default: the folder in GILLIES_REGISTRY)")
    find.add_argument("--kind", choices=("person", "organisation"), default="", help="only these")
    find.add_argument("--state", metavar="STATE", default="", help="two letters or a name, such as CA or California")
    find.add_argument("--city", metavar="TOWN", default="", help="as in the postal address")
    find.add_argument("--zip", metavar="ZIP", default="", help="around this ZIP")
    find.add_argument("--miles", metavar="N", type=float, default=None, help="so far around it (default: 25)")
    find.add_argument("--specialty", metavar="WHAT", default="", help='reported by themselves: a NUCC code, or words such as "dermatologist"')
    find.add_argument("--procedure", metavar="WHAT", default="", help="with a specialty whose training is for this procedure, such as septoplasty")
    find.add_argument("--most", metavar="N", type=int, default=10, help="show so many (default: 10)")
    return find


def _common(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="the same content as JSON")
    sub.add_argument("--on", default="", metavar="DATE", help="the day to judge by, as 2026-11-21 (default: today)")


def _day(arguments: argparse.Namespace) -> date:
    if not arguments.on:
        return date.today()
    try:
        return date.fromisoformat(arguments.on)
    except ValueError:
        raise InputError(f"--on {arguments.on!r} is not a date: write it as 2026-11-21.") from None


def assess_command(arguments: argparse.Namespace) -> int:
    """`gillies assess`: a text, or many."""
    on = _day(arguments)
    if arguments.jsonl is not None:
        if arguments.text or arguments.example:
            raise InputError("--jsonl takes its texts from the file: leave the text (and --example) out.")
        from gillies.batch import answer_lines
        from gillies.door import Asked

        return answer_lines(arguments.jsonl, Asked, lambda: _assessing(on))
    from gillies.door import checked_text

    text = checked_text(_text(arguments))
    engine = _engine()
    if arguments.json:
        import msgspec

        _write(msgspec.json.format(engine.assess_json(text, on), indent=2).decode() + "\n")
    else:
        from gillies.terminal import assessment, style

        _write(assessment(engine.assess(text, on), style(sys.stdout), engine.compiled.is_confirmed))
    return 0


def _assessing(on: date) -> "Answering[Asked]":
    engine = _engine()
    return lambda line, own_id: engine.assess_json(line.checked_text(), on, own_id, line)


def _text(arguments: argparse.Namespace) -> str:
    if arguments.example:
        return EXAMPLE
    if arguments.text == ["-"] or (not arguments.text and not sys.stdin.isatty()):
        return utf8(sys.stdin.buffer.read(), "standard input")
    return " ".join(arguments.text)


def _engine() -> "Engine":
    from gillies.door import open_engine

    return open_engine()


def _write(text: str) -> None:
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8"))


def show_command(arguments: argparse.Namespace) -> int:
    """`gillies show ID`."""
    from gillies.door import open_records
    from gillies.show import as_json, as_text, find, index, index_as_json
    from gillies.terminal import style

    knowledge = open_records()
    if not arguments.id:
        _write(index_as_json(knowledge) if arguments.json else index(knowledge, style(sys.stdout)))
        return 0
    records = find(arguments.id, knowledge)
    _write(as_json(records, knowledge, knowledge.confirmed) if arguments.json else as_text(records, knowledge, style(sys.stdout), knowledge.confirmed))
    return 0


def check_command(arguments: argparse.Namespace) -> int:
    """`gillies check FILE`: a text, or many."""
    from gillies.check.door import run

    return run(arguments, _day(arguments), _write)


def screen_command(arguments: argparse.Namespace) -> int:
    """`gillies screen PATHS -o FILE`."""
    try:
        from gillies.screen.door import run
    except ModuleNotFoundError as lacking:
        raise InputError(f"screening needs {lacking.name}, which is not installed: pip install 'gillies[screen]'.") from None
    return run(arguments, _day(arguments), _write)


def registry_command(arguments: argparse.Namespace) -> int:
    """`gillies registry sample|build|update|info|find`."""
    try:
        if arguments.what == "find":  # needs neither DuckDB nor Arrow
            from gillies.registry.search.door import run
        else:
            from gillies.registry.door import run
    except ModuleNotFoundError as lacking:
        raise InputError(f"the registry needs {lacking.name}, which is not installed: pip install 'gillies[registry]'.") from None
    return run(arguments, _day(arguments), _write)


def serve_command(arguments: argparse.Namespace) -> int:
    """`gillies serve`."""
    try:
        from gillies.web.door import run
    except ModuleNotFoundError as lacking:
        raise InputError(f"serving needs {lacking.name}, which is not installed: pip install 'gillies[web]'.") from None

    def write(text: str) -> None:
        _write(text)
        sys.stdout.flush()

    return run(arguments, _day(arguments), write)


def audit_command(arguments: argparse.Namespace) -> int:
    """`gillies audit PATHS --registry FOLDER -o FILE`."""
    try:
        from gillies.audit.door import run
    except ModuleNotFoundError as lacking:
        raise InputError(f"the audit needs {lacking.name}, which is not installed: pip install 'gillies[registry]'.") from None
    return run(arguments, _day(arguments), _write)


def vet_command(arguments: argparse.Namespace) -> int:
    """`gillies vet NPI-or-NAME --procedure NAME --registry FOLDER`."""
    try:
        from gillies.registry.vet.door import run

        return run(arguments, _day(arguments), _write)
    except ModuleNotFoundError as lacking:
        extra = "live" if lacking.name == "httpx" else "registry"
        raise InputError(f"vetting needs {lacking.name}, which is not installed: pip install 'gillies[{extra}]'.") from None


def knowledge_command(arguments: argparse.Namespace) -> int:
    """`gillies knowledge check|stats`."""
    from gillies.knowledge.lint import lint
    from gillies.knowledge.load import read

    knowledge, problems = read()
    if arguments.what == "stats":
        from gillies.knowledge.stats import as_json, as_text

        _write(as_json(knowledge) if arguments.json else as_text(knowledge, _day(arguments)))
        return 0
    problems = [problem for problem in (*problems, *lint(knowledge)) if arguments.only in problem.file]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "The knowledge is clean.")
    return 2 if problems else 0
