#!/usr/bin/env python3
"""A real Request Tracker 5, polled, changed and polled again: what is kept equals what the server holds, nothing twice, and nothing is ever written to it."""
import json
import re
import sqlite3
import sys
import unittest
from contextlib import closing

from same_store import doubled, records, rows
from seeding import Api
from soc import Akashi, Server, rt_source
from spy import Spy

server = None
TICKET = "ObjectType = 'RT::Ticket'"


def ask(sql, *values):
    """The server's own database, read only."""
    database = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True, timeout=30)
    found = database.execute(sql, values).fetchall()
    database.close()
    return found


def rest(user, method, path, body=None):
    with closing(Api(server.url, lambda name: {"Authorization": "token " + server.tokens[name]})) as api:
        return api(user, method, "/REST/2.0" + path, body)


def acts_held(queues=None):
    """Numbers of the transactions that are somebody's act on a ticket: not mail records, not the second row of an owner change or of a merge."""
    sql = f"""select t.id from Transactions t join Tickets k on k.id = t.ObjectId join Queues q on q.id = k.Queue
              where {TICKET} and t.Type not in ('EmailRecord', 'CommentEmailRecord', 'SetWatcher')
                and not (t.Type = 'AddLink' and t.Field = 'MergedInto' and t.NewValue like '%/ticket/' || t.ObjectId)"""
    if queues:
        sql += " and t.Type != 'Comment' and q.Name in (%s)" % ",".join("?" * len(queues))
    return {number for (number,) in ask(sql, *(queues or []))}


def acts_kept(akashi):
    """Numbers of the transactions that activities of the ticket stream come from."""
    kept = set()
    for row in rows(akashi.store, "activity_read"):
        found = re.match(r"rt/transactions/\d+/(\d+)", row["uid"])
        if found:
            kept.add(int(found[1]))
    return kept


def tickets_held():
    return {f"rt:ticket/{number}" for (number,) in ask("select id from Tickets where Status != 'deleted' and id = EffectiveId")}


def full_reader(url):
    return Akashi([rt_source(url, "token")], {"token": server.tokens["collector"]})


class RequestTracker(unittest.TestCase):
    def equal_to_server(self, akashi):
        self.assertEqual(sorted(acts_held() - acts_kept(akashi)), [], "acts that the server holds and the store lacks")
        self.assertEqual(sorted(acts_kept(akashi) - acts_held()), [], "acts that the store holds and the server does not")
        cases = {row["id"]: row for row in rows(akashi.store, "case_read")}
        self.assertEqual(sorted(tickets_held() - cases.keys()), [])
        statuses = {f"rt:ticket/{number}": status for number, status in ask("select id, Status from Tickets where Status != 'deleted' and id = EffectiveId")}
        self.assertEqual({name: cases[name]["status"] for name in statuses}, statuses)
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        with Spy(server.url) as spy, full_reader(spy.url) as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertEqual(spy.writes(), [], "only reads may reach the tool")
            refused = [row for row in spy.seen if row[2] != 200 and not row[1].startswith("/REST/2.0/customfield/")]  # RT shows these only to who has the right everywhere
            self.assertEqual(refused, [])
            self.assertTrue(all(one["complete"] for one in akashi.json("coverage")["coverage"]))

            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            number = int(rest("helpdesk", "POST", "/ticket", {"Queue": "Incident Reports", "Subject": "odd mail", "Content": "see below", "ContentType": "text/plain"})["id"])
            rest("btanaka", "PUT", f"/ticket/{number}/take")
            rest("btanaka", "PUT", f"/ticket/{number}", {"Status": "open"})
            rest("cmori", "POST", f"/ticket/{number}/comment", {"Content": "Seen before.\nProcedure: IN-01 Intake of reports v1.0", "ContentType": "text/plain", "Status": "resolved"})
            akashi.poll()
            self.equal_to_server(akashi)
            after = records(akashi.store)
            self.assertTrue(set(before["activity_read"]) < set(after["activity_read"]), "what was kept stays as it was")

            other = ask("select max(id) from Tickets where Status = 'open' and id = EffectiveId")[0][0]
            rest("btanaka", "PUT", f"/ticket/{number}", {"MergeInto": other})
            akashi.poll()
            self.equal_to_server(akashi)
            merged = {row["id"]: row["merged_into"] for row in rows(akashi.store, "case_read")}
            self.assertEqual(merged[f"rt:ticket/{number}"], f"rt:ticket/{other}")
            self.assertEqual(spy.writes(), [], "only reads may reach the tool")

    def test_what_is_said_of_services(self):
        with full_reader(server.url) as akashi:
            akashi.poll()
            rungs = {one["service"]: one for one in akashi.json("findings")["findings"]}
            self.assertEqual(len(rungs), 64)
            self.assertEqual(rungs["D-2"]["rung"], 5, rungs["D-2"])   # IR-01 1.1 was approved by the CISO and others worked from it afterwards
            self.assertLessEqual(rungs["D-4"]["rung"], 4, rungs["D-4"])   # CO-01 was approved by its own author only
            self.assertLessEqual(rungs["D-5"]["rung"], 2, rungs["D-5"])   # one person, no procedure
            self.assertEqual(rungs["B-1"]["rung"], None, rungs["B-1"])    # nothing connected can see it
            for lang in ("en", "ja"):
                text = akashi.run("explain", "D-2", "--lang", lang).stdout
                self.assertIn("D-2", text)
            used = akashi.json("evidence")["evidence"]
            self.assertTrue(used)
            bots = [one for one in used if one["actor_kind"] != "human" and one["kind"] == "exercise"]
            self.assertTrue(all(one["actor_kind"] == "automation" for one in bots), bots)

    def test_a_reader_with_few_rights(self):
        with Akashi([rt_source(server.url, "token")], {"token": server.tokens["restricted"]}) as akashi:
            akashi.poll(codes=(0, 3))
            self.assertEqual(sorted(acts_kept(akashi) - acts_held(["Incident Reports", "Incidents"])), [])
            self.assertEqual(sorted(acts_held(["Incident Reports", "Incidents"]) - acts_kept(akashi)), [])
            tickets = [one for one in akashi.json("coverage")["coverage"] if one["stream"] == "transactions"]
            self.assertTrue(tickets)
            self.assertFalse(any(one["complete"] for one in tickets), "hidden queues and comments: nothing may be called complete")
            self.assertIn("visible", " ".join(one["why"] for one in tickets))
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)
                self.assertNotEqual(one["rung"], 1, one)

    def test_what_rt_tells_of_the_accounts_rights(self):
        with full_reader(server.url) as akashi:
            rights = akashi.json("check", "--connect")["sources"][0]["rights"]
            self.assertTrue(rights)
            self.assertEqual([(one["told"], one["missing"], one["more_than_needed"]) for one in rights], [(True, [], [])] * len(rights), rights)
        with Akashi([rt_source(server.url, "token")], {"token": server.tokens["asato"]}) as akashi:  # one who works in RT must not lend us the account
            checked = json.loads(akashi.run("check", "--connect", "--json", codes=(0, 3)).stdout)
            self.assertEqual({right for one in checked["sources"][0]["rights"] for right in one["more_than_needed"]}, {"CreateTicket"})

    def test_a_wrong_token(self):
        with Spy(server.url) as spy, Akashi([rt_source(spy.url, "token")], {"token": "1-41-0123456789abcdef"}) as akashi:
            said = akashi.poll(codes=(3,))
            self.assertIn("401", said.stdout + said.stderr)
            self.assertLessEqual(len(spy.seen), 3, "no hammering with a refused token")
            state = akashi.json("status")["sources"][0]
            self.assertEqual((state["state"], state["error_kind"]), ("broken", "auth"), state)
            self.assertNotIn("0123456789abcdef", json.dumps(state) + said.stdout + said.stderr)


if __name__ == "__main__":
    with Server("rt") as server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
