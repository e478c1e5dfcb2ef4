"""A tool that answers like Request Tracker's REST2, from a script: the same questions get the same answers, whoever asks and how often.

It holds `tickets` tickets worked on by a few people over ninety days, and shows only the first `shown` transactions, so that a test can let
history grow between polls. Shapes and habits are those seen on a real RT 5.0.3: null totals, strings for numbers, one-second times with ties.
"""
import json
import random
import re
import time
import urllib.parse

from loopback import Loopback, Quiet

PEOPLE = {1: "RT_System", 6: "Nobody", 14: "root", 29: "asato", 31: "btanaka", 33: "cmori", 35: "dkimura"}
QUEUES = {3: "Incident Reports", 4: "Incidents", 5: "Investigations", 6: "Countermeasures"}
DONE = {3: "resolved", 4: "resolved", 5: "resolved", 6: "removed"}
UNSET = "1970-01-01T00:00:00Z"


def stamp(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def condition(query):
    """TicketSQL in small: FIELD OP VALUE joined by AND, OR and parentheses; gives a function of a row."""
    same = re.fullmatch(r"\((id = \d+(?: OR id = \d+)*)\)(?: AND (.*))?", query)
    if same:  # a list of numbers, by far the most frequent: looked up, not compared one by one
        numbers, rest = set(re.findall(r"\d+", same[1])), condition(same[2]) if same[2] else None
        return lambda row: row["id"] in numbers and (rest is None or rest(row))
    tokens = re.findall(r"\(|\)|'(?:[^'\\]|\\.)*'|[<>!]=?|=|[\w.:{}-]+", query)
    place = 0

    def word():
        nonlocal place
        place += 1
        return tokens[place - 1]

    def reading(value):
        """How a row's field is read to be compared with this value."""
        if value.isdigit():
            return int
        if re.match(r"\d{4}-\d\d-\d\d", value):
            return lambda field: field[:19].replace("T", " ")
        return str

    def term():
        if tokens[place] == "(":
            word()
            inner = either()
            word()
            return inner
        field, sign, value = word(), word(), word().strip("'")
        compare = {"=": lambda a, b: a == b, "!=": lambda a, b: a != b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
                   "<": lambda a, b: a < b, "<=": lambda a, b: a <= b}[sign]
        read = reading(value)
        wanted = read(value)
        return lambda row: field in row and compare(read(row[field]), wanted)

    def both():
        parts = [term()]
        while place < len(tokens) and tokens[place].upper() == "AND":
            word()
            parts.append(term())
        return lambda row: all(part(row) for part in parts)

    def either():
        parts = [both()]
        while place < len(tokens) and tokens[place].upper() == "OR":
            word()
            parts.append(both())
        return lambda row: any(part(row) for part in parts)

    return either() if tokens else lambda row: False


class Story:
    def __init__(self, tickets, seed=3, days=90):
        dice = random.Random(seed)
        midnight = int(time.time()) // 86400 * 86400
        events = []
        self.tickets = {}
        for number in range(1, tickets + 1):
            queue = dice.choice(list(QUEUES))
            opened = midnight - days * 86400 + dice.randrange((days - 5) * 86400)
            maker, owner = dice.choice([29, 31, 33, 35]), dice.choice([29, 31, 33, 35])
            self.tickets[number] = {"id": str(number), "queue": queue, "subject": f"Story {number} 影響調査", "maker": maker}
            moment = opened
            events.append((moment, number, maker, "Create", "", "", ""))
            for step in range(dice.randint(3, 12)):
                moment += dice.choice([0, 0, 600, 7200, 40000])  # ties are common in RT
                kind = dice.choice(["Comment", "Comment", "Correspond", "Owner", "Severity", "Status"])
                if kind == "Owner":
                    new = dice.choice([29, 31, 33, 35])
                    events.append((moment, number, new, "Set", "Owner", str(owner), str(new)))
                    events.append((moment, number, new, "SetWatcher", "Owner", str(owner), str(new)))
                    owner = new
                elif kind == "Severity":
                    events.append((moment, number, owner, "CustomField", "3", "Low", dice.choice(["Medium", "High"])))
                elif kind == "Status":
                    events.append((moment, number, owner, "Status", "Status", "new", "open"))
                else:
                    events.append((moment, number, owner, kind, "", "", ""))
            events.append((moment + 60, number, owner, "Status", "Status", "open", DONE[queue]))
        events.sort(key=lambda event: event[0])
        self.transactions = []
        for at, (moment, number, who, kind, field, old, new) in enumerate(events):
            self.transactions.append({"id": str(1000 + at), "type": "transaction", "Type": kind, "Field": field, "OldValue": old, "NewValue": new,
                                      "Created": stamp(moment), "ObjectType": "RT::Ticket", "ObjectId": str(number), "TicketId": str(number), "TimeTaken": "0", "Data": "",
                                      "creator": who})
        self.shown = len(self.transactions)
        self.rows_of = (None, [])

    def feed(self):
        return self.transactions[:self.shown]

    def ticket_rows(self):
        if self.rows_of[0] == self.shown:
            return self.rows_of[1]
        shown, rows = self.shown, {}
        for row in self.transactions[:shown]:  # a ticket looks as the transactions shown so far left it
            ticket = self.tickets[int(row["ObjectId"])]
            state = rows.setdefault(row["ObjectId"], {
                **{key: ticket[key] for key in ("id",)}, "type": "ticket", "Type": "ticket", "Subject": ticket["subject"], "Status": "new", "Created": row["Created"],
                "Queue": QUEUES[ticket["queue"]], "queue": ticket["queue"], "owner": 6, "maker": ticket["maker"], "Resolved": UNSET, "Started": UNSET, "Due": UNSET,
                "Priority": "0", "severity": "Low", "EffectiveId": ticket["id"], "SLA": "", "Told": UNSET, "Starts": UNSET})
            state["LastUpdated"] = row["Created"]
            state["last"] = row["creator"]
            if row["Field"] == "Owner":
                state["owner"] = int(row["NewValue"])
            elif row["Field"] == "Status":
                state["Status"] = row["NewValue"]
                state["Resolved"] = row["Created"] if row["NewValue"] == DONE[ticket["queue"]] else UNSET
            elif row["Type"] == "CustomField":
                state["severity"] = row["NewValue"]
        self.rows_of = (shown, list(rows.values()))
        return self.rows_of[1]


class ScriptedRt(Loopback):
    """`with ScriptedRt(story) as rt:` serves at rt.url; `delay_s` is slept before each answer; `broken`: it refuses; rt.asked counts requests."""

    def __init__(self, story, delay_s=0.01):
        self.story, self.delay_s, self.asked, self.broken = story, delay_s, 0, False
        outer = self

        class Handler(Quiet):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.asked += 1
                time.sleep(outer.delay_s)
                url = urllib.parse.urlsplit(self.path)
                asked = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
                status, answer = outer.answer(url.path.removeprefix("/REST/2.0"), asked) if not outer.broken else (400, {"message": "Bad Request"})
                body = json.dumps(answer, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", 'application/json; charset="utf-8"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # the poller was killed

        super().__init__(Handler)
        self.server.handle_error = lambda *_: None  # connections of killed pollers break; that is the point

    def thing(self, kind, ident, **more):
        return {"type": kind, "id": str(ident), "_url": f"{self.url}/REST/2.0/{kind}/{ident}", **more}

    def user(self, number, fields):
        name = PEOPLE[number]
        if "id" in fields:
            return {"type": "user", "id": number, "Name": name, "_url": f"{self.url}/REST/2.0/user/{name}"}
        return self.thing("user", name, **({"Name": name} if "Name" in fields else {}))

    def page(self, rows, asked, row, total=False):
        size = min(int(asked.get("per_page", 20)), 100)
        number = int(asked.get("page", 1))
        part = rows[(number - 1) * size:number * size]
        pages = -(-len(rows) // size)
        answer = {"count": len(part), "page": number, "per_page": size, "total": len(rows) if total else None, "pages": pages if total else None,
                  "items": [row(item) for item in part]}
        if total and number < pages:
            answer["next_page"] = f"{self.url}/REST/2.0/tickets?" + urllib.parse.urlencode({**asked, "page": number + 1})
        return 200, answer

    def answer(self, path, asked):
        fields = asked.get("fields", "").split(",")
        if path == "/rt":
            return 200, {"Version": "5.0.3", "Plugins": []}
        if path == "/transactions":
            query = asked.get("query", "")
            after = re.search(r"\bid >=? (\d+)", query)  # numbers are dense: what lies before needs no look
            rows = list(filter(condition(query), self.story.feed()[max(0, int(after[1]) - 1000) if after else 0:]))
            if asked.get("order", "ASC").upper() == "DESC":
                rows.reverse()

            def row(item):
                shown = {key: value for key, value in item.items() if key in fields or key in ("id", "type")}
                if "Creator" in fields:
                    shown["Creator"] = self.user(item["creator"], asked.get("fields[Creator]", "").split(","))
                return {**shown, "_url": f"{self.url}/REST/2.0/transaction/{item['id']}"}
            return self.page(rows, asked, row)
        if path == "/tickets":
            def row(item):
                shown = {key: value for key, value in item.items() if key in fields or key in ("id", "type")}
                for field, key in (("Owner", "owner"), ("Creator", "maker"), ("LastUpdatedBy", "last")):
                    if field in fields:
                        shown[field] = self.user(item[key], asked.get(f"fields[{field}]", "").split(","))
                if "Queue" in fields:
                    shown["Queue"] = self.thing("queue", item["queue"], Name=item["Queue"])
                if "CustomFields" in fields:
                    shown["CustomFields"] = [self.thing("customfield", 3, name="Severity", values=[item["severity"]])]
                return {**shown, "_url": f"{self.url}/REST/2.0/ticket/{item['id']}"}
            rows = list(filter(condition(asked.get("query", "")), self.story.ticket_rows()))
            order = asked.get("orderby", "id")
            rows.sort(key=lambda item: (int(item["id"]) if order == "id" else item.get(order, ""), int(item["id"])), reverse=asked.get("order") == "DESC")
            return self.page(rows, asked, row, total=True)
        if path == "/attachments":
            limits = [limit for limit in json.loads(asked.get("query", "[]")) if limit["field"] == "TransactionId"]
            named = {limit["value"] if isinstance(limit["value"], str) else str(limit["value"]) for limit in limits if limit.get("operator", "=") == "="}
            above = max((int(limit["value"]) for limit in limits if limit.get("operator") == ">"), default=None)
            below = min((int(limit["value"]) for limit in limits if limit.get("operator") == "<="), default=10**9)
            rows = [row for row in self.story.feed() if row["Type"] in ("Comment", "Correspond", "Create")
                    and (row["id"] in named or (above is not None and above < int(row["id"]) <= below))]

            def row(item):
                text = f"Note {item['id']}: done as IR-01 1.1 says." if int(item["id"]) % 7 == 0 else f"Note {item['id']}: looked at the logs."
                every = {"TransactionId": item["id"], "ContentType": "text/plain", "Content": text, "Created": item["Created"], "Subject": "", "Filename": "", "Parent": "0"}
                return self.thing("attachment", int(item["id"]) + 5000, **{key: value for key, value in every.items() if key in fields},
                                  **({"Creator": self.user(item["creator"], asked.get("fields[Creator]", "").split(","))} if "Creator" in fields else {}))
            return self.page(rows, asked, row)
        if path == "/users":
            return self.page(sorted(PEOPLE), asked, lambda number: self.user(number, ["id", "Name"]), total=True)
        if path.startswith("/user/"):
            for number, name in PEOPLE.items():
                if path[6:] in (str(number), name):
                    return 200, {"Name": name, "RealName": name, "Privileged": 1, "_hyperlinks": [{"ref": "self", "type": "user", "id": number}]}
            return 404, {"message": "Not Found"}
        if path == "/queues/all":
            return self.page(sorted(QUEUES), asked, lambda number: self.thing("queue", number, Name=QUEUES[number], Disabled="0"))
        if path == "/customfield/3":
            return 200, {"id": 3, "Name": "Severity", "Type": "Select"}
        if path in ("/articles", "/classes", "/customfields"):
            return self.page([], asked, dict)
        if re.fullmatch(r"/ticket/\d+", path):
            for item in self.story.ticket_rows():
                if item["id"] == path[8:]:
                    return 200, {**item, "id": int(item["id"])}
        return 404, {"message": "Not Found"}
