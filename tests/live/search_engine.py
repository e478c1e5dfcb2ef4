"""What the tests against OpenSearch and Elasticsearch share: the documents of a small SOC, written as a SIEM would, and what the store has to hold of them."""
import base64
import http.client
import json
import random
import time
import urllib.parse

MS = 1000
DATE, WORD = {"type": "date"}, {"type": "keyword"}
FIELDS = {"updated": DATE, "raised_at": DATE, "soc.status_at": DATE, "soc.status": WORD, "soc.by": WORD, "soc.owner": WORD, "rule.name": WORD, "severity": WORD,
          "title": {"type": "text"}}
PARAMS = ("time_field: updated, created_field: raised_at, status_field: soc.status, status_time_field: soc.status_at, actor_field: soc.by, owner_field: soc.owner, "
          "rule_field: rule.name, severity_field: severity, title_field: title, automation_users: [soar]")
PEOPLE = ["asato", "btanaka", "cmori"]
RULES = ["SSH brute force", "Encoded PowerShell", "異常な送信先", "Port scan"]


def stamp(moment):
    """Milliseconds since 1970 as a search engine writes them."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.", time.gmtime(moment // MS)) + "%03dZ" % (moment % MS)


class Engine:
    """The administrator's side of a search engine."""

    def __init__(self, url, password):
        self.host = urllib.parse.urlsplit(url).netloc
        self.headers = {"Content-Type": "application/json", "Authorization": "Basic " + base64.b64encode(f"admin:{password}".encode()).decode()}

    def __call__(self, method, path, body=None, codes=(200, 201)):
        connection = http.client.HTTPConnection(self.host, timeout=120)
        text = body if isinstance(body, str) else json.dumps(body) if body is not None else None
        connection.request(method, path, text.encode() if text else None, self.headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        if codes and answer.status not in codes:
            raise AssertionError(f"{method} {path}: {answer.status} {said[:400]!r}")
        return json.loads(said) if said.strip() else {}

    def index(self, name, shards=1, properties=FIELDS, **settings):
        self("PUT", "/" + name, {"settings": {"index.number_of_shards": shards, "index.number_of_replicas": 0, **settings},
                                 "mappings": {"dynamic": False, "properties": properties}})

    def write(self, documents, action="index"):
        """documents: (index, id, document)."""
        lines = []
        for index, name, document in documents:
            lines += [json.dumps({action: {"_index": index, "_id": name}}), json.dumps(document if action == "index" else {"doc": document})]
        if self("POST", "/_bulk?refresh=true", "\n".join(lines) + "\n")["errors"]:
            raise AssertionError("a document could not be written")

    def held(self, pattern):
        """{(index, id): document} of all that the engine holds."""
        found, after = {}, None
        while True:
            body = {"size": 5000, "sort": ["_doc"]}
            answer = self("POST", f"/{pattern}/_search?scroll=1m", body) if after is None else self("POST", "/_search/scroll", {"scroll": "1m", "scroll_id": after})
            if not answer["hits"]["hits"]:
                return found
            after = answer["_scroll_id"]
            for hit in answer["hits"]["hits"]:
                found[hit["_index"], hit["_id"]] = hit["_source"]


def alert(moment, number, status="open", **more):
    document = {"updated": stamp(moment), "raised_at": stamp(moment), "soc.status": status, "rule.name": RULES[number % len(RULES)], "title": f"alert {number}",
                "severity": ["low", "medium", "high"][number % 3]}
    document.update(more)
    return document


def worked(moment, status, by, owner=None):
    change = {"updated": stamp(moment), "soc.status": status, "soc.by": by, "soc.status_at": stamp(moment)}
    if owner:
        change["soc.owner"] = owner
    return change


def seed(engine, now, alerts=3000, tied=2500):
    """Two indices of three shards; a burst whose alerts all have the same millisecond, more of them than a page holds; a third of the others worked on."""
    chance = random.Random(7)
    engine.index("soc-alerts-1", 3)
    engine.index("soc-alerts-2", 3)
    written, changes = [], []
    for number in range(alerts):
        moment = now - chance.randrange(3600, 10 * 86400) * MS
        place = ("soc-alerts-%d" % (number % 2 + 1), "a%d" % number)
        written.append((*place, alert(moment, number)))
        if number % 3 == 0:
            by = PEOPLE[number % len(PEOPLE)] if number % 9 else "soar"
            changes.append((*place, worked(moment + 600 * MS, "acknowledged" if number % 2 else "closed", by, by if number % 9 else None)))
    burst = now - 2 * 86400 * MS
    written += [("soc-alerts-%d" % (number % 2 + 1), "tied%d" % number, alert(burst, number)) for number in range(tied)]
    for at in range(0, len(written), 2000):
        engine.write(written[at:at + 2000])
    engine.write(changes, "update")


def expected(documents, stream="alerts", opened="raised"):
    """The uids of the activities that the documents, as they are, tell of."""
    found = set()
    for (index, name), document in documents.items():
        start = f"soc/{stream}/{index}/{name}/"
        found.add(start + opened)
        if document["soc.status"] != "open":
            found.add(start + f"status.{document['soc.status']}.{document['soc.status_at']}")
        if document.get("soc.owner"):
            found.add(start + "assigned." + document["soc.owner"])
    return found


def statuses(documents, kind="alert"):
    return {f"soc:{kind}/{index}/{name}": document["soc.status"] for (index, name), document in documents.items()}


def source(connector, url, alerts="[soc-alerts-*]", more="", user="collector", overlap="1h", interval="5m"):
    return (f"  - name: soc\n    connector: {connector}\n    url: {url}\n    interval: {interval}\n    auth: {{scheme: basic, user: {user}, file: {user}}}\n"
            f"    params: {{alert_indices: {alerts}, overlap: [{overlap}], {PARAMS}{more}}}\n")
