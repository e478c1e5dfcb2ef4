#!/usr/bin/env python3
"""Alerts on their way to real receivers: a webhook, a mail server with STARTTLS, and a killed daemon; every one arrives, in order, and can be told from its repetition."""
import email
import email.policy
import hashlib
import hmac
import json
import random
import signal
import sqlite3
import sys
import threading
import time
import unittest

from daemon import Daemon
from loopback import Loopback, Quiet
from mail_server import MailServer
from same_store import rows
from scripted_rt import ScriptedRt, Story
from soc import Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]


class Hook:
    """A webhook that keeps what it got; `held` makes it read a message and never answer, `status` what it answers."""

    def __init__(self):
        self.got, self.status, self.held = [], 200, threading.Event()
        self.held.set()
        hook = self

        class Handler(Quiet):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append({"headers": dict(self.headers), "body": body, "json": json.loads(body)})
                hook.held.wait(60)
                self.send_response(hook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = Loopback(Handler)
        self.url = self.server.url

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *_):
        self.held.set()
        self.server.__exit__()

    def events(self):
        return [one["json"]["event"] for one in self.got]


def alerting(receivers, more=""):
    return "alerts:\n  blind_after: 1s\n  blind_alarm_after: 1d\n" + more + "  receivers:\n" + "".join(f"    - {one}\n" for one in receivers)


def judged(akashi):
    """Every source was read once: what comes from now on is news."""
    try:
        return any(row["what"] == "audit_ended" for row in rows(akashi.store, "alert_clock"))
    except sqlite3.Error:  # not made yet
        return False


class Notified(unittest.TestCase):
    def setUp(self):
        self.tool = ScriptedRt(Story(20), 0).__enter__()
        self.source = rt_source(self.tool.url, "token", QUEUES).replace("    params:", "    interval: 1s\n    timeout: 5s\n    params:")

    def tearDown(self):
        self.tool.__exit__()

    def akashi(self, receivers, secrets=None, more=""):
        made = Akashi([self.source], {"token": "secret", **(secrets or {})})
        self.addCleanup(made.__exit__)
        with open(made.config, "a") as file:
            file.write(alerting(receivers, more))
        made.run("check")
        return made

    def outage(self, daemon, akashi):
        """The first contact ends the audit; then the tool refuses."""
        daemon.until(lambda: judged(akashi))
        self.tool.broken = True
        daemon.until(lambda: any(row["kind"] == "blind" and row["tell"] for row in rows(akashi.store, "alert_event")))

    def test_webhook_signed_and_the_end_of_an_outage(self):
        with Hook() as hook:
            akashi = self.akashi([f"{{name: hook, kind: webhook, url: {hook.url}, auth: {{scheme: bearer, file: hush}}, sign: {{file: sign}}, level: info}}"],
                                 {"hush": "hush-4711", "sign": "sign-4711"})
            with Daemon(akashi) as daemon:
                self.outage(daemon, akashi)
                daemon.until(lambda: hook.got)
                self.tool.broken = False
                daemon.until(lambda: "closed" in hook.events(), 60)
                self.assertNotIn("hush-4711", daemon.said())
            opened = hook.got[0]
            self.assertEqual(opened["json"]["event"], "opened")
            self.assertEqual(opened["json"]["alert"]["matter"], "blind/rt")
            self.assertGreater(len(opened["json"]["alert"]["services"]), 5, "one alert names all that it hides")
            self.assertEqual(opened["headers"]["Authorization"], "Bearer hush-4711")
            self.assertEqual(opened["headers"]["X-Akashi-Signature"], "sha256=" + hmac.new(b"sign-4711", opened["body"], hashlib.sha256).hexdigest())
            keys = [one["headers"]["Idempotency-Key"] for one in hook.got]
            self.assertEqual(len(keys), len(set(keys)), "nothing came twice")
            self.assertNotIn("hush-4711", json.dumps(rows(akashi.store, "outbox")))

    def test_a_killed_daemon_sends_it_after_the_restart_with_the_same_key(self):
        with Hook() as hook:
            hook.held.clear()
            akashi = self.akashi([f"{{name: hook, kind: webhook, url: {hook.url}}}"])
            with Daemon(akashi) as daemon:
                self.outage(daemon, akashi)
                daemon.until(lambda: hook.got)  # on the wire, not struck out
                daemon.process.send_signal(signal.SIGKILL)
                daemon.process.wait()
            self.assertEqual([row["sent"] for row in rows(akashi.store, "outbox")], [None])
            hook.held.set()
            with Daemon(akashi) as daemon:
                daemon.until(lambda: len(hook.got) > 1 and rows(akashi.store, "outbox")[0]["sent"])
            self.assertEqual(len(hook.got), 2)
            self.assertEqual(hook.got[0]["headers"]["Idempotency-Key"], hook.got[1]["headers"]["Idempotency-Key"])
            with Daemon(akashi) as daemon:  # and once more: nothing is left to send
                time.sleep(3)
                self.assertIsNone(daemon.process.poll())
            self.assertEqual(len(hook.got), 2)
            self.assertEqual(len([row for row in rows(akashi.store, "alert_event") if row["what"] == "opened" and row["kind"] == "blind"]), 1)

    def test_killed_again_and_again_every_message_arrives_and_repetitions_can_be_told(self):
        with Hook() as hook:
            akashi = self.akashi([f"{{name: hook, kind: webhook, url: {hook.url}, level: info}}"])
            akashi.poll()
            dice = random.Random(7)
            for _ in range(8):
                self.tool.broken = not self.tool.broken
                with Daemon(akashi) as daemon:
                    time.sleep(dice.uniform(1.0, 4.5))
                    self.assertIsNone(daemon.process.poll(), daemon.said())
                    daemon.process.send_signal(signal.SIGKILL)
            self.tool.broken = True
            with Daemon(akashi) as daemon:
                daemon.until(lambda: any(row["kind"] == "blind" and row["tell"] for row in rows(akashi.store, "alert_event")))
                daemon.until(lambda: all(row["sent"] for row in rows(akashi.store, "outbox")), 90)
            told = [row["id"] for row in rows(akashi.store, "alert_event") if row["tell"]]
            self.assertEqual(sorted(told), sorted(row["event"] for row in rows(akashi.store, "outbox")), "one row for each change")
            said = {}
            for one in hook.got:
                what = (one["json"]["event"], one["json"]["alert"]["id"], one["json"]["alert"]["changed"])
                self.assertEqual(said.setdefault(one["headers"]["Idempotency-Key"], what), what, "a key stands for one message")
            self.assertEqual(len(said), len(told), "every message arrived")
            self.assertEqual(len(set(said.values())), len(told), "none under two keys")
            for alert in {row["alert"] or row["id"] for row in rows(akashi.store, "alert_event")}:
                changes = [row["what"] for row in rows(akashi.store, "alert_event") if (row["alert"] or row["id"]) == alert]
                self.assertEqual((changes[0], changes.count("opened"), changes.count("closed") <= 1), ("opened", 1, True))

    def test_a_receiver_that_is_gone_is_seen_in_status_and_gets_everything_later(self):
        with Hook() as hook:
            hook.status = 503
            akashi = self.akashi([f"{{name: hook, kind: webhook, url: {hook.url}}}"])
            with Daemon(akashi) as daemon:
                self.outage(daemon, akashi)
                daemon.until(lambda: any(row["tries"] for row in rows(akashi.store, "outbox")))
                polls = len(rows(akashi.store, "poll"))
                daemon.until(lambda: len(rows(akashi.store, "poll")) > polls + 2)  # polling goes on
            failing = akashi.json("status")["receivers"][0]
            self.assertEqual((failing["receiver"], failing["waiting"]), ("hook", 1))
            self.assertIn("answered with status 503", failing["error"])
            self.assertIn("hook", akashi.run("status").stdout)
            self.assertIn("503", akashi.run("alerts").stdout)

    def test_mail_over_starttls_with_a_password(self):
        with MailServer("akashi", "päss-4711") as server:
            akashi = self.akashi([f"{{name: mail, kind: smtp, url: '{server.url}', from: akashi@example.jp, to: [soc@example.jp, ciso@example.jp], language: ja, "
                                  f"ca_file: {server.ca}, auth: {{scheme: basic, user: akashi, file: pw}}}}"], {"pw": "päss-4711"}, "  calendar: {japan: true}\n")
            akashi.run("alerts", "test", "mail")
            self.assertEqual(len(server.mails), 1)
            check = akashi.run("check", "--connect", codes=(0, 3))
            self.assertIn("mail", check.stdout)
            self.assertEqual(len(server.mails), 1, "a check sends nothing")
            server.refusals = ["451 later"]
            with Daemon(akashi) as daemon:
                self.outage(daemon, akashi)
                daemon.until(lambda: any(row["tries"] for row in rows(akashi.store, "outbox")))
                self.assertIn("the mail server answered 451", rows(akashi.store, "outbox")[0]["error"])
                self.assertNotIn("4711", daemon.said())
            self.later(akashi)
            with Daemon(akashi) as daemon:
                daemon.until(lambda: len(server.mails) > 1)
            mail = server.mails[1]
            self.assertTrue(mail["secure"])
            self.assertEqual(mail["to"], ["soc@example.jp", "ciso@example.jp"])
            parsed = email.message_from_bytes(mail["text"], policy=email.policy.default)
            self.assertEqual(parsed["Subject"], "[注意] rt: 接続先の観測不能")
            self.assertIn("rt を読み取れない", parsed.get_content())
            self.assertTrue(all(len(line) <= 78 for line in mail["text"].decode().split("\r\n")))

    def later(self, akashi):
        """The minute until the next try is over."""
        with sqlite3.connect(akashi.store) as database:
            database.execute("update outbox set next_try = 0 where sent is null")

    def test_mail_servers_that_do_not_want_us(self):
        with MailServer("akashi", "right") as server:
            line = f"{{name: mail, kind: smtp, url: '{server.url}', from: a@example.jp, to: [b@example.jp], auth: {{scheme: basic, user: akashi, file: pw}}"
            akashi = self.akashi([line + f", ca_file: {server.ca}}}"], {"pw": "wrong-4711"})
            refused = akashi.run("alerts", "test", "mail", codes=(3,))
            self.assertIn("the mail server answered 535; check user and secret", refused.stderr)
            self.assertNotIn("4711", refused.stderr)
            akashi = self.akashi([line + "}"], {"pw": "right"})
            self.assertIn("signed by nobody this machine trusts", akashi.run("alerts", "test", "mail", codes=(1,)).stderr)
        with MailServer(tls="none") as server:
            akashi = self.akashi([f"{{name: mail, kind: smtp, url: '{server.url}', from: a@example.jp, to: [b@example.jp]}}"])
            self.assertIn("offers no STARTTLS", akashi.run("alerts", "test", "mail", codes=(1,)).stderr)
        with MailServer(tls="smtps") as server:
            akashi = self.akashi([f"{{name: mail, kind: smtp, url: '{server.url}', from: a@example.jp, to: [b@example.jp], ca_file: {server.ca}}}"])
            akashi.run("alerts", "test", "mail")
            self.assertTrue(server.mails[0]["secure"])

    def test_paused_is_written_down_and_not_sent(self):
        with Hook() as hook:
            akashi = self.akashi([f"{{name: hook, kind: webhook, url: {hook.url}}}"])
            akashi.poll()
            akashi.run("alerts", "pause", "rt", "--by", "山田", "--because", "移設")
            self.assertIn("paused already", akashi.run("alerts", "pause", "rt", "--by", "x", "--because", "y", codes=(1,)).stderr)
            self.assertIn("did you mean \"rt\"", akashi.run("alerts", "pause", "rr", "--by", "x", "--because", "y", codes=(1,)).stderr)
            self.tool.broken = True
            for _ in range(2):
                akashi.poll(codes=(3,))
                time.sleep(1.2)
            akashi.poll(codes=(3,))
            self.assertEqual(hook.got, [])
            blind = [one for one in akashi.json("alerts")["alerts"] if one["matter"] == "blind/rt"]
            self.assertEqual([one["silence"] for one in blind], ["paused"])
            akashi.run("alerts", "resume", "rt", "--by", "山田", "--because", "移設完了")
            akashi.poll(codes=(3,))
            self.assertEqual(hook.events(), ["updated"])
            akashi.run("poll", "--quiet", codes=(3,))


if __name__ == "__main__":
    sys.exit(unittest.main())
