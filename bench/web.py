"""What the server takes for each page and answer, beside the framework's own empty page in the same run: milliseconds as a client on this machine sees
them (median, 95th percentile) and milliseconds of processor time in the server. Each round asks every address once, by turns."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx

TEXT = "I broke my nose two years ago. I can't breathe well through the left side, and I don't like the bump on it. We have Aetna."
EMPTY = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def empty(request): return PlainTextResponse("")
uvicorn.run(Starlette(routes=[Route("/", empty)]), port=int(sys.argv[1]), log_config=None, access_log=False)
"""
ASKS = {
    "empty page of the framework": ("empty", "GET", "/", None),
    "health": ("ours", "GET", "/health", None),
    "start page": ("ours", "GET", "/", None),
    "questions": ("ours", "POST", "/check", {"text": TEXT}),
    "answer page": ("ours", "POST", "/answer", {"text": TEXT}),
    "answer as JSON (API)": ("ours", "POST", "/api/v1/assess", None),
    "a procedure's page": ("ours", "GET", "/learn/procedures/rhinoplasty", None),
}
PORT = 18_765


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rounds", type=int, default=300)
    rounds = cli.parse_args().rounds
    ours = subprocess.Popen(
        [sys.executable, "-m", "gillies", "serve", "--port", "0", "--json", "--rate", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    empty = subprocess.Popen([sys.executable, "-c", EMPTY, str(PORT)])
    try:
        servers = {
            "ours": (ours, httpx.Client(base_url=json.loads(ours.stdout.readline())["url"])),
            "empty": (empty, httpx.Client(base_url=f"http://127.0.0.1:{PORT}")),
        }
        compare(servers, rounds)
    finally:
        ours.terminate()
        empty.terminate()


def compare(servers: dict[str, tuple[subprocess.Popen[bytes], httpx.Client]], rounds: int) -> None:
    """Asks by turns and prints what it took."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ASKS}
    for turn in range(rounds + 10):
        for name, (server, method, path, form) in ASKS.items():
            process, client = servers[server]
            before, begun = cpu(process.pid), time.perf_counter()
            answer = client.request(method, path, data=form, json={"text": TEXT} if path.startswith("/api") else None, headers={"accept-encoding": "identity"})
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
