#!/usr/bin/env python3
"""Ninety days of a small SOC in Redmine, through its REST API. Arguments: URL, file of keys, clock file.

What the story holds:
  D-2   incidents led by three people in turn; procedure "Incident handling" whose version 2 the CISO approved
  B-4   inquiries answered by two people, procedure without approval
  G-12  tool checks by one person
Noise: private notes, an automation account that closes four issues at once, relations and subtasks, a deleted issue, wiki pages that are no procedures.
"""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from seeding import Api, Timeline  # noqa: E402

base, key_file, clock_file = sys.argv[1:4]
with open(key_file) as file:
    key = json.load(file)
api = Api(base, lambda user: {"X-Redmine-API-Key": key[user]})
line = Timeline(clock_file, 90)
duty = ["asato", "btanaka", "cmori"]
issue = {}  # name in this story -> number


line.set_clock(line.start)
status = api.ids("admin", "/issue_statuses.json", "issue_statuses")
tracker = api.ids("admin", "/trackers.json", "trackers")
priority = api.ids("admin", "/enumerations/issue_priorities.json", "issue_priorities")
field = api.ids("admin", "/custom_fields.json", "custom_fields")
person = api.ids("admin", "/users.json?limit=100", "users")


def create(name, user, kind, subject, owner=None, **more):
    custom = [{"id": field[n], "value": more.pop(n)} for n in list(more) if n in field]
    body = {"project_id": "csirt", "tracker_id": tracker[kind], "subject": subject, "description": subject, "custom_fields": custom, **more}
    if owner:
        body["assigned_to_id"] = person[owner]
    issue[name] = api(user, "POST", "/issues.json", {"issue": body})["issue"]["id"]


def update(name, user, notes="", move_to=None, owner=None, **more):
    custom = [{"id": field[n], "value": more.pop(n)} for n in list(more) if n in field]
    body = {"notes": notes, **more}
    if custom:
        body["custom_fields"] = custom
    if move_to:
        body["status_id"] = status[move_to]
    if owner:
        body["assigned_to_id"] = person[owner]
    api(user, "PUT", f"/issues/{issue[name]}.json", {"issue": body})


def page(user, title, text, comment):
    api(user, "PUT", f"/projects/csirt/wiki/{title}.json", {"wiki_page": {"text": text, "comments": comment}})


def procedure(user, title, ident, services, version, days, text):
    reviewed = time.strftime("%Y-%m-%d", time.gmtime(line.start + (line.days - days) * 86400))
    page(user, title, f"---\nid: {ident}\nservices: {services}\nowner: {user}\nversion: {version}\nreviewed: {reviewed}\n---\n\nh1. {title}\n\n{text}\n", f"version {version}")


def documents():
    line.at(89, 9, page, "asato", "Wiki", "h1. CSIRT\n\n* [[Incident_handling]]\n* [[Answering_inquiries]]\n", "start")
    line.at(88, 9, procedure, "asato", "Incident_handling", "RM-IR", "D-2, D-3", "1", 88, "# Name a lead\n# Judge severity")
    line.at(88, 10, procedure, "cmori", "Answering_inquiries", "RM-Q", "B-4", "1", 88, "# Look up the figures\n# Answer within three days")
    line.at(60, 9, procedure, "asato", "Incident_handling", "RM-IR", "D-2, D-3", "2", 60, "# Name a lead\n# Judge severity\n# Tell the CISO when high")
    line.at(58, 9, create, "approval", "asato", "Approval", "Approve Incident_handling, version 2", "ciso")
    line.at(57, 15, update, "approval", "ciso", "Approved.", "Closed")


KINDS = [("Phishing", "Medium"), ("Malware", "High"), ("Scan", "Low"), ("Intrusion", "Critical"), ("Leak", "High")]


def incident(n):
    kind, severity = KINDS[n % 5]
    lead, other, name = duty[n % 3], duty[(n + 1) % 3], f"incident {n}"
    create(name, lead, "Incident", f"{kind} at host {n}", lead, Classification=kind, Severity=severity, priority_id=priority["High" if severity in ("High", "Critical") else "Normal"])
    line.later(1, update, name, lead, "Picked up." if line.time < line.start + 35 * 86400 else "Procedure: Incident handling v2\nPicked up.", "Triage")
    line.later(3, update, name, lead, "", "Investigating")
    line.later(4, lambda: update(name, other, "調査継続中。内部メモ。", private_notes=True))
    line.later(8, update, name, other, "Shift hand-over: next check at the top of the hour.", None, other)
    if n % 4 == 0:
        line.later(5, lambda: update(name, lead, "Worse than thought.", Severity="Critical"))
    if n % 5 == 1:
        line.later(6, change, n, name, lead)
    if n < 15:
        line.later(40 + n, update, name, other, "Done, lessons noted.", "Closed" if n % 4 else "Rejected")


def change(n, parent, user):
    name = f"change {n}"
    create(name, user, "Change", f"Block 192.0.2.{n}", user, parent_issue_id=issue[parent], Severity="Low")
    api(user, "POST", f"/issues/{issue[name]}/relations.json", {"relation": {"issue_to_id": issue[f"incident {n - 1}"], "relation_type": "relates"}})
    line.later(2, update, name, user, "Block is in place.", "Contained")


def the_rest():
    for n, days in enumerate(range(82, 1, -5)):
        line.at(days, 8 + n % 9, incident, n)
    for n, (days, who) in enumerate([(75, "cmori"), (52, "btanaka"), (31, "cmori"), (9, "btanaka")]):
        line.at(days, 10, create, f"inquiry {n}", "ciso", "Inquiry", f"Question {n} about the monthly report", who)
        line.at(days, 14, update, f"inquiry {n}", who, "Answered as [[Answering_inquiries]] says.", "Closed")
    for n, days in enumerate([45, 15]):
        line.at(days, 9, create, f"check {n}", "btanaka", "Tool check", f"Test of proxy release {n}", "btanaka")
        line.at(days, 16, update, f"check {n}", "btanaka", "Tested with rollback; decision: install.", "Closed")


def noise():
    for n in range(4):
        line.at(38, 2, create, f"bulk {n}", "robot", "Incident", f"Alert {n}")
    for n in range(4):
        line.at(38, 3, update, f"bulk {n}", "robot", "closed by rule", "Closed")
    line.at(20, 9, lambda: create("private", "cmori", "Incident", "Insider case", "cmori", is_private=True))
    line.at(21, 9, create, "gone", "asato", "Inquiry", "Sent by mistake")
    line.at(20, 10, lambda: api("asato", "DELETE", f"/issues/{issue['gone']}.json"))


documents()
the_rest()
noise()
line.run()
print(f"redmine: seeded {len(issue)} issues with {api.calls} calls", file=sys.stderr)
