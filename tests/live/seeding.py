"""Seeding through a server's own API while its clock is moved: events are done in the order of their times."""
import heapq
import http.client
import json
import sys
import time
import urllib.parse


class Api:
    """JSON over one kept connection; `headers(user)` gives the credentials."""

    def __init__(self, base, headers):
        self.host = urllib.parse.urlsplit(base).netloc
        self.headers = headers
        self.connection = None
        self.calls = 0

    def close(self):
        if self.connection is not None:
            self.connection.close()

    def ids(self, user, path, what):
        """Name (or login) → id of the rows of a Redmine list."""
        return {row.get("name") or row["login"]: row["id"] for row in self(user, "GET", path)[what]}

    def __call__(self, user, method, path, body=None):
        self.calls += 1
        headers = {"Accept": "application/json", **self.headers(user)}
        data = None
        if method != "GET":  # RT answers 415 to an empty PUT without a type
            headers["Content-Type"] = "application/json"
            data = json.dumps(body) if body is not None else None
        for attempt in range(3):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, timeout=60)
                self.connection.request(method, path, data, headers)
                answer = self.connection.getresponse()
                text = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection = None
                if attempt == 2:
                    raise
        if answer.status >= 400:
            sys.exit(f"seeding: {method} {path} as {user}: {answer.status} {text[:300]!r}")
        return json.loads(text) if text.strip() else None


class Timeline:
    """`at(days_ago, hours, action, *arguments)`; `run()` does all, moving the clock file (seconds to add to the real time) along."""

    def __init__(self, clock_file, days):
        self.now = time.time()
        self.clock_file = clock_file
        midnight = self.now - self.now % 86400
        self.start = midnight - days * 86400
        self.days = days
        self.queue = []
        self.added = 0
        self.time = self.start

    def at(self, days_ago, hours, action, *arguments):
        """At `hours` o'clock (UTC), `days_ago` days before today."""
        self.when(self.start + (self.days - days_ago) * 86400 + hours * 3600, action, *arguments)

    def later(self, hours, action, *arguments):
        """So many hours after the event that is being done."""
        self.when(self.time + hours * 3600, action, *arguments)

    def when(self, moment, action, *arguments):
        self.added += 1
        heapq.heappush(self.queue, (min(moment, self.now - 60), self.added, action, arguments))

    def set_clock(self, moment):
        with open(self.clock_file, "w") as file:
            file.write("%+d\n" % int(moment - time.time()))

    def run(self):
        while self.queue:
            self.time, _, action, arguments = heapq.heappop(self.queue)
            self.set_clock(self.time)
            action(*arguments)
        with open(self.clock_file, "w") as file:
            file.write("+0\n")
