#!/usr/bin/env python3
"""A real OpenSearch server with its security plugin; the tests are those of search_engine_test.py, and the points in time that its nodes run out of."""
import os
import sys
import unittest

import search_engine_test
from search_engine import seed
from search_engine_test import now
from soc import Server


class OpenSearch(search_engine_test.SearchEngine):
    connector, pit = "opensearch", "/_search/point_in_time"

    def forget(self, pit):
        self.engine("DELETE", "/_search/point_in_time", {"pit_id": [pit]})

    def test_no_point_in_time_is_left(self):
        seed(self.engine, now(), alerts=40, tied=0)
        opened = []
        for _ in range(60):  # 300 of a node, one for each of six shards
            answer = self.engine("POST", "/soc-alerts-*/_search/point_in_time?keep_alive=10m&allow_partial_pit_creation=true", codes=())
            if "pit_id" not in answer:
                break
            opened.append(answer["pit_id"])
        with self.akashi() as akashi:
            self.refused(akashi, "HTTP 429")
            self.engine("DELETE", "/_search/point_in_time", {"pit_id": opened})
            akashi.poll()
            self.equal_to_undisturbed(akashi)


del search_engine_test.SearchEngine  # or it would be found as a test of its own

if __name__ == "__main__":
    os.environ["SEARCH_YML"] = search_engine_test.SMALL_QUEUE
    with Server("opensearch") as OpenSearch.server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
