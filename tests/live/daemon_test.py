#!/usr/bin/env python3
"""The daemon: polls by itself, ends cleanly within five seconds of SIGTERM even while a tool stalls, keeps its config when the new one is wrong, and is alone on its store."""
import signal
import subprocess
import sys
import unittest

from daemon import Daemon
from same_store import rows
from scripted_rt import ScriptedRt, Story
from soc import Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]


def count(akashi):
    try:
        return len(rows(akashi.store, "activity_read"))
    except Exception:  # not made yet
        return 0


class TheDaemon(unittest.TestCase):
    def setUp(self):
        self.story = Story(40)
        self.tool = ScriptedRt(self.story, 0).__enter__()
        self.source = rt_source(self.tool.url, "token", QUEUES).replace("    params:", "    interval: 1s\n    params:")
        self.akashi = Akashi([self.source], {"token": "secret"})

    def tearDown(self):
        self.akashi.__exit__()
        self.tool.__exit__()

    def test_polls_by_itself_and_ends_on_sigterm(self):
        everything = self.story.shown
        self.story.shown = everything // 2
        with Daemon(self.akashi) as daemon:
            daemon.until(lambda: count(self.akashi) > 0)
            half = count(self.akashi)
            self.story.shown = everything
            daemon.until(lambda: count(self.akashi) > half)
            self.assertTrue(self.akashi.json("status")["daemon"])
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.process.wait(5), 0, daemon.said())
        self.assertFalse(self.akashi.json("status")["daemon"])

    def test_ends_on_sigterm_while_the_tool_stalls(self):
        self.tool.delay_s = 60
        with Daemon(self.akashi) as daemon:
            daemon.until(lambda: self.tool.asked > 0)
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.process.wait(5), 0, daemon.said())

    def test_a_second_one_on_the_same_store_is_refused(self):
        with Daemon(self.akashi) as daemon:
            daemon.until(lambda: count(self.akashi) > 0)
            second = subprocess.run(self.akashi.command("run"), capture_output=True, text=True, timeout=20)
            self.assertNotEqual(second.returncode, 0)
            self.assertIn("akashi.db", second.stdout + second.stderr)
            self.assertIsNone(daemon.process.poll())

    def test_a_wrong_config_is_not_taken(self):
        with open(self.akashi.config) as file:
            good = file.read()
        with Daemon(self.akashi) as daemon:
            daemon.until(lambda: count(self.akashi) > 0)
            with open(self.akashi.config, "w") as file:
                file.write(good.replace("sources:", "sauces:"))
            daemon.process.send_signal(signal.SIGHUP)
            daemon.until(lambda: "sauces" in daemon.said())
            asked = self.tool.asked
            daemon.until(lambda: self.tool.asked > asked)  # it goes on with the old one
            with open(self.akashi.config, "w") as file:
                file.write(good)
            daemon.process.send_signal(signal.SIGHUP)
            asked = self.tool.asked
            daemon.until(lambda: self.tool.asked > asked + 2)
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.process.wait(5), 0, daemon.said())


if __name__ == "__main__":
    done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
