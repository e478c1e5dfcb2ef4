#!/usr/bin/env python3
"""A real Alertmanager as receiver: an alert appears, is said again so that it does not end by itself, grows worse, and ends when it is over."""
import json
import sys
import time
import unittest
import urllib.request

from daemon import Daemon
from notify_test import QUEUES, alerting, judged
from same_store import rows
from scripted_rt import ScriptedRt, Story
from soc import Akashi, Server, rt_source

server = None


def held(**labels):
    """Alerts that fire there now, with these labels."""
    with urllib.request.urlopen(server.url + "/api/v2/alerts?active=true", timeout=30) as answer:
        found = json.loads(answer.read())
    return [one for one in found if all(one["labels"].get(key) == value for key, value in labels.items())]


class AlertmanagerReceives(unittest.TestCase):
    def test_appears_is_updated_is_resolved(self):
        with ScriptedRt(Story(20), 0) as tool:
            source = rt_source(tool.url, "token", QUEUES).replace("    params:", "    interval: 1s\n    timeout: 5s\n    params:")
            with Akashi([source], {"token": "secret"}) as akashi:
                receiver = f"{{name: am, kind: alertmanager, url: {server.url}, level: info, resend: 1s, language: ja}}"
                with open(akashi.config, "a") as file:
                    file.write(alerting([receiver]).replace("blind_alarm_after: 1d", "blind_alarm_after: 12s"))
                akashi.run("alerts", "test", "am")
                self.assertEqual(len(held(alertname="AkashiTest")), 1)
                akashi.run("check")
                self.assertIn("am\n", akashi.run("check", "--connect", codes=(0, 3)).stdout)
                with Daemon(akashi) as daemon:
                    daemon.until(lambda: judged(akashi))
                    tool.broken = True
                    daemon.until(lambda: held(alertname="AkashiSourceBlind", severity="warning"))
                    first = held(alertname="AkashiSourceBlind")[0]
                    self.assertEqual(first["labels"]["source"], "rt")
                    self.assertEqual(first["annotations"]["summary"], "[注意] rt: 接続先の観測不能")
                    time.sleep(6)  # longer than its endsAt: it is said again
                    self.assertEqual(len(held(alertname="AkashiSourceBlind", source="rt")), 1)
                    daemon.until(lambda: held(alertname="AkashiSourceBlind", severity="alarm"))
                    self.assertEqual(held(alertname="AkashiSourceBlind", severity="warning"), [], "it is one alert there, too")
                    tool.broken = False
                    daemon.until(lambda: not held(alertname="AkashiSourceBlind"))
                self.assertEqual([row["what"] for row in rows(akashi.store, "alert_event") if row["kind"] == "blind"], ["opened", "updated", "closed"])


if __name__ == "__main__":
    with Server("alertmanager") as server:
        result = unittest.main(exit=False).result
    sys.exit(not result.wasSuccessful())
