#!/usr/bin/env python3
"""alone.py BUILD_FOLDER: every source of the house by itself, with all warnings as errors. The build compiles ten at a time, which would hide an include
that a source lacks because another one has it, and cannot be asked for the whole of -Wshadow."""
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLOORS = tuple(os.path.join(top, floor) + os.sep for floor in ("core", "connectors", "mappings", "collector"))


def commands(folder):
    """[source, command that only looks at it]"""
    with open(os.path.join(folder, "compile_commands.json")) as file:
        units = json.load(file)
    for unit in units:
        words = [word for word in shlex.split(unit["command"]) if not word.endswith("ccache") and not word.startswith("-Wshadow")]
        at = words.index("-o")
        del words[at:at + 2]
        words = words[:words.index("-c")] + ["-fsyntax-only", "-Wshadow", "-Werror"]
        sources = [unit["file"]]
        if unit["file"].endswith(".cxx"):
            with open(unit["file"]) as file:
                sources = re.findall(r'^#include "(.*)"$', file.read(), re.M)
        for source in sources:
            if source.startswith(FLOORS):
                yield source, words + [source]


def look(job):
    source, command = job
    done = subprocess.run(command, cwd=sys.argv[1], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return source, done.returncode, done.stdout


jobs = sorted(dict(commands(sys.argv[1])).items())
if not jobs:
    sys.exit("no source of the house is in " + os.path.join(sys.argv[1], "compile_commands.json"))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    wrong = [done for done in pool.map(look, jobs) if done[1]]
for source, _, said in wrong:
    print(os.path.relpath(source, top) + "\n" + "\n".join(said.splitlines()[:12]))
print(f"{len(jobs)} sources, {len(wrong)} wrong by themselves")
sys.exit(1 if wrong else 0)
