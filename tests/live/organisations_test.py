#!/usr/bin/env python3
"""Two made-up organisations with names of their own for everything, each described by one config of two pages, on real servers: Northbank Water (English, Request
Tracker and its articles, OpenSearch) and 港製作所 (Japanese, Redmine and its wiki, OpenSearch). All 28 services of B, C, D and G are judged; what each should come to
stands in organisations/NAME/expected.tsv, written from what its people did and not from what akashi says."""
import csv
import json
import os
import re
import subprocess
import sys
import time
import unittest

from search_engine import DATE, WORD, MS, Engine, stamp
from soc import HERE, Akashi, Server

FOLDER = os.path.join(HERE, "organisations")
DAY = 86400 * MS
PAGE_LINES = 60
server, engine = {}, None


def text_of(organisation, name):
    with open(os.path.join(FOLDER, organisation, name), encoding="utf-8") as file:
        return file.read()


def filled(text):
    """The addresses of the servers, and days that lie so many days before today."""
    text = re.sub(r"@([a-z]+)@", lambda word: server[word[1]].url, text)
    return re.sub(r"@day-(\d+)@", lambda back: time.strftime("%Y-%m-%d", time.gmtime(time.time() - int(back[1]) * 86400)), text)


class Organisation(Akashi):
    """A folder with the organisation's own files, as its people would have written them."""

    def __init__(self, name, secrets, files=()):
        super().__init__([], secrets)
        self.name = name
        self.write("akashi.yaml", filled(text_of(name, "akashi.yaml")))
        for file, written, encoding in files:
            self.write(written, filled(text_of(name, file)), encoding)

    def write(self, name, text, encoding="utf-8"):
        with open(os.path.join(self.folder, name), "w", encoding=encoding, newline="") as file:
            file.write(text)

    def other(self, name):
        """The same folder, another config in it."""
        twin = Organisation.__new__(Organisation)
        twin.__dict__.update(self.__dict__)
        twin.config = os.path.join(self.folder, name)
        twin.more = ["--config", twin.config]
        return twin


def expected(name):
    rows = csv.DictReader(text_of(name, "expected.tsv").splitlines(), delimiter="\t")
    return {(row["service"], row["ladder"]): (row["rung"], row["state"], row["ask"]) for row in rows}


def suspicions(finding):
    return " ".join(one["code"].removeprefix("suspicion.") for one in finding["counter"] if one["code"].startswith("suspicion."))


def found(akashi):
    """{(service, ladder): (rung, state, what a person should be asked about)}; a service that nobody is responsible for has no ladder."""
    said = {}
    for one in akashi.json("findings", "--all")["findings"]:
        if one["category"] in "BCDG":
            ladder = "-" if one["state"] in ("out_of_scope", "not_observable") else one["ladder"]
            said[one["service"], ladder] = ("-" if one["rung"] is None else str(one["rung"]), one["state"], suspicions(one))
    return said


def fields(**kinds):
    return {name: DATE if kind == "date" else WORD for name, kind in kinds.items()}


def seed_board(index, properties, document, days=40):
    """One document a day and up to this hour, as `document(number, days ago, time raised, time judged)` makes it."""
    now = int(time.time()) * MS
    engine.index(index, properties=properties)
    written = []
    for number in range(days + 1):
        raised = now - (days - number) * DAY - 3 * 3600 * MS
        written.append((index, f"a{number}", document(number, days - number, stamp(raised), stamp(raised + 3600 * MS))))
    engine.write(written)


class Organisations(unittest.TestCase):
    maxDiff = None

    def judged(self, name, akashi):
        config = text_of(name, "akashi.yaml")
        self.assertLessEqual(len(config.splitlines()), 2 * PAGE_LINES, "the config is longer than two pages")
        said = json.loads(akashi.run("check", "--connect", "--json").stdout)
        self.assertEqual(said["errors"] + said["remarks"], [])
        self.assertEqual(said["gaps"], {"services": [], "places": []})
        akashi.poll()
        self.assertTrue(all(one["complete"] for one in akashi.json("coverage")["coverage"]), akashi.run("coverage").stdout)
        found_now, wanted = found(akashi), expected(name)
        self.assertEqual({service for service, _ in wanted}, {service for service, _ in found_now})
        different = {key: (wanted.get(key), found_now.get(key)) for key in sorted(wanted.keys() | found_now.keys()) if wanted.get(key) != found_now.get(key)}
        explained = "".join(akashi.run("explain", service).stdout for service in sorted({service for service, _ in different}))
        self.assertEqual(different, {}, "wanted and found\n" + explained)
        self.alerted(akashi, wanted)
        self.mapped(akashi, wanted)

    def alerted(self, akashi, wanted):
        """Somebody has to know of exactly the services that lapse, and nobody is called on the first day."""
        lapses = {(service, state) for (service, _), (_, state, _) in wanted.items() if state in ("late", "unexercised", "missed_demand", "drill_due")}
        alerts = akashi.json("alerts")["alerts"]
        self.assertEqual({(one["service"], one["kind"]) for one in alerts}, lapses)
        self.assertEqual({one["silence"] for one in alerts}, {"first_run"})
        self.assertEqual([one["service"] for one in alerts if not one["reasons"]], [], "an alert that does not say why")

    def mapped(self, akashi, wanted):
        """The matrix is the mapping of this SOC: every service that is theirs has a place there, in their own words."""
        matrix = {row["service"]: row for row in akashi.json("matrix")["services"]}
        for (service, ladder), (rung, _, _) in wanted.items():
            if ladder == "-":
                continue
            if rung >= "2":  # "-" is less
                self.assertIn("evidenced", {cell["shows"] for cell in matrix[service]["cells"]}, service)
            places = [place for place in matrix[service]["places"] if place["work"]]
            self.assertTrue(places, service)
            if ladder == "outsource":
                self.assertIn("provider_report", {place["matter"] for place in places}, service)
        for lang in ("en", "ja"):
            text = akashi.run("matrix", "--lang", lang).stdout
            for service in {service for service, _ in wanted}:
                self.assertIn(service, text)
        csv_bytes = subprocess.run(akashi.command("matrix", "--csv", "--bom"), stdout=subprocess.PIPE, check=True).stdout
        self.assertTrue(csv_bytes.startswith(b"\xef\xbb\xbf"))

    def unmapped(self, akashi, field, value):
        """What nobody put on the map is named, with the entry that would."""
        groups = [one for one in akashi.json("unmatched", "--limit", "0")["groups"] if one["hint"] == "place"]
        self.assertEqual([one["apart"].get(field) for one in groups], [value], "one group, whatever was done there")
        self.assertIn(f'{field}: "{value}"', akashi.run("unmatched").stdout.replace("\n", " ").replace("  ", " "))

    def without(self, akashi, line, service):
        """One line of the map taken out: check names the service, before anything is read."""
        with open(akashi.config, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count(line), 1)
        akashi.write("short.yaml", text.replace(line, ""))
        self.assertEqual(akashi.other("short.yaml").json("check")["gaps"]["services"], [service])

    def test_northbank(self):
        def alert(number, days_ago, raised, judged):
            who = "bcarter" if days_ago in (30, 11) else "ahughes"
            return {"touched": judged, "fired": raised, "stage": "called", "stage_at": judged, "desk": who, "detection": "odd valve command", "heat": ["cold", "warm"][number % 2],
                    "headline": f"valve {number}", "call": ["noise", "true"][number % 2], **({"from_paper": "NB-DET-01 edition 1"} if who == "bcarter" else {})}
        seed_board("soc-board", fields(touched="date", fired="date", stage="", stage_at="date", desk="", detection="", heat="", headline="", call="", from_paper=""), alert)
        with Organisation("northbank", {"rt.token": server["rt"].tokens["collector"], "opensearch.token": "pw-collector"}) as akashi:
            self.judged("northbank", akashi)
            forensics = next(row for row in akashi.json("matrix")["services"] if row["service"] == "C-1")
            self.assertEqual({one["role"] for one in forensics["procedures"]}, {"service_description", "expectation"})
            self.unmapped(akashi, "cf.Work", "Canteen")
            self.without(akashi, "      - {when: {cf.Work: Edge}, matter: operation, services: [G-2]}\n", "G-2")
            self.assertEqual(len(akashi.json("unmatched", "--actors")["accounts"]), 1, "the stranger in the lab")


    def test_minato(self):
        def alert(number, days_ago, raised, judged):
            who = "m.takahashi" if days_ago % 7 == 5 else "i.suzuki"
            return {"更新時刻": judged, "検知時刻": raised, "進み具合": "判定済", "判定時刻": judged, "判定者": who, "検知規則": "図面の大量取得", "危険度": "高", "見出し": f"検知 {number}", "判定": "誤検知"}
        seed_board("soc-kenchi-1", fields(更新時刻="date", 検知時刻="date", 進み具合="", 判定時刻="date", 判定者="", 検知規則="", 危険度="", 見出し="", 判定=""), alert)
        files = [("people.csv", "人員表.csv", "cp932"), ("places.csv", "対応表.csv", "utf-8-sig")]
        with Organisation("minato", {"redmine.key": server["redmine"].tokens["collector"], "opensearch.key": "pw-collector"}, files) as akashi:
            self.judged("minato", akashi)
            self.unmapped(akashi, "category", "備品")
            self.assertEqual(akashi.json("unmatched", "--actors")["accounts"], [])
            self.assertIn("観測", akashi.run("explain", "D-6").stdout)


if __name__ == "__main__":
    stories = {name: os.path.join(FOLDER, name) for name in ("northbank", "minato")}
    with Server("opensearch") as server["opensearch"], Server("rt", stories["northbank"]) as server["rt"], Server("redmine", stories["minato"]) as server["redmine"]:
        engine = Engine(server["opensearch"].url, server["opensearch"].tokens["admin"])
        done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
