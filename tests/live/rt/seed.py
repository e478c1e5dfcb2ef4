#!/usr/bin/env python3
"""Ninety days of a small SOC in Request Tracker, through its REST API. Arguments: URL, file of tokens, clock file.

What the story holds, so that a reader of Akashi's findings can judge them:
  D-1  taken in by four people, procedure IN-01 whose approval is still pending
  D-2  led by asato and, after IR-01 1.1 was approved by the CISO, by btanaka and cmori who name it
  D-4  two people from CO-01, which its own author approved
  D-5  dkimura alone, no procedure          D-6  asato alone, one notice
  B-4  two enquiries answered by two people, one answered by the one who asked
  G-11 monthly work of two people from CD-01, approved by a real approval ticket
Noise: an automation account that closes five reports in one second, a merged duplicate, a drill, a deleted ticket.
"""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from seeding import Api, Timeline  # noqa: E402

base, token_file, clock_file = sys.argv[1:4]
with open(token_file) as file:
    token = json.load(file)
api = Api(base, lambda user: {"Authorization": "token " + token[user]})
line = Timeline(clock_file, 90)
duty = ["asato", "btanaka", "cmori", "dkimura"]
ticket = {}  # name in this story -> number


def rest(user, method, path, body=None):
    return api(user, method, "/REST/2.0" + path, body)


def create(name, user, queue, subject, text="", **fields):
    body = {"Queue": queue, "Subject": subject, "Content": text or subject, "ContentType": "text/plain", **fields}
    ticket[name] = int(rest(user, "POST", "/ticket", body)["id"])


def put(name, user, **fields):
    answer = rest(user, "PUT", f"/ticket/{ticket[name]}", fields)
    if any(word in sentence for sentence in answer for word in ("Permission Denied", "isn't a valid", "could not")):  # RT refuses with 200
        sys.exit(f"seeding: {name} as {user} {fields}: {answer}")


def take(name, user):
    rest(user, "PUT", f"/ticket/{ticket[name]}/take")


def steal(name, user):
    rest(user, "PUT", f"/ticket/{ticket[name]}/steal")


def note(name, user, text, **fields):
    rest(user, "POST", f"/ticket/{ticket[name]}/comment", {"Content": text, "ContentType": "text/plain", **fields})


def reply(name, user, text, **fields):
    rest(user, "POST", f"/ticket/{ticket[name]}/correspond", {"Content": text, "ContentType": "text/plain", **fields})


def member(child, parent, user):
    put(child, user, AddMemberOf=ticket[parent])


def article(name, user, services, version, reviewed_days_ago, title, text):
    day = line.start + (line.days - reviewed_days_ago) * 86400
    reviewed = time.strftime("%Y-%m-%d", time.gmtime(day))
    content = f"---\nid: {title.split()[0]}\nservices: {services}\nowner: asato\nversion: {version}\nreviewed: {reviewed}\n---\n{text}\n"
    if name in ticket:
        rest(user, "PUT", f"/article/{ticket[name]}", {"CustomFields": {"Content": content}})
    else:
        answer = rest(user, "POST", "/article", {"Class": "Procedures", "Name": title, "Summary": text, "CustomFields": {"Content": content}})
        ticket[name] = int(answer["id"])


def procedures():
    line.at(88, 9.0, article, "IR-01", "asato", "D-2, D-3", "1.0", 88, "IR-01 Incident handling", "Name a lead; judge severity; hand over in writing.")
    line.at(88, 9.5, article, "IN-01", "asato", "D-1", "1.0", 88, "IN-01 Intake of reports", "Acknowledge within the hour; pass on or refuse with a reason.")
    line.at(87, 9.0, article, "CO-01", "btanaka", "D-4", "1.0", 87, "CO-01 Containment", "Ask the owner; isolate or block; write down how to undo it.")
    line.at(86, 9.0, article, "CD-01", "asato", "G-11", "1.0", 86, "CD-01 Running the CDC's systems", "Update, review of access, restore test.")
    line.at(60, 9.0, article, "IR-01", "asato", "D-2, D-3", "1.1", 60, "IR-01 Incident handling", "Name a lead; judge severity; hand over in writing; tell the CISO when high.")


def approvals():
    def approve(name, asker, head, subject, hour_later, status="resolved"):
        create(name, asker, "Approvals", subject, "Please approve.")
        line.later(hour_later, lambda: put(name, head, Status=status))
    line.at(56, 10, approve, "approve IR-01", "asato", "ciso", "Approve IR-01 Incident handling, version 1.1", 30)
    line.at(86, 10, approve, "approve CO-01", "btanaka", "btanaka", "Approve CO-01 Containment, version 1.0", 1)
    line.at(10, 10, create, "approve IN-01", "asato", "Approvals", "Approve IN-01 Intake of reports, version 1.0")

    def native():
        create("change CD-01", "asato", "CDC Operations", "Put CD-01 version 1.0 in force")
        create("approval CD-01", "root", "___Approvals", "Approve CD-01 Running the CDC's systems, version 1.0", Type="approval", Owner="ciso")
        put("change CD-01", "root", AddDependsOn=ticket["approval CD-01"])
        line.later(20, lambda: put("approval CD-01", "ciso", Status="resolved"))
        line.later(22, lambda: put("change CD-01", "asato", Status="resolved"))
    line.at(84, 11, native)


CASES = [("Phishing", "Medium", "credential phishing mail to sales"), ("Malware", "High", "loader on srv-0{n}"), ("Scan", "Low", "TCP scan from 192.0.2.{n}"),
         ("System Compromise", "Critical", "web shell on www-{n}"), ("Information Leak", "High", "credentials of dev on a paste site")]


def reports():
    for n, days in enumerate(range(84, 1, -4)):
        line.at(days, 7 + n % 11, report, n)


def report(n):
    kind, severity, subject = CASES[n % len(CASES)]
    subject = subject.format(n=10 + n)
    name, taker = f"report {n}", duty[n % 4]
    create(name, "helpdesk", "Incident Reports", subject, f"A user reported: {subject}.", CustomFields={"How Reported": "Email", "IP": [f"192.0.2.{10 + n}"]})
    line.later(0.3, take, name, taker)
    line.later(0.3, lambda: put(name, taker, Status="open"))
    line.later(0.4, reply, name, taker, "Received, we are looking into it.\n手順：IN-01 Intake of reports")
    if n % 4 == 3:
        line.later(2, lambda: reply(name, taker, "Not an incident: known test mail.", Status="rejected"))
    else:
        line.later(1, incident, n, name, kind, severity, subject)


def incident(n, origin, kind, severity, subject):
    name = f"incident {n}"
    lead = "asato" if line.time < line.start + 40 * 86400 else ("btanaka" if n % 2 else "cmori")
    create(name, lead, "Incidents", subject, f"From report #{ticket[origin]}.", Owner=lead, Priority={"Low": 10, "Medium": 30, "High": 60, "Critical": 90}[severity])
    member(origin, name, lead)
    line.later(0.5, lambda: put(name, lead, CustomFields={"Classification": kind, "Severity": severity}))
    if lead != "asato":
        line.later(1, note, name, lead, f"Procedure: IR-01 Incident handling v1.1\n{lead} leads, severity {severity}.")
    line.later(6, note, name, duty[(n + 1) % 4], "判定: 追加ログを依頼。")
    other = duty[(n + 2) % 4]
    line.later(8, note, name, other, "Shift hand-over: containment pending, next check at the top of the hour.")
    line.later(8, steal, name, other)
    if n % 3 == 0:
        line.later(3, investigation, n, name, subject)
    if severity in ("High", "Critical"):
        line.later(4, containment, n, name, subject)
    if severity == "Critical":
        line.later(30, recovery, n, name)
    closer = other
    if n < 19:
        line.later(48 + n, lambda: note(name, closer, "Cause written down, closing.", Status="resolved" if n % 5 else "abandoned"))
        line.later(49 + n, lambda: put(origin, closer, Status="resolved"))


def investigation(n, parent, subject):
    name, who = f"investigation {n}", duty[(n + 3) % 4]
    create(name, who, "Investigations", "Investigate: " + subject, Owner=who)
    member(name, parent, who)
    line.later(20, lambda: note(name, who, "Sandbox run finished, beacon every 60 s.", Status="resolved"))


def containment(n, parent, subject):
    name, who = f"containment {n}", "btanaka" if n % 2 else "dkimura"
    create(name, who, "Countermeasures", "Block: " + subject, Owner=who)
    member(name, parent, who)
    line.later(0.5, note, name, who, "Blocked at the border; undo: remove rule 4711.\nrunbook: CO-01 Containment v1.0")
    line.later(0.6, lambda: put(name, who, Status="active"))
    line.later(200, lambda: put(name, who, Status="removed"))


def recovery(n, parent):
    name = f"recovery {n}"
    create(name, "dkimura", "Recovery", "Rebuild the web server", Owner="dkimura")
    member(name, parent, "dkimura")
    line.later(5, lambda: put(name, "dkimura", Status="open"))
    line.later(26, lambda: note(name, "dkimura", "Rebuilt and watched for a day.", Status="resolved"))


def single(name, days, hour, user, queue, subject, text, done_by=None, hours=3.0):
    line.at(days, hour, lambda: create(name, user, queue, subject, Owner=done_by or user))
    line.at(days, hour + hours, lambda: note(name, done_by or user, text, Status="resolved"))


def the_rest():
    single("notice", 30, 13, "asato", "Notifications", "Notify the privacy office: leaked credentials", "Sent by mail, acknowledged by the office.")
    single("closing 1", 40, 9, "cmori", "Closing Reports", "Report on the web shell", "Report accepted by the owner.", hours=30)
    single("closing 2", 12, 9, "btanaka", "Closing Reports", "Report on the leak", "Report accepted by the owner.", hours=50)
    for n, (days, who) in enumerate([(70, "asato"), (41, "btanaka"), (13, "asato")]):
        single(f"operation {n}", days, 9, who, "CDC Operations", "Monthly care of the ticket system", "Updates, access review and restore test done as procedure \"CD-01 Running the CDC's systems\" says.")
    single("check", 33, 9, "cmori", "Tool Checks", "Test EDR 7.2 before the update", "Tested on three hosts, rollback tried; decision: update.", hours=50)
    single("trial", 25, 9, "dkimura", "Tool Trials", "Try out sandbox B", "Criteria met in five of six points; decision: not bought.", hours=100)
    for n, (days, asker, who) in enumerate([(50, "helpdesk", "cmori"), (20, "helpdesk", "btanaka"), (18, "asato", "asato")]):
        name = f"enquiry {n}"
        line.at(days, 9, create, name, asker, "Enquiries", f"What does chapter {n + 2} of the monthly report mean?")
        line.at(days, 11, reply, name, who, "It counts closed incidents by cause; see the table on page 3.")
        line.at(days, 12, lambda name=name, who=who: put(name, who, Status="resolved"))


def noise():
    def bulk_open():
        for n in range(5):
            create(f"bulk {n}", "soar", "Incident Reports", f"SIEM alert {n}: port scan", CustomFields={"How Reported": "SIEM"})

    def bulk_close():  # at once: all in one second or two
        for n in range(5):
            put(f"bulk {n}", "soar", Status="resolved")
    line.at(35, 3, bulk_open)
    line.at(35, 4, bulk_close)
    line.at(28, 8, create, "twin", "helpdesk", "Incident Reports", "loader on srv-0 again")
    line.at(28, 9, lambda: put("twin", "cmori", MergeInto=ticket["report 13"]))
    line.at(22, 8, create, "gone", "helpdesk", "Incident Reports", "wrong address")
    line.at(22, 9, lambda: put("gone", "asato", Status="deleted"))
    line.at(16, 8, lambda: create("drill", "ciso", "Incidents", "Drill: ransomware table-top", Owner="btanaka", CustomFields={"Drill": "table-top"}))
    line.at(16, 11, lambda: note("drill", "btanaka", "Table-top done with cmori as deputy.\nProcedure: IR-01 Incident handling", Status="resolved"))


procedures()
approvals()
reports()
the_rest()
noise()
line.run()
print(f"rt: seeded {len(ticket)} tickets and articles with {api.calls} calls", file=sys.stderr)
