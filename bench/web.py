"""What the server takes for each page and answer, beside the framework's own empty page in the same run: milliseconds as a client on this machine sees
them (median, 95th percentile) and milliseconds of processor time in the server. Each round asks every address once, by turns. Providers are made up; a
file is read in a process of its own, whose processor time is not counted."""

import argparse
import json
import os
import shlex
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

TEXT = "I broke my nose two years ago. I can't breathe well through the left side, and I don't like the bump on it. We have Aetna."
ARTICLE = (Path(__file__).parent.parent / "docs/check/000_a94210be07793b85.md").read_text(encoding="utf-8")
"""Some 1,000 words, of which many are statements."""
EMPTY = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def empty(request): return PlainTextResponse("")
uvicorn.run(Starlette(routes=[Route("/", empty)]), port=int(sys.argv[1]), log_config=None, access_log=False)
"""
PORT = 18_765
GILLIES = (sys.executable, "-m", "gillies")
Asks = dict[str, tuple[str, str, str, dict[str, Any]]]
"""What is asked -> (server, method, address, what is sent)."""


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rounds", type=int, default=300)
    cli.add_argument("--rows", type=int, default=20_000, help="made-up providers")
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        registry = made_up(Path(folder), told.rows)
        run(registry, told.rounds)


def made_up(folder: Path, rows: int) -> Path:
    """A registry of made-up providers."""
    subprocess.run([*GILLIES, "registry", "sample", "-o", str(folder), "--rows", str(rows)], check=True, capture_output=True)
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    build = next(line.strip() for line in lines if line.strip().startswith("gillies registry build"))
    subprocess.run([*GILLIES, *shlex.split(build)[1:], "--allow-stale"], check=True, capture_output=True)
    return folder / "registry"


def asks(registry: Path) -> Asks:
    """Everything that is asked."""
    with sqlite3.connect(next(registry.glob("registry-*/registry.sqlite"))) as con:
        npi, last, first = con.execute("SELECT npi, last, first FROM providers WHERE entity = '1' AND length(last) > 6 LIMIT 1").fetchone()
    vet = {"who": str(npi), "procedure": "septoplasty", "state": "CA"}
    return {
        "empty page of the framework": ("empty", "GET", "/", {}),
        "health": ("ours", "GET", "/health", {}),
        "start page": ("ours", "GET", "/", {}),
        "questions": ("ours", "POST", "/check", {"data": {"text": TEXT}}),
        "answer page": ("ours", "POST", "/answer", {"data": {"text": TEXT}}),
        "answer as JSON (API)": ("ours", "POST", "/api/v1/assess", {"json": {"text": TEXT}}),
        "a procedure's page": ("ours", "GET", "/learn/procedures/rhinoplasty", {}),
        "a provider's page": ("ours", "POST", "/provider", {"data": vet}),
        "providers of a misspelt name": ("ours", "POST", "/provider", {"data": vet | {"who": f"{first} {last[:-2]}{last[-1]}"}}),
        "a vet as JSON (API)": ("ours", "POST", "/api/v1/vet", {"json": {"provider": str(npi), "procedure": "septoplasty", "state": "CA"}}),
        "a checked text of 1,000 words": ("ours", "POST", "/text", {"files": {"text": (None, ARTICLE)}}),
        "the same as JSON (API)": ("ours", "POST", "/api/v1/check", {"json": {"text": ARTICLE}}),
        "the same as a file": ("ours", "POST", "/text", {"files": {"file": ("article.md", ARTICLE.encode())}}),
    }


def run(registry: Path, rounds: int) -> None:
    """Starts both servers and compares them."""
    ours = subprocess.Popen(
        [*GILLIES, "serve", "--port", "0", "--json", "--rate", "0", "--registry", str(registry)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    empty = subprocess.Popen([sys.executable, "-c", EMPTY, str(PORT)])
    try:
        servers = {
            "ours": (ours, httpx.Client(base_url=json.loads(ours.stdout.readline())["url"], timeout=60)),
            "empty": (empty, httpx.Client(base_url=f"http://127.0.0.1:{PORT}")),
        }
        compare(servers, asks(registry), rounds)
    finally:
        ours.terminate()
        empty.terminate()


def compare(servers: dict[str, tuple[subprocess.Popen[bytes], httpx.Client]], asked: Asks, rounds: int) -> None:
    """Asks by turns and prints what it took."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for turn in range(rounds + 10):
        for name, (server, method, path, sent) in asked.items():
            process, client = servers[server]
            before, begun = cpu(process.pid), time.perf_counter()
            answer = client.request(method, path, headers={"accept-encoding": "identity"}, **sent)
            taken = (time.perf_counter() - begun) * 1000, cpu(process.pid) - before
            assert answer.status_code == 200, (name, answer.text)
            if turn >= 10:
                seen[name].append(taken)
    base = statistics.median(wall for wall, _ in seen["empty page of the framework"])
    print(f"{'what':30} {'median ms':>9} {'p95 ms':>8} {'x empty':>8} {'cpu ms':>7}")
    for name, rows in seen.items():
        walls = sorted(wall for wall, _ in rows)
        median = statistics.median(walls)
        print(f"{name:30} {median:9.1f} {walls[int(len(walls) * 0.95)]:8.1f} {median / base:8.1f} {sum(spent for _, spent in rows) / len(rows):7.1f}")


def cpu(pid: int) -> float:
    """Milliseconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
