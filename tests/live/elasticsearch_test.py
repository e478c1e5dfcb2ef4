#!/usr/bin/env python3
"""A real Elasticsearch server; the tests are those of search_engine_test.py."""
import os
import sys
import unittest

import search_engine_test
from soc import Server


class Elasticsearch(search_engine_test.SearchEngine):
    connector, pit = "elasticsearch", "/_pit"

    def forget(self, pit):
        self.engine("DELETE", "/_pit", {"id": pit})


del search_engine_test.SearchEngine  # or it would be found as a test of its own

if __name__ == "__main__":
    os.environ["SEARCH_YML"] = search_engine_test.SMALL_QUEUE
    with Server("elasticsearch") as Elasticsearch.server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
