"""The made-up help desk of desk/connector.yaml: one feed of events in six dialects, and the ways in which a tool can go wrong in the middle of it."""
import email.utils
import gzip
import json
import random
import socket
import struct
import time
import urllib.parse

from loopback import Loopback, Quiet

DAY = 86400


def stamp(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def feed(tickets=24, days=390, seed=5):
    """Events of `tickets` incidents, the last of them two days old, so that silence since then can be told. Ties of one second are common."""
    dice = random.Random(seed)
    begin = int(time.time()) // DAY * DAY - days * DAY
    events = []
    for number in range(1, tickets + 1):
        place = "Incidents"
        moment = begin + dice.randrange((days - 10) * DAY)
        owner, state = dice.choice(["asato", "btanaka"]), "new"

        def event(kind, **more):
            events.append({"id": 0, "ticket": number, "place": place, "title": f"Odd log-in {number}", "kind": kind, "who": owner, "at": moment, "now": state, **more})

        event("opened")
        for step in range(dice.randint(3, 6)):
            moment += dice.choice([0, 0, 600, DAY])
            event("noted")
        for after in ("open", "closed"):
            before, state = state, after
            moment += 60
            event("moved", before=before, after=after)
    events.sort(key=lambda one: one["at"])
    for number, one in enumerate(events):
        one["id"] = number + 1
        one["at"] = stamp(one["at"])
    return events


class Desk(Loopback):
    """`with Desk(events) as desk:` serves at desk.url; desk.fault, when set, is called as fault(desk, request, answer) for each list request and gives
    the answer to send, as an Answer or a function of the raw socket; desk.asked counts list requests by stream."""

    def __init__(self, events):
        self.events, self.fault, self.sessions, self.asked, self.ahead_s = events, None, set(), {}, 0
        outer = self

        class Handler(Quiet):
            protocol_version = "HTTP/1.1"

            def date_time_string(self, timestamp=None):
                return email.utils.formatdate(time.time() + outer.ahead_s, usegmt=True)

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                request = Request(self.command, self.path, self.headers, body)
                made = outer.reply(request)
                if callable(made):
                    self.close_connection = True
                    try:
                        made(self.connection)
                    except OSError:
                        pass
                    return
                data = made.bytes()
                self.send_response(made.status)
                for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **made.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(data)
                except OSError:
                    pass

            do_GET = do_POST = answer

        super().__init__(Handler)
        self.server.handle_error = lambda *_: None  # connections that the other side gave up

    def reply(self, request):
        if request.path == "/login":
            session = f"s{len(self.sessions)}-{random.random()}"
            self.sessions.add(session)
            return Answer({"session": session})
        if request.headers.get("Authorization", "").removeprefix("Session ") not in self.sessions:
            return Answer({"message": "who are you?"}, 401)
        if request.path == "/search/open":
            return Answer({"pit": "p1"})
        self.asked[request.stream] = self.asked.get(request.stream, 0) + 1
        answer = getattr(self, "list_" + request.stream)(request)
        return self.fault(self, request, answer) if self.fault else answer

    def between(self, request):
        since, until = request.asked.get("since", ""), request.asked.get("until", "~")
        return [one for one in self.events if since <= one["at"] <= until]

    def list_pages(self, request):
        rows, size, page = self.between(request), int(request.asked["limit"]), int(request.asked["page"])
        return Answer({"total": len(rows), "items": rows[(page - 1) * size:page * size]})

    def list_keyset(self, request):
        rows, size, offset = self.between(request), int(request.asked["limit"]), int(request.asked["offset"])
        return Answer({"total": len(rows), "items": rows[offset:offset + size]})

    def after(self, request, name):
        rows, size = self.between(request), int(request.asked["limit"])
        begin = int(request.asked.get(name) or 0)
        return rows[begin:begin + size], begin + size if begin + size < len(rows) else None

    def list_tokens(self, request):
        items, then = self.after(request, "cursor")
        return Answer({"items": items, "next": str(then) if then else None})

    def next_link(self, request, then):
        return self.url + request.path + "?" + urllib.parse.urlencode({**request.asked, "after": then})

    def list_links(self, request):
        items, then = self.after(request, "after")
        return Answer({"items": items, "next": self.next_link(request, then) if then else None})

    def list_headers(self, request):
        items, then = self.after(request, "after")
        return Answer({"items": items}, headers={"Link": f'<{self.next_link(request, then)}>; rel="next"'} if then else {})

    def list_search(self, request):
        rows = self.between(request)
        behind = request.asked.get("search_after", [0])[0]
        hits = [{"sort": [one["id"]], "source": one} for one in rows if one["id"] > behind][:request.asked["size"]]
        return Answer({"_shards": {"failed": 0}, "hits": hits})


class Request:
    def __init__(self, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        self.method, self.path, self.headers = method, url.path, headers
        self.stream = url.path.strip("/").split("/")[0]
        self.asked = json.loads(body) if body else dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))

    def first(self):
        """The first request of a list."""
        return not any(self.asked.get(key) for key in ("after", "cursor", "search_after")) and self.asked.get("page", "1") == "1" and self.asked.get("offset", "0") == "0"


class Answer:
    def __init__(self, body, status=200, headers=None, raw=None):
        self.body, self.status, self.headers, self.raw = body, status, headers or {}, raw

    def bytes(self):
        return self.raw if self.raw is not None else json.dumps(self.body, ensure_ascii=False).encode()

    def rows(self):
        """The list of records in it."""
        return self.body.get("hits", self.body.get("items"))

    def set_rows(self, rows):
        self.body["hits" if "hits" in self.body else "items"] = rows
        return self


# ---- faults: (desk, request, answer) → answer, or a function of the raw socket ------------------------------------------------------------


def too_many(retry_after):
    return lambda desk, request, answer: Answer({"message": "slow down"}, 429, {"Retry-After": retry_after()} if retry_after else {})


def status(code, body=None, **headers):
    return lambda desk, request, answer: Answer(body if body is not None else {"message": "no"}, code, headers)


def stall(desk, request, answer):
    return lambda connection: time.sleep(12)


def slow_drip(desk, request, answer):
    def drip(connection):
        data = answer.bytes()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(data))
        for at in range(120):
            connection.sendall(data[at:at + 1])
            time.sleep(0.1)
    return drip


def reset(desk, request, answer):
    def cut(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    return cut


def truncated(desk, request, answer):
    data = answer.bytes()[:-len(answer.bytes()) // 3]
    return Answer(None, raw=data)  # well framed: only the JSON is short


def cut_in_the_header(desk, request, answer):
    return lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Long: " + b"x" * 40)


def gzip_bomb(desk, request, answer):
    return Answer(None, headers={"Content-Encoding": "gzip"}, raw=gzip.compress(b" " * (80 << 20), 9))


def elsewhere(desk, request, answer):
    answer.headers["Link"] = '<http://192.0.2.1/items>; rel="next"'
    answer.body["next"] = "http://192.0.2.1/items"
    return answer


def shards_fail(desk, request, answer):
    if "_shards" in answer.body:
        answer.body["_shards"]["failed"] = 3
        answer.set_rows(answer.rows()[:1])
    return answer


def wrong_type(desk, request, answer):
    return Answer(None, headers={"Content-Type": "text/html"}, raw=b"<!doctype html><p>Please log in")


def deep(desk, request, answer):
    return Answer(None, raw=b'{"total": 1, "items": ' + b"[" * 10000 + b"]" * 10000 + b"}")


def huge(desk, request, answer):
    return Answer(None, raw=b'{"total": 1, "items": [' + b"1," * (20 << 20) + b"1]}")


def same_page_again(desk, request, answer):
    """Whatever is asked, the first page, and always more to come."""
    rows = [{"sort": [one["id"]], "source": one} if request.stream == "search" else one for one in desk.events[:20]]
    answer.set_rows(rows)
    if "total" in answer.body:
        answer.body["total"] = 10000
    answer.body["next"] = "20" if request.stream == "tokens" else desk.next_link(request, 20) if request.method == "GET" else None
    answer.headers["Link"] = f'<{answer.body["next"]}>; rel="next"'
    return answer


def never_ends(desk, request, answer):
    """Always new records, never a last page."""
    count = desk.asked[request.stream]
    base = desk.events[0]
    rows = [{**base, "id": 100000 + count * 20 + at, "at": stamp(time.time() - 3 * DAY + count * 20 + at)} for at in range(20)]
    answer.set_rows([{"sort": [one["id"]], "source": one} for one in rows] if request.stream == "search" else rows)
    if "total" in answer.body:
        answer.body["total"] = 100000
    answer.body["next"] = str(count * 20) if request.stream == "tokens" else desk.next_link(request, count * 20) if request.method == "GET" else None
    answer.headers["Link"] = f'<{answer.body["next"]}>; rel="next"'
    return answer


def forgets_sessions(every):
    def fault(desk, request, answer):
        if sum(desk.asked.values()) % every == 0:
            desk.sessions.clear()
            return Answer({"message": "session expired"}, 401)
        return answer
    return fault


def empty_in_the_middle(desk, request, answer):
    """Every third page of a list by tokens is empty, and the token goes on."""
    if request.stream == "tokens" and desk.asked["tokens"] % 3 == 2:
        answer.body["next"] = request.asked.get("cursor") or "0"
        if answer.body["next"] == desk.__dict__.get("held"):
            return answer
        desk.held = answer.body["next"]
        answer.body["next"] = desk.held + " "
        answer.set_rows([])
    return answer


def reordered(desk, request, answer):
    """Records of one page in another order; those of one list that promises an order stay in it."""
    rows = answer.rows()
    if request.stream in ("pages", "tokens", "links", "headers"):
        answer.set_rows(rows[::-1])
    return answer


def duplicated(desk, request, answer):
    """Every record twice."""
    if request.stream in ("tokens", "links", "headers"):
        answer.set_rows([one for one in answer.rows() for _ in range(2)])
    return answer
