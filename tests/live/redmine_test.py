#!/usr/bin/env python3
"""A real Redmine 5, polled, changed and polled again: what is kept equals what the server holds, nothing twice, and nothing is ever written to it."""
import re
import sqlite3
import sys
import time
import unittest
from contextlib import closing

from same_store import doubled, records, rows
from seeding import Api
from soc import Akashi, Server, redmine_source
from spy import Spy

server = None
LAG_S = 120  # the descriptor's: Redmine's clock is not told, so what is younger is neither read nor covered


def ask(sql, *values):
    """The server's own database, read only."""
    database = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True, timeout=30)
    found = database.execute(sql, values).fetchall()
    database.close()
    return found


def rest(user, method, path, body=None):
    with closing(Api(server.url, lambda name: {"X-Redmine-API-Key": server.tokens[name]})) as api:
        return api(user, method, path, body)


def journals_held(private=True):
    rule = "" if private else " and j.private_notes = 0 and i.is_private = 0"
    return {number for (number,) in ask("select j.id from journals j join issues i on i.id = j.journalized_id where j.journalized_type = 'Issue'" + rule)}


def journals_kept(akashi):
    found = (re.match(r"redmine/issues/\d+/(\d+)", row["uid"]) for row in rows(akashi.store, "activity_read"))
    return {int(one[1]) for one in found if one}


def issues_held(private=True):
    return {number: status for number, status in ask("select i.id, s.name from issues i join issue_statuses s on s.id = i.status_id" + ("" if private else " where is_private = 0"))}


def pages_kept(akashi):
    return {(row["id"].split("/")[-1], row["version"]) for row in rows(akashi.store, "document_read")}


def stamp(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def full_reader(url):
    return Akashi([redmine_source(url, "key")], {"key": server.tokens["collector"]})


class Redmine(unittest.TestCase):
    def equal_to_server(self, akashi, private=True):
        self.assertEqual(sorted(journals_held(private) - journals_kept(akashi)), [], "journals that the server holds and the store lacks")
        self.assertEqual(sorted(journals_kept(akashi) - journals_held(private)), [], "journals that the store holds and the server does not")
        cases = {row["id"]: row["status"] for row in rows(akashi.store, "case_read")}
        self.assertEqual(cases, {f"redmine:issue/{number}": status for number, status in issues_held(private).items()})
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        with Spy(server.url) as spy, full_reader(spy.url) as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertTrue({("Incident_handling", "1"), ("Incident_handling", "2"), ("Answering_inquiries", "1")} <= pages_kept(akashi), pages_kept(akashi))
            self.assertEqual(spy.writes(), [], "only reads may reach the tool")

            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            tracker = {row["name"]: row["id"] for row in rest("admin", "GET", "/trackers.json")["trackers"]}
            status = {row["name"]: row["id"] for row in rest("admin", "GET", "/issue_statuses.json")["issue_statuses"]}
            number = rest("asato", "POST", "/issues.json", {"issue": {"project_id": "csirt", "tracker_id": tracker["Incident"], "subject": "new one"}})["issue"]["id"]
            rest("btanaka", "PUT", f"/issues/{number}.json", {"issue": {"status_id": status["Triage"], "notes": "Handled as [[Incident_handling]] says."}})
            rest("btanaka", "PUT", f"/issues/{number}.json", {"issue": {"notes": "内部メモ", "private_notes": True}})
            rest("cmori", "PUT", "/projects/csirt/wiki/Answering_inquiries.json", {"wiki_page": {"text": "---\nid: RM-Q\nservices: B-4\nowner: cmori\nversion: 2\n---\nnew", "comments": "2"}})
            akashi.poll()
            self.assertLess(max(one["to"] for one in akashi.json("coverage")["coverage"] if one["stream"] == "issues"), stamp(time.time() - LAG_S + 5))
            time.sleep(LAG_S + 3)
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertIn(("Answering_inquiries", "2"), pages_kept(akashi))
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertEqual(spy.writes(), [], "only reads may reach the tool")
            self.assertNotIn(server.tokens["collector"], str(records(akashi.store)))

    def test_a_reader_with_few_rights(self):
        with Akashi([redmine_source(server.url, "key")], {"key": server.tokens["restricted"]}) as akashi:
            akashi.poll(codes=(0, 3))
            self.equal_to_server(akashi, private=False)
            issues = [one for one in akashi.json("coverage")["coverage"] if one["stream"] == "issues"]
            self.assertTrue(issues)
            self.assertFalse(any(one["complete"] for one in issues), "private notes are hidden: nothing may be called complete")
            self.assertIn("private", " ".join(one["why"] for one in issues))

    def test_a_stranger_is_told_which_right_is_missing(self):
        with Akashi([redmine_source(server.url, "key")], {"key": server.tokens["outsider"]}) as akashi:
            said = akashi.poll(codes=(3,))
            self.assertIn("403", said.stdout + said.stderr)
            self.assertEqual(akashi.json("status")["sources"][0]["state"], "broken")
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)

    def test_what_redmine_tells_of_the_accounts_rights(self):
        with Akashi([redmine_source(server.url, "key")], {"key": server.tokens["collector"]}) as akashi:
            (rights,) = akashi.json("check", "--connect")["sources"][0]["rights"]
            self.assertEqual((rights["has"], rights["missing"], rights["more_than_needed"]), (["no administrator"], [], []))


if __name__ == "__main__":
    with Server("redmine") as server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
