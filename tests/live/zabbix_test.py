#!/usr/bin/env python3
"""A real Zabbix 6.0, polled, changed and polled again: problems, what people did with them, the audit log; nothing twice; a reader who sees no names is partial."""
import re
import sys
import time
import unittest

from monitoring import Zabbix
from same_store import doubled, records, rows
from soc import Akashi, Server

server = zabbix = None
tokens = {}
LAG_S = 60  # the descriptor's
READS = ["event.get", "hostgroup.get"]
CLOSED, ACKNOWLEDGED, MESSAGE, SEVERITY, TAKEN_BACK = 1, 2, 4, 8, 16


def setUpModule():
    group = zabbix.call("hostgroup.create", {"name": "SOC sensors"})["groupids"][0]
    for i in range(5):
        zabbix.host(f"ids-{i}", group)
    operators, evidence, nobody = zabbix.group_of_people("operators", group, 3), zabbix.group_of_people("evidence", group), zabbix.group_of_people("nobody")
    user_role = [one["roleid"] for one in zabbix.call("role.get", {"output": ["roleid", "name"]}) if one["name"] == "User role"][0]
    for name in ("asato", "btanaka"):
        zabbix.person(name, user_role, [operators])
    reading = zabbix.role("Evidence reader", 1, READS)
    tokens["reader"] = zabbix.token(zabbix.person("akashi", reading, [evidence, operators]))
    tokens["alone"] = zabbix.token(zabbix.person("alone", reading, [evidence]))
    tokens["blind"] = zabbix.token(zabbix.person("blind", reading, [nobody]))
    tokens["auditor"] = zabbix.token(zabbix.person("auditor", zabbix.role("Audit reader", 3, ["auditlog.get"]), [evidence]))
    zabbix.lag({f"ids-{i}": 30 if i < 4 else 1 for i in range(5)})
    zabbix.wait(lambda: len(zabbix.problems()) == 4)


def source(streams="problems"):
    return (f"  - name: zabbix\n    connector: zabbix\n    url: {server.url}\n    auth: {{scheme: body, file: secret}}\n    streams: [{streams}]\n"
            "    params: {host_groups: [SOC sensors], acknowledges: [select_acknowledges]}\n")


def reader(who, streams="problems"):
    return Akashi([source(streams)], {"secret": tokens[who]})


def update(user, host, action, **more):
    event = [one["eventid"] for one in zabbix.problems(selectHosts=["host"]) if one["hosts"][0]["host"] == host and one["r_eventid"] == "0"][-1]
    zabbix.call("event.acknowledge", {"eventids": [event], "action": action, **more}, user)
    return event


def acts_of(update):
    """What one update did, as the descriptor tells it."""
    bits = int(update["action"])
    acts = {word for bit, word in ((CLOSED, "closed"), (ACKNOWLEDGED, "acknowledged"), (MESSAGE, "message"), (SEVERITY, "severity")) if bits & bit}
    return acts | ({"other"} if bits > 15 else set())


class ZabbixTest(unittest.TestCase):
    def equal_to_server(self, akashi):
        held = zabbix.problems()
        acts = {(one["eventid"], done["acknowledgeid"], word) for one in held for done in one["acknowledges"] for word in acts_of(done)}
        found = (re.fullmatch(r"zabbix/problems/(\d+)/(\d+)\.([a-z]+)", row["uid"]) for row in rows(akashi.store, "activity_read"))
        self.assertEqual({one.groups() for one in found if one}, acts)
        raised = {row["case_id"] for row in rows(akashi.store, "activity_read") if row["kind"] == "alert.raised"}
        self.assertEqual(raised, {f"zabbix:problem/{one['eventid']}" for one in held})
        word = {one["eventid"]: "Resolved" if one["r_eventid"] != "0" else "Acknowledged" if one["acknowledged"] == "1" else "Problem" for one in held}
        cases = {row["id"]: row["status"] for row in rows(akashi.store, "case_read")}
        self.assertEqual(cases, {f"zabbix:problem/{event}": status for event, status in word.items()})
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        update("asato", "ids-1", ACKNOWLEDGED + MESSAGE, message="looking, ticket #12")
        time.sleep(LAG_S + 2)
        with reader("reader") as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertTrue(all(one["complete"] for one in akashi.json("coverage")["coverage"]), akashi.json("coverage"))
            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            update("btanaka", "ids-1", MESSAGE, message="引き継ぎ")
            update("btanaka", "ids-2", CLOSED + ACKNOWLEDGED + MESSAGE + SEVERITY, message="false alarm", severity=2)
            update("asato", "ids-1", TAKEN_BACK)
            zabbix.lag({"ids-0": 1, "ids-4": 40})  # one recovers by itself, another begins
            zabbix.wait(lambda: len(zabbix.problems()) == 5 and sum(one["r_eventid"] != "0" for one in zabbix.problems()) == 2)
            time.sleep(LAG_S + 2)
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertNotIn(tokens["reader"], str(records(akashi.store)))

    def test_a_reader_who_sees_no_names_is_partial(self):
        update("asato", "ids-3", MESSAGE, message="noted")
        with reader("alone") as akashi:
            akashi.poll(codes=(0, 3))
            coverage = akashi.json("coverage")["coverage"]
            self.assertTrue(coverage)
            self.assertFalse(any(one["complete"] for one in coverage))
            self.assertIn("numbers", " ".join(one["why"] for one in coverage))

    def test_a_reader_without_the_host_group_is_partial(self):
        with reader("blind") as akashi:
            akashi.poll(codes=(0, 3))
            self.assertEqual(rows(akashi.store, "case_read"), [])
            coverage = akashi.json("coverage")["coverage"]
            self.assertTrue(coverage)
            self.assertFalse(any(one["complete"] for one in coverage), "nothing was seen, which is not the same as nothing there")
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)

    def test_the_audit_log_is_for_its_own_account(self):
        with reader("auditor", "audit") as akashi:
            time.sleep(LAG_S + 2)
            akashi.poll()
            held = {one["auditid"]: one for one in zabbix.call("auditlog.get", {"output": "extend"})}
            wanted = {name for name, one in held.items() if one["action"] not in ("4", "8", "9") and one["resourcetype"] not in ("6", "16", "19", "32", "33", "35", "43", "46", "47")}
            kept = {row["uid"].rsplit("/", 1)[1] for row in rows(akashi.store, "activity_read")}
            self.assertEqual(kept - held.keys(), set())
            self.assertEqual({one for one in wanted - kept if int(held[one]["clock"]) < time.time() - LAG_S - 5}, set())
            self.assertEqual(doubled(akashi.store), [])
        with reader("reader", "audit") as akashi:
            said = akashi.poll(codes=(3,))
            self.assertIn("auditlog.get", said.stdout + said.stderr + str(akashi.json("status")))


if __name__ == "__main__":
    with Server("zabbix") as server:
        zabbix = Zabbix(server)
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
