"""A real search engine, polled, changed and polled again: what is kept equals what it holds, also after it was half there. Run by opensearch_test.py
and elasticsearch_test.py, which say what is different in each."""
import gzip
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
import unittest

from daemon import Daemon
from same_store import differences, doubled, records, rows
from search_engine import FIELDS, MS, Engine, alert, expected, seed, source, statuses, worked
from soc import Akashi
from spy import Spy

SMALL_QUEUE = "thread_pool.search.size: 1\nthread_pool.search.queue_size: 40"  # of the server: two dozen clients fill it


def now():
    return int(time.time()) * MS


class Halves(Spy):
    """Takes the wish for whole answers out of the requests, as a gateway might: the engine then answers with what it has, behind a 200. With the wish it
    refuses, which each test shows first."""

    def rewritten(self, path):
        for wish in ("allow_partial_search_results", "allow_partial_pit_creation"):
            path = path.replace(wish + "=false", wish + "=true")
        return path + ("&allow_partial_search_results=true" if "/_pit?" in path else "")


class Forgetful(Spy):
    """Behind the second page of a search the engine loses the point in time, as when its node is started anew."""

    def __init__(self, target, forget):
        super().__init__(target)
        self.pages, self.forget = 0, forget

    def answered(self, path, status, content):
        self.pages += path.startswith("/_search?")
        if path.startswith("/_search?") and self.pages == 2:
            self.forget(json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)["pit_id"])


class SearchEngine(unittest.TestCase):
    connector = ""  # a subclass says which, and how a point in time is opened
    server = None
    pit = ""

    def setUp(self):
        self.engine = Engine(self.server.url, self.server.tokens["admin"])
        self.engine("DELETE", "/soc-alerts-1,soc-alerts-2,soc-alerts-3?ignore_unavailable=true", codes=(200, 404))

    def akashi(self, url=None, **more):
        user = more.get("user", "collector")
        return Akashi([source(self.connector, url or self.server.url, **more)], {user: self.server.tokens[user]})

    def coverage(self, akashi):
        return [one for one in akashi.json("coverage")["coverage"] if one["stream"] == "alerts"]

    def kept(self, akashi):
        return {row["uid"] for row in rows(akashi.store, "activity_read")}

    def holds(self, akashi, documents):
        try:
            return {row["id"]: row["status"] for row in rows(akashi.store, "case_read")} == statuses(documents) and expected(documents) <= self.kept(akashi)
        except sqlite3.OperationalError:  # not made yet
            return False

    def followed(self, daemon, akashi):
        documents = self.engine.held("soc-alerts-*")
        daemon.until(lambda: self.holds(akashi, documents), 90)

    def equal_to_engine(self, akashi):
        documents = self.engine.held("soc-alerts-*")
        self.assertEqual(sorted(expected(documents) - self.kept(akashi))[:5], [], "what the engine holds and the store lacks")
        self.assertEqual({row["id"]: row["status"] for row in rows(akashi.store, "case_read")}, statuses(documents))
        self.assertEqual(doubled(akashi.store), [])
        return documents

    def equal_to_undisturbed(self, akashi, **more):
        self.equal_to_engine(akashi)
        with self.akashi(**more) as undisturbed:
            shutil.copy(os.path.join(akashi.folder, "akashi.key"), undisturbed.folder)  # the same pseudonyms
            undisturbed.poll()
            self.assertEqual(differences(undisturbed.store, akashi.store), [])

    def nothing_is_said_about_absence(self, akashi):
        self.assertFalse(any(one["complete"] for one in self.coverage(akashi)), "nothing may be called complete")
        for one in akashi.json("findings")["findings"]:
            self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)

    def refused(self, akashi, word):
        said = akashi.poll(codes=(3,))
        self.assertIn(word, " ".join((said.stdout + said.stderr).split()))
        self.nothing_is_said_about_absence(akashi)

    def half_read(self, akashi, halves, part):
        """The engine answers in part behind a 200; that is no answer."""
        akashi.poll(codes=(3,))
        self.assertIn(200, [status for _, path, status in halves.seen if part in path], "the engine did answer, in part")
        self.nothing_is_said_about_absence(akashi)
        self.assertEqual(self.kept(akashi), set(), "half an answer is not read")

    def test_polled_changed_and_polled_again(self):
        seed(self.engine, now())
        with Spy(self.server.url) as spy, self.akashi(spy.url) as akashi:
            akashi.poll()
            documents = self.equal_to_engine(akashi)
            self.assertEqual(self.kept(akashi), expected(documents), "and nothing more")
            self.assertEqual(len(documents), 5500)
            self.assertGreater(len([path for _, path, _ in spy.seen if path.startswith("/_search?")]), 5, "several pages")
            self.assertEqual(len([path for _, path, _ in spy.seen if path.split("?")[0].endswith(self.pit)]), 1, "one point in time")
            self.assertTrue(all(one["complete"] for one in self.coverage(akashi)), self.coverage(akashi))
            self.assertEqual([row for row in spy.writes() if not self.reads(row)], [], "only reads may reach the tool")

            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            self.change(now() - 60 * MS)
            akashi.poll()
            self.equal_to_engine(akashi)
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertNotIn(self.server.tokens["collector"], str(records(akashi.store)))

    def change(self, moment):
        self.engine.write([("soc-alerts-1", "a0", worked(moment, "closed", "cmori", "cmori")), ("soc-alerts-2", "a1", worked(moment, "acknowledged", "asato"))], "update")
        self.engine.write([("soc-alerts-1", "new", alert(moment, 1, **worked(moment, "closed", "btanaka")))])

    def test_the_daemon_follows(self):
        seed(self.engine, now(), alerts=400, tied=100)
        with self.akashi(interval="1s") as akashi, Daemon(akashi) as daemon:
            self.followed(daemon, akashi)
            self.change(now() - 60 * MS)
            self.followed(daemon, akashi)
            self.lose_a_shard()
            daemon.until(lambda: akashi.json("status")["sources"][0]["state"] != "fine", 90)
            self.find_it_again()
            self.engine.write([("soc-alerts-3", "found", alert(now() - 60 * MS, 2))])
            self.followed(daemon, akashi)
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.process.wait(30), 0, daemon.said())
            self.equal_to_engine(akashi)
            self.assertTrue(all(one["complete"] for one in self.coverage(akashi)), self.coverage(akashi))

    def test_a_point_in_time_is_lost_between_two_pages(self):
        seed(self.engine, now())
        with Forgetful(self.server.url, self.forget) as forgetful, self.akashi(forgetful.url) as akashi:
            akashi.poll()
            self.assertIn(404, [status for _, path, status in forgetful.seen if path.startswith("/_search?")])
            self.equal_to_undisturbed(akashi)

    def test_more_than_a_result_window(self):
        self.engine.index("soc-alerts-1", 2)
        moment = now() - 86400 * MS
        for part in range(0, 12000, 3000):
            self.engine.write([("soc-alerts-1", "w%d" % number, alert(moment + number // 40, number)) for number in range(part, part + 3000)])
        with self.akashi() as akashi:
            akashi.poll()
            self.assertEqual(len(self.equal_to_engine(akashi)), 12000)

    def test_a_window_smaller_than_a_page_is_an_error(self):
        self.engine.index("soc-alerts-1", 1, **{"index.max_result_window": 500})
        self.engine.write([("soc-alerts-1", "a1", alert(now() - 3600 * MS, 1))])
        with self.akashi() as akashi:
            self.refused(akashi, "window")
            self.engine("PUT", "/soc-alerts-1/_settings", {"index.max_result_window": 10000})
            akashi.poll()
            self.equal_to_undisturbed(akashi)

    def test_late_documents(self):
        self.engine.index("soc-alerts-1", 1)
        self.engine.write([("soc-alerts-1", "first", alert(now() - 7200 * MS, 1))])
        with self.akashi() as short, self.akashi(overlap="6h") as long:
            short.poll()
            long.poll()
            self.engine.write([("soc-alerts-1", "late", alert(now() - 1800 * MS, 2)), ("soc-alerts-1", "very_late", alert(now() - 3 * 3600 * MS, 3))])
            short.poll()
            long.poll()
            self.equal_to_undisturbed(long)
            self.assertEqual({row["id"] for row in rows(short.store, "case_read")}, {"soc:alert/soc-alerts-1/first", "soc:alert/soc-alerts-1/late"})

    def test_a_closed_index(self):
        """Closed for less than the overlap, and the store equals the engine again; closed at first contact, and what it holds from before is read by a
        fresh look only: until then its span stays incomplete."""
        seed(self.engine, now(), alerts=40, tied=0)
        with self.akashi() as akashi, self.akashi() as stranger:
            akashi.poll()
            self.change(now() - 60 * MS)
            self.engine("POST", "/soc-alerts-2/_close")
            stranger.poll(codes=(0, 3))
            self.assertIn("closed", " ".join(one["why"] for one in self.coverage(stranger)))
            self.nothing_is_said_about_absence(stranger)
            self.assertFalse(any("/soc-alerts-2/" in uid for uid in self.kept(stranger)))
            self.engine("POST", "/soc-alerts-2/_open?wait_for_active_shards=1")
            akashi.poll()
            documents = self.equal_to_engine(akashi)
            self.assertTrue(all(one["complete"] for one in self.coverage(akashi)))
            stranger.poll()
            if not self.holds(stranger, documents):
                self.assertTrue(any(not one["complete"] and "closed" in one["why"] for one in self.coverage(stranger)), self.coverage(stranger))

    def test_an_index_without_the_time_field(self):
        """OpenSearch refuses to sort by it; Elasticsearch leaves the index out without a word."""
        seed(self.engine, now(), alerts=40, tied=0)
        self.engine.index("soc-alerts-3", 1, {"title": {"type": "text"}})
        self.engine.write([("soc-alerts-3", "odd", alert(now() - 3600 * MS, 1))])
        with self.akashi() as akashi:
            akashi.poll(codes=(0, 3))
            self.nothing_is_said_about_absence(akashi)
        with self.akashi(alerts="[soc-alerts-3]") as akashi:
            akashi.poll(codes=(0, 3))
            self.nothing_is_said_about_absence(akashi)

    def test_half_an_answer_behind_a_200(self):
        seed(self.engine, now(), alerts=40, tied=0)
        self.engine.index("soc-alerts-3", 1, {**FIELDS, "updated": {"type": "text"}})  # nothing can be sorted by a text: its shard fails
        self.engine.write([("soc-alerts-3", "odd", alert(now() - 3600 * MS, 1))])
        with Halves(self.server.url) as halves, self.akashi() as akashi, self.akashi(halves.url) as behind:
            self.refused(akashi, "Text fields are not optimised")
            self.half_read(behind, halves, "/_search?")
            self.engine("DELETE", "/soc-alerts-3")
            self.engine.index("soc-alerts-3", 1)
            self.engine.write([("soc-alerts-3", "odd", alert(now() - 3600 * MS, 1))])
            akashi.poll()
            behind.poll()
            self.equal_to_undisturbed(akashi)
            self.equal_to_undisturbed(behind)

    def lose_a_shard(self):
        """An index whose shard no node may hold."""
        self.engine("PUT", "/soc-alerts-3?wait_for_active_shards=0", {"settings": {"index.number_of_shards": 1, "index.number_of_replicas": 0,
                    "index.routing.allocation.require.box": "none"}, "mappings": {"dynamic": False, "properties": FIELDS}})

    def find_it_again(self):
        self.engine("PUT", "/soc-alerts-3/_settings", {"index.routing.allocation.require.box": None})
        self.engine("GET", "/_cluster/health/soc-alerts-3?wait_for_status=green&timeout=60s")

    def test_a_shard_that_no_node_holds(self):
        seed(self.engine, now(), alerts=40, tied=0)
        self.lose_a_shard()
        with Halves(self.server.url) as halves, self.akashi() as akashi, self.akashi(halves.url) as behind:
            self.refused(akashi, "HTTP 503")
            self.half_read(behind, halves, self.pit + "?")
            self.find_it_again()
            self.engine.write([("soc-alerts-3", "found", alert(now() - 3600 * MS, 1))])
            akashi.poll()
            behind.poll()
            self.equal_to_undisturbed(akashi)
            self.equal_to_undisturbed(behind)

    def test_no_index_and_no_right(self):
        with self.akashi() as akashi:
            self.refused(akashi, "index")
        seed(self.engine, now(), alerts=40, tied=0)
        with self.akashi(user="narrow") as akashi:
            self.refused(akashi, "HTTP 40")

    def test_a_wrong_password(self):
        with Akashi([source(self.connector, self.server.url)], {"collector": "wrong"}) as akashi:
            akashi.poll(codes=(3,))
            self.assertEqual(akashi.json("status")["sources"][0]["state"], "broken")
            self.nothing_is_said_about_absence(akashi)

    def fill_the_queue(self, stop, refused):
        heavy = {"size": 0, "query": {"query_string": {"query": "title:*1* OR title:*2* OR title:*3*"}}, "aggs": {"a": {"terms": {"field": "rule.name", "size": 1000}}}}
        while not stop.is_set():
            answer = self.engine("POST", "/soc-alerts-*/_search?request_cache=false", heavy, codes=())
            if answer.get("status") == 429 or answer.get("_shards", {}).get("failed"):
                refused.append(answer)

    def test_a_full_search_queue(self):
        seed(self.engine, now(), alerts=3000, tied=1500)
        documents = self.engine.held("soc-alerts-*")
        stop, refused = threading.Event(), []
        threads = [threading.Thread(target=self.fill_the_queue, args=(stop, refused), daemon=True) for _ in range(24)]
        with Spy(self.server.url) as spy, self.akashi(spy.url) as akashi:
            for thread in threads:
                thread.start()
            try:
                for _ in range(5):  # until one of the collector's own requests is turned away
                    akashi.poll(codes=(0, 3))
                    if not self.holds(akashi, documents):
                        self.nothing_is_said_about_absence(akashi)
                    if {429, 503} & {status for _, _, status in spy.seen}:
                        break
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            self.assertTrue(refused, "the queue was never full")
            self.assertTrue({429, 503} & {status for _, _, status in spy.seen}, "the collector was never turned away")
            akashi.poll()
            self.equal_to_undisturbed(akashi)

    def reads(self, row):
        """A search, a point in time and its end are reads, although they are no GET."""
        method, path, _ = row
        plain = path.split("?")[0]
        return plain.endswith(self.pit) or (method == "POST" and plain == "/_search")
