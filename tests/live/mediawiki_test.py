#!/usr/bin/env python3
"""A real MediaWiki, polled, changed and polled again: every version of every page and every act of its log, nothing twice, and only the log-in is a POST."""
import re
import sqlite3
import sys
import time
import unittest

from same_store import doubled, records, rows
from soc import Akashi, Server
from spy import Spy
from wiki import Editor

server = None
LAG_S = 120  # the descriptor's: the log is asked for up to then


def source(url, user="Akashi", more=""):
    return f"  - name: wiki\n    connector: mediawiki\n    url: {url}\n    auth: {{scheme: session, user: {user}@live, file: secret}}\n{more}"


def reader(url):
    return Akashi([source(url)], {"secret": server.tokens["Akashi"]})


def ask(sql):
    """The server's own database, read only."""
    database = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True, timeout=30)
    found = database.execute(sql).fetchall()
    database.close()
    return found


def versions_held(redirects=True):
    rule = "" if redirects else " and page_is_redirect = 0"
    return {(page, version) for page, version in ask("select rev_page, rev_id from revision join page on page_id = rev_page where page_namespace = 0" + rule)}


def versions_kept(akashi):
    found = (re.fullmatch(r"wiki/pages/page/(\d+)/(\d+)", row["uid"]) for row in rows(akashi.store, "activity_read"))
    return {(int(one[1]), int(one[2])) for one in found if one}


def documents_kept(akashi):
    return {(int(row["id"].split("/")[-1]), int(row["version"])) for row in rows(akashi.store, "document_read")}


def log_held():
    return {number for (number,) in ask("select log_id from logging where log_namespace = 0 and log_type != 'create'")}


def log_kept(akashi):
    found = (re.match(r"wiki/log/log/(\d+)/", row["uid"]) for row in rows(akashi.store, "activity_read"))
    return {int(one[1]) for one in found if one}


class MediaWiki(unittest.TestCase):
    def equal_to_server(self, akashi, gone=frozenset()):
        """`gone`: versions of pages that were deleted after they were read; those stay."""
        self.assertEqual(sorted(versions_held() - versions_kept(akashi)), [], "versions that the wiki holds and the store lacks")
        self.assertEqual(sorted(versions_kept(akashi) - versions_held() - gone), [], "versions that the store holds and the wiki never did")
        self.assertEqual(sorted(versions_held(redirects=False) - documents_kept(akashi)), [])
        self.assertEqual(doubled(akashi.store), [])

    def test_polled_changed_and_polled_again(self):
        with Spy(server.url) as spy, reader(spy.url) as akashi:
            akashi.poll()
            self.equal_to_server(akashi)
            self.assertTrue(all(one["complete"] for one in akashi.json("coverage")["coverage"]))
            kinds = {row["uid"]: row["actor_kind"] for row in rows(akashi.store, "activity_read")}
            policy = [page for (page,) in ask("select page_id from page where page_title = 'Severity_matrix'")][0]
            self.assertEqual({kind for uid, kind in kinds.items() if f"/page/{policy}/" in uid}, {"automation"}, "a bot's version is no person's work")

            before = records(akashi.store)
            akashi.poll()
            self.assertEqual(records(akashi.store), before, "reading again without a change changes nothing")

            asato, btanaka = (Editor(server.url, name, server.tokens[name]) for name in ("Asato", "Btanaka"))
            btanaka.write("edit", title="Phishing response", text="# step one\n# tell the bank", summary="bank")
            asato.write("edit", title="Ransomware", text="# pull the plug\n[[Category:D-2]] [[Category:Owner: Asato]]", summary="new")
            asato.write("move", **{"from": "Shift hand-over", "to": "Hand-over of a shift", "reason": "clearer"})
            asato.write("protect", title="Phishing response", protections="edit=sysop", expiry="never")
            asato.write("delete", title="Severity matrix", reason="elsewhere now")
            gone = {one for one in versions_kept(akashi) if one[0] == policy}
            asato.write("undelete", title="Draft", reason="needed after all")  # its version is older than anything that was asked for
            time.sleep(LAG_S + 3)
            akashi.poll()
            self.equal_to_server(akashi, gone)
            said = [(row["services"], bool(row["owner"])) for row in rows(akashi.store, "document_read") if row["title"] == "Ransomware"]
            self.assertEqual(said, [('["D-2"]', True)], "categories of the page")
            self.assertEqual(log_kept(akashi), log_held())
            self.assertTrue(gone <= versions_kept(akashi), "what was read before it was deleted stays")
            self.assertTrue(set(before["activity_read"]) < set(records(akashi.store)["activity_read"]), "what was kept stays as it was")
            self.assertEqual([row for row in spy.writes() if "action=login" not in row[1]], [], "only reads and the log-in may reach the tool")
            self.assertNotIn(server.tokens["Akashi"], str(records(akashi.store)))

    def test_a_stranger_is_told_that_the_wiki_is_closed(self):
        anonymous = f"  - name: wiki\n    connector: mediawiki\n    url: {server.url}\n    auth: {{scheme: none}}\n    params: {{reader: [anon]}}\n"
        with Akashi([anonymous], {}) as akashi:
            akashi.poll(codes=(3,))
            self.assertEqual(akashi.json("status")["sources"][0]["state"], "broken")
            self.assertEqual(rows(akashi.store, "document_read"), [])
            for one in akashi.json("findings")["findings"]:
                self.assertNotIn(one["state"], ("unexercised", "no_demand"), one)

    def test_a_wrong_password_is_an_error_of_the_log_in(self):
        with Akashi([source(server.url)], {"secret": "n" * 32}) as akashi:
            said = akashi.poll(codes=(3,))
            self.assertEqual(akashi.json("status")["sources"][0]["state"], "broken")
            self.assertNotIn("n" * 32, said.stdout + said.stderr)


if __name__ == "__main__":
    with Server("mediawiki") as server:
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
