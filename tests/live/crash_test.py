#!/usr/bin/env python3
"""The poller is killed (SIGKILL) a hundred times at random moments while pages arrive; what it kept in the end is what an undisturbed run keeps.

The tool is a scripted Request Tracker whose history grows between the kills, so that every poll has pages to read."""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from same_store import differences, doubled, rows
from scripted_rt import ScriptedRt, Story
from soc import Akashi, ROOT, rt_source

KILLS = 100
QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]


def unhurried_data(folder):
    """The products and rules as they are, but without the limit on requests per minute, which is about sparing real tools."""
    for part in ("connectors/products", "mappings/rules"):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
    path = os.path.join(folder, "connectors/products/rt/connector.yaml")
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write("".join("  requests_per_minute: 60000\n" if line.strip().startswith("requests_per_minute") else line for line in text.splitlines(True)))


def kill_one(akashi, tool, dice, typical_s):
    """Starts a poll and kills it after its first request, at a random moment within `typical_s`; gives whether it was still running."""
    asked = tool.asked
    poller = subprocess.Popen(akashi.command("poll", "--once"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while tool.asked == asked and poller.poll() is None:
        time.sleep(0.001)
    time.sleep(dice.random() * typical_s)
    was_running = poller.poll() is None
    poller.send_signal(signal.SIGKILL)
    poller.wait()
    return was_running


def main():
    seed = int(os.environ.get("AKASHI_CRASH_SEED", time.time()))
    print(f"AKASHI_CRASH_SEED={seed} repeats the kills' moments", flush=True)
    dice = random.Random(seed)
    story = Story(tickets=700)
    everything = story.shown
    data = tempfile.mkdtemp(prefix="akashi-data-")
    unhurried_data(data)
    with ScriptedRt(story) as tool:
        source = [rt_source(tool.url, "token", QUEUES)]
        with Akashi(source, {"token": "secret"}, data) as calm, Akashi(source, {"token": "secret"}, data) as killed:
            begun = time.monotonic()
            calm.poll()
            took_s = time.monotonic() - begun
            page_s = took_s / max(1, sum(row["pages"] for row in rows(calm.store, "poll")))
            if not rows(calm.store, "evidence_read"):
                sys.exit("the undisturbed poll kept no evidence")
            print(f"undisturbed: {len(rows(calm.store, 'activity_read'))} activities in {took_s:.1f} s, {tool.asked} requests, {page_s:.2f} s a page", flush=True)
            shutil.copy(os.path.join(calm.folder, "akashi.key"), killed.folder)  # the same pseudonyms
            hits = tries = 0
            while hits < KILLS:
                tries += 1
                if tries > 4 * KILLS:
                    sys.exit(f"only {hits} of {tries} kills met a running poller")
                story.shown = everything * min(hits + 1, KILLS) // KILLS
                hits += kill_one(killed, tool, dice, 6 * page_s)
            story.shown = everything
            interrupted = sum(1 for row in rows(killed.store, "poll") if row["ended"] is None)
            before_last = len(rows(killed.store, "activity_read"))
            killed.poll()
            found = differences(calm.store, killed.store) + doubled(killed.store)
            print(f"{hits} kills in {tries} polls, {interrupted} of them inside a stream; {before_last} activities kept before the last poll", flush=True)
            if found:
                sys.exit("the stores differ:\n" + "\n".join(found))
            if interrupted < KILLS // 4 or before_last < 100:
                sys.exit("too few kills met a page on its way: this run proves little")
    shutil.rmtree(data)


if __name__ == "__main__":
    main()
