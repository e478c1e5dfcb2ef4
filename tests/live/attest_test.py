#!/usr/bin/env python3
"""`akashi attest`: what no tool holds, entered by name: it counts, marked, until it is withdrawn; and what may not be entered."""
import datetime
import os
import sqlite3
import tempfile
import unittest

from scripted_rt import ScriptedRt, Story
from soc import Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]


def days_ago(count):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=count)).strftime("%Y-%m-%d")


class Attesting(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rt = ScriptedRt(Story(40), 0)
        cls.rt.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.rt.__exit__()

    def setUp(self):
        self.akashi = Akashi([rt_source(self.rt.url, "token", QUEUES)], {"token": "secret"})
        self.addCleanup(self.akashi.__exit__)
        with open(self.akashi.config) as file:
            text = file.read()
        more = "  B-1: {assignment: outsource, provider: Watch K.K., owner: Bunta Tanaka}\n  D-5: {assignment: insource, team: csirt}\n"
        with open(self.akashi.config, "w") as file:
            file.write(text.replace("services:\n", "services:\n" + more))
        self.akashi.poll()

    def attest(self, kind, *more, codes=(0,)):
        return self.akashi.run("attest", kind, "--as", "Eiko Hayashi", "--lang", "en", *more, codes=codes)

    def finding(self, service):
        return next(one for one in self.akashi.json("findings")["findings"] if one["service"] == service)

    def refused(self, sentence, kind, *more):
        self.assertIn(sentence, self.attest(kind, *more, codes=(1,)).stderr)

    def test_a_drill_of_two_people_counts_marked_until_it_is_withdrawn(self):
        before = self.finding("D-5")["rung"]
        self.attest("drill", "--service", "D-5", "--who", "Aiko Sato", "--who", "Bunta Tanaka", "--when", days_ago(3))
        finding = self.finding("D-5")
        self.assertEqual(finding["rung"], 3)
        told = self.akashi.json("explain", "D-5")["findings"][0]
        carried = [item for item in told["sufficient"] if item.get("attested")]
        self.assertTrue(carried)
        self.assertNotEqual(finding["confidence"], "high")
        self.assertIn("(attested)", self.akashi.run("explain", "D-5", "--lang", "en").stdout)
        self.assertIn("(申告)", self.akashi.run("explain", "D-5", "--lang", "ja").stdout)

        listed = self.akashi.json("attest", "list")["attestations"]
        self.assertEqual([(one["kind"], one["services"], one["by"], one["holds"]) for one in listed], [("drill", ["D-5"], "Eiko Hayashi", True)])
        self.assertNotIn("Aiko Sato", str(listed))  # people are pseudonyms, here too
        self.akashi.run("attest", "withdraw", "1", "--as", "Eiko Hayashi", "--because", "it was a talk")
        self.assertEqual(self.finding("D-5")["rung"], before)
        self.assertFalse(self.akashi.json("attest", "list")["attestations"][0]["holds"])
        again = self.akashi.run("attest", "withdraw", "1", "--as", "Eiko Hayashi", "--because", "twice", codes=(1,))
        self.assertIn("withdrawn already", again.stderr)

    def test_the_outsourced_ladder_from_a_sheet_of_paper(self):
        self.assertIsNone(self.finding("B-1")["rung"])
        for kind in ("description", "expectation"):
            self.attest(kind, "--service", "B-1", "--title", f"SOC {kind}", "--version", "1", "--owner", "Bunta Tanaka", "--when", days_ago(60))
        self.attest("report", "--service", "B-1", "--reference", "R-10", "--title", "October", "--when", days_ago(10))
        self.assertIsNone(self.finding("B-1")["rung"])  # it is still in time to be looked at
        self.attest("review", "--service", "B-1", "--reference", "R-10", "--who", "Bunta Tanaka", "--when", days_ago(8))
        self.assertEqual(self.finding("B-1")["rung"], 3)
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as minutes:
            minutes.write("twelve alerts, twelve of ours")
            minutes.flush()
            self.attest("review", "--service", "B-1", "--reference", "R-10", "--who", "Bunta Tanaka", "--note", "block list to be reviewed",
                        "--verdict", "met", "--checked", "--file", minutes.name)
        self.assertEqual(self.finding("B-1")["rung"], 5)
        digest = self.akashi.json("attest", "list")["attestations"][-1]["digest"]
        self.assertEqual(len(digest), 64)

    def test_what_may_not_be_entered_is_refused_with_a_way_out(self):
        drill = ("--service", "D-5", "--who", "Aiko Sato")
        self.refused('"Aiko Sata" is not on the roster; did you mean "Aiko Sato"?', "drill", "--service", "D-5", "--who", "Aiko Sata")
        self.refused('"Automation" is no person of the house', "drill", "--service", "D-5", "--who", "Automation")
        self.refused("that day has not come yet", "drill", *drill, "--when", days_ago(-2))
        self.refused('"soon" is no day', "drill", *drill, "--when", "soon")
        self.refused("it has expired already", "drill", *drill, "--when", days_ago(400))
        self.refused("more than two years", "drill", *drill, "--until", days_ago(-900))
        self.refused("does not say who", "drill", "--service", "D-5")
        self.refused("needs its title and its version", "procedure", *drill)
        self.refused("without a verdict", "approval", *drill, "--title", "IR-01", "--version", "1")
        self.refused("only approvals and reviews have a verdict", "drill", *drill, "--verdict", "met")
        self.refused("a review names its report", "review", *drill)
        self.refused("Z-9", "drill", "--service", "Z-9", "--who", "Aiko Sato")
        self.refused("cannot be read", "drill", *drill, "--file", os.path.join(self.akashi.folder, "nothing.pdf"))
        self.assertEqual(self.akashi.json("attest", "list")["attestations"], [])

    def test_what_was_entered_can_not_be_changed_in_the_store(self):
        self.attest("roster", "--service", "D-5", "--who", "Aiko Sato")
        with sqlite3.connect(self.akashi.store) as store:
            for statement in ("UPDATE attestation SET by = 'x'", "DELETE FROM attestation"):
                with self.assertRaisesRegex(sqlite3.Error, "append-only"):
                    store.execute(statement)
        self.assertIn("on duty", self.akashi.run("explain", "D-5", "--lang", "en").stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
