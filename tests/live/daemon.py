"""A running daemon; what it said is shown when a wait was in vain."""
import subprocess
import time


class Daemon:
    def __init__(self, akashi):
        self.log = akashi.folder + "/log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(akashi.command("run"), stdout=log, stderr=log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def said(self):
        with open(self.log) as file:
            return file.read()

    def until(self, true, seconds=30):
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"waited in vain; the daemon said:\n{self.said()}")
            time.sleep(0.05)
