#!/usr/bin/env python3
"""A real Icinga 2, polled, changed and polled again: states, acknowledgements, comments and downtimes, nothing twice; what a reader may not see is never "nothing"."""
import base64
import json
import re
import ssl
import sys
import unittest
import urllib.request

from same_store import doubled, records, rows
from soc import Akashi, Server

server = None


def source(user, streams=None):
    only = f"    streams: [{', '.join(streams)}]\n" if streams else ""
    return (f"  - name: icinga\n    connector: icinga2\n    url: {server.url}\n    auth: {{scheme: basic, user: {user}, file: secret}}\n"
            f"    tls: {{ca: {server.database}}}\n{only}")


def reader(user, streams=None):
    return Akashi([source(user, streams)], {"secret": server.tokens[user]})


def api(path, body=None):
    user = base64.b64encode(b"root:" + server.tokens["root"].encode()).decode()
    request = urllib.request.Request(server.url + "/v1" + path, None if body is None else json.dumps(body).encode(),
                                     {"Authorization": "Basic " + user, "Accept": "application/json", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=server.database), timeout=30) as answer:
        return json.load(answer)["results"]


def check(kind, name, state, output):
    result = api("/actions/process-check-result", {kind: name, "exit_status": state, "plugin_output": output})
    assert [one["code"] for one in result] == [200.0], result


def kept(akashi, stream):
    return {row["uid"].split(f"icinga/{stream}/")[1] for row in rows(akashi.store, "activity_read") if row["uid"].startswith(f"icinga/{stream}/")}


def names(akashi, stream):
    return {re.match(r"[a-z]+/(.+)/[^/]+$", one)[1] for one in kept(akashi, stream)}


class Icinga(unittest.TestCase):
    def equal_to_server(self, akashi, removed=frozenset()):
        comments = {one["name"] for one in api("/objects/comments") if one["attrs"]["entry_type"] in (1, 4)}
        self.assertEqual(names(akashi, "comments"), comments | removed)
        self.assertEqual(names(akashi, "downtimes"), {one["name"] for one in api("/objects/downtimes")})
        words = {0: "ok", 1: "problem", 2: "problem", 3: "problem"}
        held = {f"icinga:service/{one['name']}": "acknowledged" if one["attrs"]["acknowledgement"] and one["attrs"]["state"] else words[one["attrs"]["state"]]
                for one in api("/objects/services")}
        cases = {row["id"]: row["status"] for row in rows(akashi.store, "case_read")}
        self.assertEqual({name: cases.get(name) for name in held}, held)
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        for i in range(6):
            check("host", f"sensor-{i}", 0, "up")
            check("service", f"sensor-{i}!heartbeat", (0, 2, 1, 2, 0, 0)[i], "seeded")
        api("/actions/acknowledge-problem", {"service": "sensor-1!heartbeat", "author": "asato", "comment": "looking, ticket #12", "notify": False})
        api("/actions/add-comment", {"host": "sensor-4", "author": "田中", "comment": "見回り済み"})
        with reader("akashi") as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertEqual(len([one for one in kept(akashi, "services") if "/problem." in one]), 3)
            self.assertTrue(all(one["complete"] for one in akashi.json("coverage")["coverage"]))
            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            acknowledged = {one["name"] for one in api("/objects/comments") if one["attrs"]["entry_type"] == 4}
            check("service", "sensor-1!heartbeat", 0, "back")  # its acknowledgement and comment go
            check("service", "sensor-0!heartbeat", 2, "silent")
            check("host", "sensor-5", 1, "down")
            api("/actions/acknowledge-problem", {"service": "sensor-3!heartbeat", "author": "cmori", "comment": "hand-over", "notify": False})
            api("/actions/schedule-downtime", {"host": "sensor-2", "author": "asato", "comment": "patching", "start_time": 2000000000, "end_time": 2000003600, "fixed": True})
            akashi.poll()
            self.equal_to_server(akashi, acknowledged)
            moved = kept(akashi, "services")
            self.assertEqual(len([one for one in moved if one.startswith("service/sensor-1!heartbeat/ok.")]), 1)
            self.assertEqual(len([one for one in moved if one.startswith("service/sensor-0!heartbeat/problem.")]), 1)
            self.assertEqual(len([one for one in kept(akashi, "hosts") if one.startswith("host/sensor-5/problem.")]), 1)
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertNotIn(server.tokens["akashi"], str(records(akashi.store)))

    def test_a_filtered_reader_is_partial(self):
        with reader("filtered") as akashi:
            akashi.poll(codes=(0, 3))
            akashi.poll(codes=(0, 3))
            cases = {row["id"] for row in rows(akashi.store, "case_read") if ":service/" in row["id"]}
            self.assertEqual(cases, {"icinga:service/sensor-1!heartbeat"})
            coverage = akashi.json("coverage")["coverage"]
            self.assertEqual({one["stream"] for one in coverage}, {"comments", "downtimes", "services", "hosts"})
            self.assertFalse(any(one["complete"] for one in coverage), "a filter hides objects: nothing may be called complete")

    def test_a_missing_right_is_no_empty_list(self):
        with reader("hosts") as akashi:
            said = akashi.poll(codes=(3,))
            self.assertIn("objects/query/Comment", said.stdout + said.stderr + str(akashi.json("status")))
            for one in akashi.json("coverage")["coverage"]:
                self.assertFalse(one["stream"] in ("comments", "downtimes") and one["complete"], one)
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)


if __name__ == "__main__":
    with Server("icinga2") as server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
