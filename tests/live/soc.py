"""What the live tests share: a real server from its script, a configured akashi, and what its store holds."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("AKASHI_PROGRAM", os.path.join(ROOT, "build", "akashi"))

# name, what else is known of the person, account in Request Tracker, account in Redmine
PEOPLE = [
    ("Aiko Sato", "team: csirt", "asato", "Aiko Sato"), ("Bunta Tanaka", "team: csirt", "btanaka", "Bunta Tanaka"),
    ("Chie Mori", "team: csirt", "cmori", "Chie Mori"), ("Daichi Kimura", "team: csirt", "dkimura", None),
    ("Eiko Hayashi", "team: board, head: true", "ciso", "Eiko Hayashi"), ("Help desk", "team: helpdesk", "helpdesk", None),
    ("Automation", "kind: automation", "soar", "Auto Mation"),
]
SERVICES = """services:
  D-2: {level: basic, assignment: insource, team: csirt}
  D-4: {level: basic, assignment: insource, team: csirt}
"""


def roster(sources):
    lines = ["people:\n"]
    for name, more, rt, redmine in PEOPLE:
        accounts = [f"{kind}: {account}" for kind, account in (("rt", rt), ("redmine", redmine)) if account and any(f"name: {kind}\n" in one for one in sources)]
        if accounts:
            lines.append(f"  - {{name: {name}, {more}, accounts: {{{', '.join(accounts)}}}}}\n")
    return "".join(lines)


def place(selector, matter, asked="[new]", working="[open]", done="[resolved]", refused="[rejected]"):
    return f"      - {{when: {{{selector}}}, matter: {matter}, asked: {asked}, working: {working}, done: {done}, refused: {refused}}}\n"


RT_QUEUES = ["Incident Reports", "Incidents", "Investigations", "Countermeasures", "Recovery", "Notifications", "Closing Reports", "Enquiries",
             "CDC Operations", "Tool Checks", "Tool Trials", "Approvals", "___Approvals"]
RT_PLACES = "".join(place(f"place: {queue}", matter) for queue, matter in [
    ("Recovery", "recovery"), ("Notifications", "notification"), ("Closing Reports", "closing_report"), ("Enquiries", "enquiry"),
    ("CDC Operations", "operation"), ("Tool Checks", "tool_check"), ("Tool Trials", "tool_trial"), ("Approvals", "approval")])
RT_PLACES += '      - {when: {title: "Drill*"}, drill: true}\n'
REDMINE_PLACES = "".join(place(f"type: {tracker}", matter, "[New]", "[Triage, Investigating, Contained]", "[Closed]", "[Rejected]") for tracker, matter in [
    ("Incident", "incident"), ("Inquiry", "enquiry"), ("Change", "containment"), ("Tool check", "tool_check"), ("Approval", "approval")])


def rt_source(url, secret, queues=None):
    names = ", ".join(queues or RT_QUEUES)
    return (f"  - name: rt\n    connector: rt\n    url: {url}\n    auth: {{scheme: header, header: Authorization, file: {secret}}}\n"
            f"    params: {{queues: [{names}]}}\n    classify:\n{RT_PLACES}")


def redmine_source(url, secret):
    return (f"  - name: redmine\n    connector: redmine\n    url: {url}\n    auth: {{scheme: header, header: X-Redmine-API-Key, file: {secret}}}\n"
            f"    params: {{projects: [csirt]}}\n    classify:\n{REDMINE_PLACES}")


class Server:
    """A real server, started by its script; `with Server("rt") as rt:` gives rt.url, rt.tokens, rt.database. `story`: a folder with another organisation's seed."""

    def __init__(self, name, story=None):
        self.script = os.path.join(HERE, name)
        self.environment = {**os.environ, **({"STORY": story} if story else {})}

    def __enter__(self):
        up = subprocess.run([os.path.join(self.script, "up")], stdout=subprocess.PIPE, text=True, env=self.environment)
        if up.returncode:
            self.down()  # it may have come up half
            sys.exit(up.returncode)  # 77: its packages are not there
        with open(up.stdout.strip()) as file:
            about = json.load(file)
        self.url, self.tokens, self.database = about["url"], about["tokens"], about["database"]
        return self

    def down(self):
        return subprocess.run([os.path.join(self.script, "down")], env=self.environment).returncode

    def __exit__(self, *_):
        if self.down():
            raise RuntimeError("the server could not be stopped")


class Akashi:
    """A configured akashi in a folder of its own, thrown away at the end; what it wrote is shown when a test failed."""

    def __init__(self, sources, secrets, data=None):
        self.folder = tempfile.mkdtemp(prefix="akashi-live-")
        for name, text in secrets.items():
            path = os.path.join(self.folder, name)
            with open(path, "w") as file:
                file.write(text + "\n")
            os.chmod(path, 0o600)
        self.config = os.path.join(self.folder, "akashi.yaml")
        with open(self.config, "w") as file:
            file.write("cdc: {name: Live SOC}\nstore: {path: akashi.db}\n" + roster(sources) + SERVICES + "sources:\n" + "".join(sources))
        self.store = os.path.join(self.folder, "akashi.db")
        self.more = ["--config", self.config] + (["--data", data] if data else [])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments):
        return [PROGRAM, *arguments, *self.more]

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run(self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
        if done.returncode not in codes:
            raise AssertionError(f"akashi {' '.join(arguments)} ended with {done.returncode}, not {codes}\n{done.stdout}\n{done.stderr}")
        return done

    def poll(self, codes=(0,)):
        return self.run("poll", "--once", codes=codes)

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--json").stdout)
