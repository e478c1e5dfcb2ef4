#!/usr/bin/env python3
"""Everything that can go wrong while a list is read, in six dialects of lists: while it lasts nothing is said about absence, and when it has ended the
store is equal to that of an undisturbed run, record by record."""
import concurrent.futures
import email.utils
import os
import shutil
import sys
import tempfile
import time
import traceback

import desk as faults
from desk import Desk, feed
from same_store import differences, doubled
from soc import HERE, ROOT, Akashi

ABSENCE = ("unexercised", "no_demand", "late", "missed_demand")
EVENTS = feed()

# name: (the fault, how long it lasts in list requests of a stream, what it leads to)
#   broken    the poll fails, and says so
#   partial   the poll ends, and the coverage says why it is not whole
#   harmless  the poll ends well: the engine gets round it
FAULTS = {
    "429 with seconds": (faults.too_many(lambda: "1"), 2, "harmless"),
    "429 with a date": (faults.too_many(lambda: email.utils.formatdate(time.time() + 2, usegmt=True)), 2, "harmless"),
    "429 for ever, an hour each": (faults.too_many(lambda: "3600"), None, "broken"),
    "500": (faults.status(500), None, "broken"),
    "two 503": (faults.status(503), 2, "harmless"),
    "stall": (faults.stall, None, "broken"),
    "slow drip": (faults.slow_drip, None, "broken"),
    "connection reset": (faults.reset, None, "broken"),
    "one connection reset": (faults.reset, 1, "harmless"),
    "truncated": (faults.truncated, None, "broken"),
    "cut inside the header": (faults.cut_in_the_header, None, "broken"),
    "empty body": (lambda *_: faults.Answer(None, raw=b""), None, "broken"),
    "gzip bomb": (faults.gzip_bomb, None, "broken"),
    "301 to another host": (faults.status(301, Location="http://192.0.2.1/pages"), None, "broken"),
    "308 to another host": (faults.status(308, Location="http://192.0.2.1/pages"), None, "broken"),
    "next page on another host": (faults.elsewhere, None, "broken"),
    "the same page again and again": (faults.same_page_again, None, "broken"),
    "a list that never ends": (faults.never_ends, None, "broken"),
    "hidden failed shards": (faults.shards_fail, None, "broken"),
    "a web page": (faults.wrong_type, None, "broken"),
    "10,000 deep": (faults.deep, None, "broken"),
    "40 MB": (faults.huge, None, "broken"),
    "sessions that end in the middle": (faults.forgets_sessions(5), None, "harmless"),
    "empty pages in the middle": (faults.empty_in_the_middle, None, "harmless"),
    "reordered pages": (faults.reordered, None, "harmless"),
    "every record twice": (faults.duplicated, None, "harmless"),
    "401 for ever": (faults.status(401), None, "broken"),
    "403": (faults.status(403), None, "broken"),
    "404": (faults.status(404), None, "broken"),
}
# What a fault brings besides what it breaks: these make up records of their own, which stay (they were really answered).
MAKES_UP = {"a list that never ends"}


def data_folder():
    folder = tempfile.mkdtemp(prefix="akashi-desk-")
    os.makedirs(os.path.join(folder, "products"))
    shutil.copytree(os.path.join(HERE, "desk"), os.path.join(folder, "products", "desk"))
    os.symlink(os.path.join(ROOT, "mappings", "rules"), os.path.join(folder, "rules"))
    return folder


DATA = data_folder()


def configured(url):
    source = (f"  - name: desk\n    connector: desk\n    url: {url}\n    auth: {{scheme: session, user: reader, file: secret}}\n    timeout: 5s\n"
              "    start: 380d\n")
    return Akashi([source], {"secret": "hush-4711"}, data=DATA)


def lasting(fault, requests):
    """The fault for the first requests of each stream, or for ever."""
    return lambda desk, request, answer: fault(desk, request, answer) if requests is None or desk.asked[request.stream] <= requests else answer


def undisturbed(akashi):
    with Desk(EVENTS) as tool:
        with configured(tool.url) as calm:
            shutil.copy(os.path.join(akashi.folder, "akashi.key"), calm.folder)
            calm.poll()
            kept = os.path.join(akashi.folder, "undisturbed.db")
            shutil.copy(calm.store, kept)
            return kept


def said_of_absence(akashi):
    return [(one["service"], one["state"]) for one in akashi.json("findings")["findings"] if one["state"] in ABSENCE]


def expect(truth, sentence):
    if not truth:
        raise AssertionError(sentence)


def one(name):
    fault, requests, leads_to = FAULTS[name]
    with Desk(EVENTS) as tool, configured(tool.url) as akashi:
        tool.fault = lasting(fault, requests)
        said = akashi.poll(codes=(0,) if leads_to == "harmless" else (0, 3))
        status = akashi.json("status")["sources"][0]
        expect("hush-4711" not in said.stdout + said.stderr + str(status), "the secret was said")
        if leads_to == "broken":
            expect(said.returncode == 3 and status["state"] == "broken", f"it should be broken: {status['state']}\n{said.stdout}{said.stderr}")
            expect(status["error"] and "\n" not in status["error"], "it says why in one sentence")
            expect(not said_of_absence(akashi), f"something is said of absence: {said_of_absence(akashi)}")
        tool.fault = None
        akashi.poll()
        if leads_to == "broken":
            expect(akashi.json("status")["sources"][0]["state"] == "read", "it is read again when the fault has ended")
        expect(not doubled(akashi.store), f"doubled: {doubled(akashi.store)}")
        differ = differences(undisturbed(akashi), akashi.store)
        if name not in MAKES_UP:
            expect(not differ, "\n".join(differ)[:1500])
        expect(said_of_absence(akashi), "with everything read, silence can be told again")
        return status["error"]


def clock_ahead(seconds):
    """A tool whose clock is off: its own time decides how far reading may vouch, and records are not lost."""
    with Desk(EVENTS) as tool, configured(tool.url) as akashi:
        tool.ahead_s = seconds
        akashi.poll()
        tool.ahead_s = 0
        akashi.poll()
        differ = differences(undisturbed(akashi), akashi.store)
        expect(not differ, "\n".join(differ)[:1500])
        return f"clock {seconds} s off"


def changing():
    """Records that change while they are paged: an event is added between two pages of every list; it is read once, now or at the next poll."""
    events = feed()
    with Desk(events) as tool, configured(tool.url) as akashi:
        def fault(desk, request, answer):
            if desk.asked[request.stream] == 2 and not desk.__dict__.get("added"):
                desk.added = True
                late = {**events[-1], "id": events[-1]["id"] + 1, "kind": "noted", "at": faults.stamp(time.time() - 1800)}
                events.append(late)
            return answer
        tool.fault = fault
        akashi.poll()
        tool.fault = None
        akashi.poll()
        expect(not doubled(akashi.store), f"doubled: {doubled(akashi.store)}")
        with configured(tool.url) as calm:
            shutil.copy(os.path.join(akashi.folder, "akashi.key"), calm.folder)
            calm.poll()
            differ = differences(calm.store, akashi.store)
        expect(not differ, "\n".join(differ)[:1500])
        return "read once"


def main():
    wanted = sys.argv[1:]
    work = {name: (lambda name=name: one(name)) for name in FAULTS}
    work |= {"a clock two hours ahead": lambda: clock_ahead(7200), "a clock two hours behind": lambda: clock_ahead(-7200), "records that change meanwhile": changing}
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        running = {pool.submit(run): name for name, run in work.items() if not wanted or name in wanted}
        for done in concurrent.futures.as_completed(running):
            try:
                print(f"ok    {running[done]}: {str(done.result())[:160]}", flush=True)
            except Exception as error:
                failed += 1
                print(f"WRONG {running[done]}: {error if isinstance(error, AssertionError) else traceback.format_exc()}", flush=True)
    shutil.rmtree(DATA, ignore_errors=True)
    print(f"{len(running)} faults, {failed} of them not borne")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
