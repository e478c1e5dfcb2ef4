#!/usr/bin/env python3
"""Tools that answer wrongly: each gives one sentence, its source is broken and its services blind, a healthy source beside it goes on, nothing kept is lost."""
import json
import resource
import socket
import sys
import time
import unittest

from loopback import Loopback, Quiet
from same_store import records
from scripted_rt import ScriptedRt, Story
from soc import Akashi, rt_source

QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"]
DEEP = b'{"items":' + b"[" * 10000 + b"]" * 10000 + b"}"
ITEM = b'{"id":"1","type":"transaction","Type":"Create","Created":"2026-01-01T00:00:00Z","ObjectId":"1","Field":"","OldValue":"","NewValue":"","ObjectType":"RT::Ticket"}'


class Hostile(Loopback):
    """Answers everything with `status`, `kind`, `body`; `endless` sends the body again and again without a length."""

    def __init__(self, body=b"", status=200, kind="application/json", endless=False, promise=0):
        outer = self
        self.asked = 0

        class Handler(Quiet):
            def do_GET(self):
                outer.asked += 1
                self.send_response(status)
                self.send_header("Content-Type", kind)
                if not endless:
                    self.send_header("Content-Length", str(len(body) + promise))
                self.end_headers()
                try:
                    self.wfile.write(body)
                    while endless:
                        self.wfile.write(b" " * 65536)
                except OSError:
                    pass

        super().__init__(Handler)


def named(source, name):
    return source.replace("- name: rt", f"- name: {name}", 1)


class HostileTools(unittest.TestCase):
    def one(self, url, *words, kinds=("schema", "transient", "auth", "permission", "rate_limited", "config"), secret="hush-4711"):
        """Polls the tool at `url` next to a healthy one; gives the bad source's state."""
        with ScriptedRt(Story(20), 0) as healthy:
            bad = named(rt_source(url, "bad", QUEUES), "bad")
            with Akashi([bad, rt_source(healthy.url, "token", QUEUES)], {"token": "secret", "bad": secret}) as akashi:
                begun = time.monotonic()
                said = akashi.poll(codes=(3,))
                took = time.monotonic() - begun
                sources = {one["source"]: one for one in akashi.json("status")["sources"]}
                state = sources["bad"]
                for word in words:
                    self.assertIn(word, state["error"] + said.stdout + said.stderr)
                self.assertNotIn("\n", state["error"])
                self.assertEqual(state["state"], "broken", state)
                self.assertIn(state["error_kind"], kinds, state)
                self.assertNotIn(secret, said.stdout + said.stderr + json.dumps(sources))
                self.assertEqual(sources["rt"]["state"], "read", "the healthy source goes on")
                self.assertTrue(records(akashi.store)["activity_read"])
                for finding in akashi.json("findings")["findings"]:
                    self.assertNotIn(finding["state"], ("unexercised", "no_demand"), finding)
                self.assertLess(took, 120)
                return state

    def test_nobody_listens(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, not listening
            self.one("http://127.0.0.1:%d" % taken.getsockname()[1], kinds=("transient",))

    def test_wrong_token_is_not_repeated(self):
        with Hostile(b'{"message":"Unauthorized"}', 401) as tool:
            self.one(tool.url, "401", kinds=("auth",))
            self.assertLessEqual(tool.asked, 2)

    def test_missing_right(self):
        with Hostile(b'{"message":"Forbidden"}', 403) as tool:
            self.one(tool.url, "403")

    def test_html_instead_of_json(self):
        with Hostile(b"<!DOCTYPE html><html><body>Please log in</body></html>", kind="text/html") as tool:
            self.one(tool.url)

    def test_truncated_json(self):
        with Hostile(b'{"items":[' + ITEM + b',{"id":"2","type') as tool:
            self.one(tool.url)

    def test_connection_cut_inside_the_body(self):
        with Hostile(b'{"items":[' + ITEM + b"]}", promise=500) as tool:
            self.one(tool.url)

    def test_an_endless_page(self):
        with Hostile(b'{"items":[', endless=True) as tool:
            self.one(tool.url)

    def test_a_page_of_a_hundred_megabytes(self):
        rows = b",".join([ITEM] * 4096)
        with Hostile(b'{"items":[' + b",".join([rows] * (100_000_000 // len(rows) + 1)) + b"]}") as tool:
            self.one(tool.url, "larger than answer_bytes_max", kinds=("schema",))
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.assertLess(peak_mb, 300, "what a tool sends does not decide how much memory is used")

    def test_ten_thousand_deep(self):
        with Hostile(DEEP) as tool:
            self.one(tool.url)

    def test_a_duplicate_key(self):
        with Hostile(b'{"items":[' + ITEM.replace(b'"Field":""', b'"Field":"","Field":"x"') + b'],"items":[]}') as tool:
            self.one(tool.url)

    def test_invalid_utf8(self):
        with Hostile(b'{"items":[' + ITEM.replace(b"Create", b"Cre\xff\xfeate") + b"]}") as tool:
            self.one(tool.url)

    def test_an_empty_answer_is_not_an_empty_list(self):
        with Hostile(b"") as tool:
            self.one(tool.url)

    def test_a_tool_that_breaks_later_loses_nothing(self):
        story = Story(40)
        with ScriptedRt(story, 0) as tool:
            with Akashi([rt_source(tool.url, "token", QUEUES)], {"token": "secret"}) as akashi:
                akashi.poll()
                before = records(akashi.store)
                answer, tool.answer = tool.answer, lambda *_: (500, {"message": "Internal Server Error"})
                akashi.poll(codes=(3,))
                self.assertEqual(records(akashi.store), before)
                tool.answer = answer
                akashi.poll()
                self.assertEqual(records(akashi.store), before)
                self.assertEqual(akashi.json("status")["sources"][0]["state"], "read")


if __name__ == "__main__":
    done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
