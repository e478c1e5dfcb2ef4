#!/usr/bin/env python3
"""The store's disk is really full: it is said, nothing half is kept, and reading goes on where it stood when there is room again."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from same_store import differences, doubled
from scripted_rt import ScriptedRt, Story
from soc import Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]
SMALL_KB, LARGE_KB = 640, 64 * 1024


def mount(*arguments):
    return subprocess.run(["mount", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


class FullDisk(unittest.TestCase):
    def setUp(self):
        self.story = Story(150)

    def test_reading_goes_on_when_there_is_room(self):
        with ScriptedRt(self.story, 0) as tool:
            source = [rt_source(tool.url, "token", QUEUES)]
            with Akashi(source, {"token": "secret"}) as undisturbed, Akashi(source, {"token": "secret"}) as small:
                undisturbed.poll()
                shutil.copy(os.path.join(undisturbed.folder, "akashi.key"), small.folder)  # the same pseudonyms
                disk = os.path.dirname(small.store)
                kept = {path: path.read_bytes() for path in pathlib.Path(disk).iterdir()}
                if not mount("-t", "tmpfs", "-o", f"size={SMALL_KB}k", "akashi-test", disk):
                    print("skipped: a small disk cannot be mounted here (it needs root)")
                    sys.exit(77)
                try:
                    for path, content in kept.items():
                        path.write_bytes(content)
                        path.chmod(0o600)
                    said = small.poll(codes=(4,))
                    self.assertIn("no room left for the store", said.stdout + said.stderr)
                    self.assertLess(shutil.disk_usage(disk).free, 256 * 1024, "the disk was really full")
                    self.assertEqual(doubled(small.store), [])
                    self.assertTrue(mount("-o", f"remount,size={LARGE_KB}k", disk))
                    small.poll()
                    self.assertEqual(differences(undisturbed.store, small.store), [])
                    self.assertEqual(doubled(small.store), [])
                finally:
                    subprocess.run(["umount", disk], check=True)


if __name__ == "__main__":
    done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
