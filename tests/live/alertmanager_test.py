#!/usr/bin/env python3
"""A real Alertmanager, polled, changed and polled again: what fires and every silence, nothing twice, nothing called gone that is there, only GET."""
import json
import os
import subprocess
import sys
import time
import unittest
import urllib.request

from same_store import doubled, records, rows
from soc import HERE, Akashi, Server
from spy import Spy

server = None


def source(url):
    return f"  - name: am\n    connector: alertmanager\n    url: {url}\n    auth: {{scheme: none}}\n"


def api(method, path, body=None):
    request = urllib.request.Request(server.url + "/api/v2" + path, None if body is None else json.dumps(body).encode(),
                                     {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text.strip() else None


def stamp(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def fire(name, instance, began, ends=6 * 3600, **labels):
    now = time.time()
    api("POST", "/alerts", [{"labels": {"alertname": name, "instance": instance, "severity": "warning", **labels}, "startsAt": stamp(began),
                             "annotations": {"summary": f"{name} on {instance}", "runbook_url": "https://wiki.example/wiki/" + name},
                             "endsAt": stamp(now + ends), "generatorURL": "http://prometheus.example/graph"}])


def silence(instance, who, comment, begins=0, **more):
    now = time.time()
    return api("POST", "/silences", {"matchers": [{"name": "instance", "value": instance, "isRegex": False, "isEqual": True}], "createdBy": who, "comment": comment,
                                     "startsAt": stamp(now + begins), "endsAt": stamp(now + begins + 3600), **more})["silenceID"]


def cases_kept(akashi, kind):
    return {row["id"].split(f":{kind}/")[1]: row["status"] for row in rows(akashi.store, "case_read") if f":{kind}/" in row["id"]}


def raised(akashi):
    return {row["case_id"].split(":alert/")[1] for row in rows(akashi.store, "activity_read") if row["kind"] == "alert.raised"}


class Alertmanager(unittest.TestCase):
    def equal_to_server(self, akashi, also_raised=frozenset()):
        held = {f"{one['fingerprint']}@{one['startsAt']}": one["status"]["state"] for one in api("GET", "/alerts")}
        self.assertEqual(raised(akashi), held.keys() | also_raised)
        kept = cases_kept(akashi, "alert")
        self.assertEqual({name: kept.get(name) for name in held}, held)
        self.assertEqual(cases_kept(akashi, "silence"), {one["id"]: one["status"]["state"] for one in api("GET", "/silences")})
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        now = time.time()
        for i in range(12):
            fire("SensorSilent", f"ids-{i}", now - 3600 * (i + 1))
        fire("ログ取込停止", "log-1", now - 60)
        kept_silence = silence("ids-3", "asato", "re-imaging ids-3, ticket #12")
        ended_silence = silence("ids-4", "田中", "計画停電")
        with Spy(server.url) as spy, Akashi([source(spy.url)], {}) as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            fire("SensorSilent", "ids-1", now - 3600 * 2, ends=-1)  # ended
            fire("SensorSilent", "ids-2", now - 3600 * 3, ends=-1)
            while {"ids-1", "ids-2"} & {one["labels"]["instance"] for one in api("GET", "/alerts")}:
                time.sleep(0.5)
            gone = raised(akashi) - {f"{one['fingerprint']}@{one['startsAt']}" for one in api("GET", "/alerts")}
            self.assertEqual(len(gone), 2)
            fire("SensorSilent", "ids-2", time.time())  # the same again: its fingerprint is the same, its start is not
            fire("C2Beacon", "srv-7", time.time(), severity="critical")
            api("DELETE", "/silence/" + ended_silence)
            late = silence("srv-7", "cmori", "known, watched", begins=7200)
            akashi.poll()
            self.equal_to_server(akashi, gone)
            ends = [row for row in rows(akashi.store, "activity_read") if row["kind"] in ("case.progressed", "case.closed") and ":alert/" in row["case_id"]]
            self.assertEqual({row["case_id"].split(":alert/")[1] for row in ends}, gone)
            self.assertEqual({row["actor_kind"] for row in ends}, {"automation"})
            acts = {(row["case_id"].split("/")[-1], row["actor"]) for row in rows(akashi.store, "activity_read") if ":silence/" in row["case_id"]}
            self.assertEqual({one for one, _ in acts}, {kept_silence, ended_silence, late})
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")

            restarted = records(akashi.store)
            self.restart()
            akashi.poll()  # it holds no alert now
            for i in range(12):
                if i not in (1, 2):
                    fire("SensorSilent", f"ids-{i}", now - 3600 * (i + 1))
            akashi.poll()
            again = {row["uid"] for row in rows(akashi.store, "activity_read") if row["kind"] == "alert.raised"}
            self.assertEqual(again, {dict(row)["uid"] for row in restarted["activity_read"] if dict(row)["kind"] == "alert.raised"}, "nothing is raised twice by a restart")
            self.assertEqual(spy.writes(), [], "only reads may reach the tool")

    def restart(self):
        """Alerts live in memory: they are lost until somebody sends them again. Silences stay."""
        port = server.url.rsplit(":", 1)[1]
        environment = {**os.environ, "ALERTMANAGER_PORT": port, "ALERTMANAGER_KEEP": "yes"}
        subprocess.run([os.path.join(HERE, "alertmanager", "up")], check=True, stdout=subprocess.DEVNULL, env=environment)

    def test_a_server_that_is_not_there_says_nothing(self):
        with Akashi([source("http://127.0.0.1:9")], {}) as akashi:
            akashi.poll(codes=(3,))
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)


if __name__ == "__main__":
    with Server("alertmanager") as server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
