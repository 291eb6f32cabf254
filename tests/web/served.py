"""A real server in a process of its own, on a free port."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

DAY = "2026-11-21"


class Served:
    """Where it answers, and what it logs."""

    def __init__(self, process, log):
        self.process, self._log = process, log
        self.url = json.loads(process.stdout.readline())["url"]

    @property
    def log(self):
        return Path(self._log).read_text()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def served(folder, *arguments):
    """`gillies serve` until the block ends; what it logs goes to a file in `folder`."""
    log = Path(folder) / "server.log"
    command = [sys.executable, "-m", "gillies", "serve", "--port", "0", "--json", "--on", DAY, *arguments]
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, env=dict(os.environ))
    late = threading.Timer(180, process.kill)  # a machine that makes the pack first takes a minute
    late.start()
    try:
        running = Served(process, log)
        late.cancel()
        yield running
    finally:
        late.cancel()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        process.stdout.close()
