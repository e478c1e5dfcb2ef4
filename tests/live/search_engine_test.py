"""A real search engine, polled, changed and polled again: what is kept equals what it holds, also where it answers with half of it. Run by opensearch_test.py
and elasticsearch_test.py, which say what is different in each."""
import threading
import time
import unittest

from same_store import doubled, records, rows
from search_engine import FIELDS, MS, Engine, alert, expected, seed, source, stamp, statuses, worked
from soc import Akashi
from spy import Spy

SMALL_QUEUE = "thread_pool.search.size: 1\nthread_pool.search.queue_size: 40"  # of the server: two dozen clients fill it


def now():
    return int(time.time()) * MS


class Halves(Spy):
    """Takes the wish for whole answers out of the requests, as a gateway might: the engine then answers with what it has, behind a 200."""

    def rewritten(self, path):
        return path.replace("allow_partial_search_results=false", "allow_partial_search_results=true")


class SearchEngine(unittest.TestCase):
    connector = ""  # a subclass says which, and how a point in time is opened
    server = None
    pit = ""

    def setUp(self):
        self.engine = Engine(self.server.url, self.server.tokens["admin"])
        self.engine("DELETE", "/soc-alerts-*,soc-cases?ignore_unavailable=true", codes=(200, 404))

    def akashi(self, url=None, **more):
        user = more.get("user", "collector")
        return Akashi([source(self.connector, url or self.server.url, **more)], {user: self.server.tokens[user]})

    def coverage(self, akashi):
        return [one for one in akashi.json("coverage")["coverage"] if one["stream"] == "alerts"]

    def kept(self, akashi):
        return {row["uid"] for row in rows(akashi.store, "activity_read")}

    def equal_to_engine(self, akashi, pattern="soc-alerts-*"):
        documents = self.engine.held(pattern)
        self.assertEqual(sorted(expected(documents) - self.kept(akashi))[:5], [], "what the engine holds and the store lacks")
        self.assertEqual({row["id"]: row["status"] for row in rows(akashi.store, "case_read")}, statuses(documents))
        self.assertEqual(doubled(akashi.store), [])
        return documents

    def nothing_is_said_about_absence(self, akashi):
        self.assertFalse(any(one["complete"] for one in self.coverage(akashi)), "nothing may be called complete")
        for one in akashi.json("findings")["findings"]:
            self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)

    def test_polled_changed_and_polled_again(self):
        seed(self.engine, now())
        with Spy(self.server.url) as spy, self.akashi(spy.url) as akashi:
            akashi.poll()
            documents = self.equal_to_engine(akashi)
            self.assertEqual(self.kept(akashi), expected(documents), "and nothing more")
            self.assertEqual(len(documents), 5500)
            self.assertTrue(all(one["complete"] for one in self.coverage(akashi)), self.coverage(akashi))
            self.assertEqual([row for row in spy.writes() if not self.reads(row)], [], "only reads may reach the tool")

            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            moment = now() - 60 * MS
            self.engine.write([("soc-alerts-1", "a0", worked(moment, "closed", "cmori", "cmori")), ("soc-alerts-2", "a1", worked(moment, "acknowledged", "asato"))], "update")
            self.engine.write([("soc-alerts-1", "new", alert(moment, 1, **worked(moment, "closed", "btanaka")))])
            akashi.poll()
            self.equal_to_engine(akashi)
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertNotIn(self.server.tokens["collector"], str(records(akashi.store)))

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
            said = akashi.poll(codes=(3,))
            self.assertIn("window", said.stdout + said.stderr)
            self.nothing_is_said_about_absence(akashi)
            self.engine("PUT", "/soc-alerts-1/_settings", {"index.max_result_window": 10000})
            akashi.poll()
            self.equal_to_engine(akashi)

    def test_late_documents(self):
        self.engine.index("soc-alerts-1", 1)
        self.engine.write([("soc-alerts-1", "first", alert(now() - 7200 * MS, 1))])
        with self.akashi() as short, self.akashi(overlap="6h") as long:
            short.poll()
            long.poll()
            self.engine.write([("soc-alerts-1", "late", alert(now() - 1800 * MS, 2)), ("soc-alerts-1", "very_late", alert(now() - 3 * 3600 * MS, 3))])
            short.poll()
            long.poll()
            self.equal_to_engine(long)
            self.assertEqual({row["id"] for row in rows(short.store, "case_read")}, {"soc:alert/soc-alerts-1/first", "soc:alert/soc-alerts-1/late"})

    def test_a_closed_index(self):
        seed(self.engine, now(), alerts=40, tied=0)
        with self.akashi() as akashi:
            self.engine("POST", "/soc-alerts-2/_close")
            akashi.poll(codes=(0, 3))
            self.assertIn("closed", " ".join(one["why"] for one in self.coverage(akashi)))
            self.nothing_is_said_about_absence(akashi)
            self.engine("POST", "/soc-alerts-2/_open?wait_for_active_shards=1")
        with self.akashi() as akashi:
            akashi.poll()
            self.equal_to_engine(akashi)
            self.assertTrue(all(one["complete"] for one in self.coverage(akashi)))

    def test_half_an_answer_behind_a_200(self):
        seed(self.engine, now(), alerts=40, tied=0)
        self.engine.index("soc-alerts-3", 1, {**FIELDS, "severity": {"type": "long"}})  # the filter's words are no numbers: its shard fails
        self.engine.write([("soc-alerts-3", "odd", alert(now() - 3600 * MS, 1, severity=3))])
        words = ', filter: ["severity:(low OR medium OR high)"]'
        with Halves(self.server.url) as halves, self.akashi(halves.url, more=words) as akashi:
            akashi.poll(codes=(3,))
            self.assertTrue(any(status == 200 and "/_search?" in path for _, path, status in halves.seen), "the engine did answer, in part")
            self.nothing_is_said_about_absence(akashi)
            self.engine("DELETE", "/soc-alerts-3")
            akashi.poll()
            self.equal_to_engine(akashi)

    def test_an_index_without_the_time_field(self):
        seed(self.engine, now(), alerts=40, tied=0)
        self.engine.index("soc-alerts-3", 1, {"title": {"type": "text"}})
        self.engine.write([("soc-alerts-3", "odd", alert(now() - 3600 * MS, 1))])
        with self.akashi() as akashi:
            akashi.poll(codes=(0, 3))
            self.nothing_is_said_about_absence(akashi)

    def test_no_index_and_no_right(self):
        with self.akashi() as akashi:
            said = akashi.poll(codes=(3,))
            self.assertIn("index", said.stdout + said.stderr)
            self.nothing_is_said_about_absence(akashi)
        seed(self.engine, now(), alerts=40, tied=0)
        with self.akashi(user="narrow") as akashi:
            said = akashi.poll(codes=(3,))
            self.assertTrue("403" in said.stdout + said.stderr or "404" in said.stdout + said.stderr, said.stdout + said.stderr)
            self.nothing_is_said_about_absence(akashi)

    def test_a_wrong_password(self):
        with Akashi([source(self.connector, self.server.url)], {"collector": "wrong"}) as akashi:
            akashi.poll(codes=(3,))
            self.assertEqual(akashi.json("status")["sources"][0]["state"], "broken")
            self.nothing_is_said_about_absence(akashi)

    def test_a_full_search_queue(self):
        seed(self.engine, now(), alerts=400, tied=0)
        heavy = {"size": 0, "query": {"query_string": {"query": "title:*1* OR title:*2* OR title:*3*"}}, "aggs": {"a": {"terms": {"field": "rule.name", "size": 1000}}}}
        stop, refused = threading.Event(), []

        def load():
            while not stop.is_set():
                answer = self.engine("POST", "/soc-alerts-*/_search?request_cache=false", heavy, codes=())
                if answer.get("status") == 429 or answer.get("_shards", {}).get("failed"):
                    refused.append(answer)

        threads = [threading.Thread(target=load, daemon=True) for _ in range(24)]
        with self.akashi() as akashi:
            for thread in threads:
                thread.start()
            try:
                akashi.poll(codes=(0, 3))
                if not any(one["complete"] for one in self.coverage(akashi)):
                    self.nothing_is_said_about_absence(akashi)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            self.assertTrue(refused, "the queue was never full")
            akashi.poll()
            self.equal_to_engine(akashi)

    def reads(self, row):
        """A search, a point in time and its end are reads, although they are no GET."""
        method, path, _ = row
        plain = path.split("?")[0]
        return plain.endswith(self.pit) or (method == "POST" and plain == "/_search")
