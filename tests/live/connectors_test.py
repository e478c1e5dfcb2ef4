#!/usr/bin/env python3
"""`akashi connectors`: what can be read, what a source holds, and a product's skeleton; none of it keeps anything."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

from scripted_rt import ScriptedRt, Story
from soc import PROGRAM, Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]


def connectors(*arguments, codes=(0,)):
    done = subprocess.run([PROGRAM, "connectors", *arguments, "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    if done.returncode not in codes:
        raise AssertionError(f"ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


class Products(unittest.TestCase):
    def test_every_product_is_listed_and_can_be_shown(self):
        listed = json.loads(connectors("list", "--json").stdout)["products"]
        self.assertIn("rt", [one["product"] for one in listed])
        for one in listed:
            self.assertGreater(one["cases"], 0, one["product"])
            shown = json.loads(connectors("show", one["product"], "--json").stdout)
            self.assertTrue(shown["permissions"] and shown["docs"] and shown["blind_spots"], one["product"])
        self.assertIn('did you mean "redmine"?', connectors("show", "redmnie", codes=(1,)).stderr)

    def test_a_skeleton_loads_and_its_case_holds(self):
        with tempfile.TemporaryDirectory() as folder:
            connectors("new", "acme-desk", "--dir", folder)
            case = os.path.join(folder, "acme-desk", "cases", "first_contact")
            replayed = subprocess.run([PROGRAM, "replay", case], stdout=subprocess.PIPE, text=True, timeout=60)
            self.assertEqual(replayed.returncode, 0, replayed.stdout)
            with open(os.path.join(case, "expected.jsonl")) as expected:
                self.assertIn('"activity":"acme-desk/tickets/1/opened"', expected.read())
            self.assertIn("is there already", connectors("new", "acme-desk", "--dir", folder, codes=(1,)).stderr)
            self.assertIn("no name of a product", connectors("new", "../etc", "--dir", folder, codes=(1,)).stderr)


class OneSource(unittest.TestCase):
    def setUp(self):
        self.rt = ScriptedRt(Story(40), 0)
        self.rt.__enter__()
        self.addCleanup(self.rt.__exit__)
        self.akashi = Akashi([rt_source(self.rt.url, "token", QUEUES)], {"token": "secret"})
        self.addCleanup(self.akashi.__exit__)

    def test_try_shows_activities_and_keeps_nothing(self):
        said = json.loads(self.akashi.run("connectors", "try", "rt", "--json").stdout)
        transactions = next(one for one in said["streams"] if one["stream"] == "transactions")
        self.assertEqual(transactions["error"], "")
        self.assertTrue(transactions["activities"])
        self.assertTrue(all(one["actor"].startswith("u-") for one in transactions["activities"]), "people stay pseudonyms")
        self.assertFalse(os.path.exists(self.akashi.store))

    def test_survey_counts_what_the_tool_holds(self):
        said = json.loads(self.akashi.run("connectors", "survey", "rt", "--days", "400", "--json").stdout)
        self.assertTrue(said["whole"])
        self.assertEqual(said["cases"], 40)
        self.assertEqual(sum(said["values"]["place"].values()), 40)
        self.assertIn('when: {place: "Incidents"}', said["classify_draft"])
        self.assertFalse(os.path.exists(self.akashi.store))

    def test_check_says_what_the_account_lacks(self):
        self.akashi.run("connectors", "check", "rt")
        self.rt.answer = lambda *_: (403, {"message": "Forbidden"})
        refused = json.loads(self.akashi.run("connectors", "check", "rt", "--json", codes=(3,)).stdout)
        self.assertFalse(refused["ok"])
        self.assertTrue(any("ShowTicket" in line["text"] for line in refused["lines"]))

    def test_a_source_that_is_not_there(self):
        self.assertIn('no source is called "rtt"', self.akashi.run("connectors", "try", "rtt", codes=(1,)).stderr)


if __name__ == "__main__":
    done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
