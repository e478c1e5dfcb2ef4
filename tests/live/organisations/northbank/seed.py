#!/usr/bin/env python3
"""Ninety days of Northbank Water's security room in Request Tracker. Arguments: URL, file of tokens, clock file.
What each service should come to, and why, stands in expected.tsv; this file is only what people did."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from seeding import Api, Timeline  # noqa: E402

base, token_file, clock_file = sys.argv[1:4]
with open(token_file) as file:
    token = json.load(file)
api = Api(base, lambda user: {"Authorization": "token " + token[user]})
line = Timeline(clock_file, 90)
ANN, BEN, CLEO, DANA = "ahughes", "bcarter", "cmarsh", "dprice"
ticket = {}


def rest(user, method, path, body=None):
    return api(user, method, "/REST/2.0" + path, body)


def put(name, user, **fields):
    answer = rest(user, "PUT", f"/ticket/{ticket[name]}", fields)
    if any(word in sentence for sentence in answer for word in ("Permission Denied", "isn't a valid", "could not")):  # RT refuses with 200
        sys.exit(f"seeding: {name} as {user} {fields}: {answer}")


def create(name, user, queue, fields, subject):
    ticket[name] = int(rest(user, "POST", "/ticket", {"Queue": queue, "Subject": subject, "Content": subject, "ContentType": "text/plain", "CustomFields": fields})["id"])


def write(name, user, kind, text):
    rest(user, "POST", f"/ticket/{ticket[name]}/{kind}", {"Content": text, "ContentType": "text/plain"})


def job(days, work, who, says="Done.", asker=None, reply=False, hours=5.0, exercise=False, done_days_ago=None, name=None, urgency=None, part_of=None):
    """A ticket of this kind of work: logged, taken, worked on, wrapped up."""
    name = name or f"{work} {days}"
    fields = {"Work": work, **({"Exercise": "yes"} if exercise else {})}
    line.at(days, 9, create, name, asker or who, "Desk", fields, f"{work} of the week, {days}")
    if part_of:
        line.at(days, 9.1, lambda: put(name, who, AddMemberOf=ticket[part_of]))
    line.at(days, 9.5, lambda: rest(who, "PUT", f"/ticket/{ticket[name]}/take"))
    line.at(days, 9.6, lambda: put(name, who, Status="on it"))
    if urgency:
        line.at(days, 9.8, lambda: put(name, who, CustomFields={"Urgency": urgency}))
    line.at(days, 10, write, name, who, "correspond" if reply else "comment", says)
    if done_days_ago is not None:
        line.at(days, 10.2, lambda: put(name, who, CustomFields={"Done on": day(done_days_ago)}))
    line.at(days, 9 + hours, lambda: put(name, who, Status="wrapped up"))


def day(days_ago):
    return time.strftime("%Y-%m-%d", time.gmtime(line.start + (line.days - days_ago) * 86400))


def paper(days, user, title, services, edition, kept_by="Ann Hughes", looked_over=None, kind="procedure", in_fields=False):
    head = {"Covers": services, "Kept by": kept_by, "Edition": str(edition), "Looked over on": day(looked_over or days)}
    text = "" if in_fields else "".join(f"{name}: {value}\n" for name, value in {**head, "Kind of paper": kind}.items()) + "\n"
    fields = {"Content": text + "How we do it, step by step.\n", **(head if in_fields else {})}

    def publish():
        if title in ticket:
            rest(user, "PUT", f"/article/{ticket[title]}", {"CustomFields": fields})
        else:
            ticket[title] = int(rest(user, "POST", "/article", {"Class": "How we do it", "Name": title, "Summary": title, "CustomFields": fields})["id"])
    line.at(days, 8, publish)


def sign(days, title, edition, by, to="wrapped up", asker=ANN):
    name = f"sign {title} {edition} {by}"
    line.at(days, 11, create, name, asker, "Sign-off", {}, f"Please sign {title}, edition {edition}")
    if by:
        line.at(days, 15, lambda: put(name, by, Status=to))


def report(days, work, looked=None, made_of_it=None, figure=None, as_agreed=None):
    """What the provider sends, and what somebody inside makes of it some days later."""
    name = f"report {work} {days}"
    line.at(days, 7, create, name, "deepwater", "Vendor", {"Work": work}, f"Deepwater, {work.lower()}: report of the month")
    if not looked:
        return
    line.at(days - 3, 10, lambda: put(name, looked, Status="on it"))
    fields = {"What we make of it": made_of_it, "Own figure": figure, "As agreed": as_agreed}
    fields = {field: text for field, text in fields.items() if text}
    if fields:
        line.at(days - 3, 10.5, lambda: put(name, looked, CustomFields=fields))
    line.at(days - 3, 11, lambda: put(name, looked, Status="wrapped up"))


def papers():
    paper(88, ANN, "NB-DET-01 Watching the board", "B-1", 1)
    paper(88, ANN, "NB-LOG-01 Keeping logs", "B-2", 1, looked_over=700)
    paper(88, ANN, "NB-WARN-01 Bulletins", "B-3", 1)
    paper(88, ANN, "NB-ASK-01 Questions", "B-4", 1)
    paper(88, ANN, "NB-IN-01 Calls", "D-1", 1)
    paper(65, ANN, "NB-IN-01 Calls", "D-1", 2)
    paper(88, ANN, "NB-IR-01 Cases", "D-2", 1)
    paper(40, ANN, "NB-IR-01 Cases", "D-2", 2)
    paper(88, ANN, "NB-EDGE-01 The edge", "G-2", 1)
    paper(88, ANN, "NB-LAP-01 Laptops", "G-4", 1, kept_by="")
    paper(88, ANN, "NB-BB-01 The big board", "G-9", 1, in_fields=True)
    rule = {"Work": "House rule", "Covers": "G-11", "Kept by": "Ann Hughes", "Edition": "1", "Looked over on": day(88)}
    line.at(88, 8, create, "house rule", ANN, "Desk", rule, "NB-SHOP-01 Our own shop")  # one procedure is a ticket
    line.at(87, 8, lambda: put("house rule", ANN, Status="wrapped up"))
    paper(86, ANN, "NB-SOW-01 What Deepwater does", "C-1", 1, kind="statement of work")
    paper(85, ANN, "NB-EXP-01 What we expect of forensics", "C-1", 1, kind="expected result")
    sign(80, "NB-DET-01 Watching the board", 1, DANA)
    sign(20, "NB-WARN-01 Bulletins", 1, None)          # still waiting
    sign(80, "NB-ASK-01 Questions", 1, ANN)            # by its own author
    sign(60, "NB-IN-01 Calls", 2, DANA)
    sign(80, "NB-IR-01 Cases", 1, DANA)                # of the edition before
    sign(70, "NB-EDGE-01 The edge", 1, DANA, "turned down")
    sign(70, "NB-BB-01 The big board", 1, DANA)
    sign(70, "NB-SHOP-01 Our own shop", 1, BEN)        # who is no head


def watch_and_warn():
    for days, who, says in [(80, ANN, "Sources, lag and retention looked at."), (50, BEN, "As NB-LOG-01 says."), (12, ANN, "All sources there.")]:
        job(days, "Log keeping", who, says)
    for days in (85, 75, 64, 52, 40, 30, 20, 9, 3):
        says = f"Matched bulletin {days} against what we run; sent it to the owners of both stations."
        job(days, "Bulletin", BEN if days in (64, 40) else ANN, "Matched and sent, worked from NB-WARN-01 edition 1." if days in (64, 40) else says, asker="floor")
    job(60, "Ask us", BEN, "It counts closed cases. From NB-ASK-01.", asker="floor", reply=True)
    job(30, "Ask us", ANN, "See page three.", asker="floor", reply=True)
    job(6, "Ask us", CLEO, "I wondered, and found it.", reply=True)  # asked and answered by one person


def outside():
    report(75, "Forensics", BEN, "Two images re-run here; question on the timeline answered.", "counted 14 hosts, as they did", "as agreed")
    report(45, "Forensics", BEN, "Took five days longer than agreed; we asked for a second examiner.", "delivery dates from our own log", "short of it")
    report(15, "Forensics", BEN, "Scope was right; nothing to do.", "counted 3 hosts", "as agreed")
    for days in (70, 40, 20):
        report(days, "Tracing")
    for days in (70, 40, 18):
        report(days, "Cloud", ANN)


def deep_and_response():
    job(70, "Odd file", BEN, "Training sample: beacon every minute.", exercise=True, reply=True)
    job(40, "Odd file", CLEO, "Training sample: packed twice.", exercise=True, reply=True)
    for days in range(84, 3, -8):
        job(days, "Call from the floor", BEN if days in (52, 20) else ANN, "Taken in as NB-IN-01 edition 2 says." if days in (52, 20) else "Thank you, we look.", asker="floor", reply=True)
    job(80, "Case", ANN, "I lead.", name="case 80", urgency="P3", asker="floor", hours=30)
    job(55, "Case", ANN, "I lead. The pump station's jump host.", name="case 55", urgency="P2", asker="floor", hours=40)
    job(25, "Case", BEN, "I lead, from NB-IR-01 edition 2.", name="case 25", urgency="P3", asker="floor", hours=30)
    job(10, "Case", ANN, "I lead.", name="case 10", urgency="P4", asker="floor", hours=20)
    job(55, "Stop it", ANN, "Jump host taken off the net.", part_of="case 55", name="stop 55")
    job(30, "Back to normal", CLEO, "Restore of the historian tried.", exercise=True)
    job(55, "Tell them", ANN, "The regulator has been told.", reply=True, part_of="case 55", name="tell 55")
    job(12, "Tell them", BEN, "Call list tried, all answered.", reply=True, exercise=True)
    job(50, "Lessons", CLEO, "Report handed to the board.", part_of="case 55", hours=100, name="lessons 55")


def platform():
    job(45, "Build", BEN, "Second sensor built and accepted.")
    for days in (80, 55, 30, 8):
        job(days, "Edge", BEN if days in (55, 8) else ANN, "By NB-EDGE-01 edition 1." if days in (55, 8) else "Rules gone through.")
    for days, who in [(70, ANN), (38, BEN), (9, ANN)]:
        job(days, "Laptops", who, "By NB-LAP-01." if who == BEN else "Two agents mended.")
    for days in (60, 33, 8):
        job(days, "Laptop hunts", CLEO)
    job(21, "Laptop hunts", "robot", name="robot's hunt")
    job(75, "Lab", BEN)
    job(30, "Lab", CLEO)
    job(14, "Lab", "temp7", name="a stranger in the lab")
    for days in range(85, 4, -10):
        says = "Correlation of the big board gone through, nothing to change, all rules as they should be."  # every time
        job(days, "Big board", BEN if days in (55, 25) else ANN, "As NB-BB-01 edition 1 says." if days in (55, 25) else says)
    for days, who in [(70, ANN), (40, BEN), (10, ANN)]:
        job(days, "Our own shop", who, "From NB-SHOP-01 edition 1." if who == BEN else "Accounts and backups looked at.")
    job(50, "Before we change", BEN, "Tried on two hosts, rolled back once.")
    job(20, "Before we change", CLEO, "Tried on the lab's switch.")
    job(33, "Should we buy", CLEO, "Four of six criteria met; not bought.")
    job(28, "Canteen", CLEO, "Not ours at all.")  # a kind of work that nobody put on the map


papers()
watch_and_warn()
outside()
deep_and_response()
platform()
line.run()
print(f"rt-northbank: seeded {len(ticket)} tickets and articles with {api.calls} calls", file=sys.stderr)
