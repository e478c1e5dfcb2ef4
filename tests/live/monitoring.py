"""A Zabbix as its administrator and its people use it: JSON-RPC, and values pushed to the trapper."""
import json
import socket
import struct
import time
import urllib.request


class Zabbix:
    def __init__(self, server):
        self.url = server.url + "/api_jsonrpc.php"
        self.trapper = int(server.tokens["trapper"])
        self.sessions = {}
        self.sessions["Admin"] = self.call("user.login", {"username": "Admin", "password": "zabbix"}, session=None)

    def call(self, method, params, user="Admin", session=""):
        body = {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
        if session is not None:
            body["auth"] = session or self.sessions[user]
        request = urllib.request.Request(self.url, json.dumps(body).encode(), {"Content-Type": "application/json-rpc"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            said = json.load(answer)
        if "error" in said:
            raise AssertionError(f"{method} as {user}: {said['error']}")
        return said["result"]

    def host(self, name, group):
        made = self.call("host.create", {"host": name, "groups": [{"groupid": group}], "tags": [{"tag": "site", "value": "tokyo"}]})["hostids"][0]
        self.call("item.create", {"name": "minutes since the last event", "key_": "soc.lag", "hostid": made, "type": 2, "value_type": 3})
        self.call("trigger.create", {"description": "No events from {HOST.NAME}", "expression": f"last(/{name}/soc.lag)>10", "priority": 4, "manual_close": 1,
                                     "url": "https://wiki.example/wiki/Sensor_silent"})

    def group_of_people(self, name, group=None, rights=2):
        return self.call("usergroup.create", {"name": name, "rights": [{"id": group, "permission": rights}] if group else []})["usrgrpids"][0]

    def role(self, name, kind, methods):
        rules = {"ui.default_access": 1, "modules.default_access": 0, "actions.default_access": 0, "api.access": 1, "api.mode": 1, "api": methods}
        return self.call("role.create", {"name": name, "type": kind, "rules": rules})["roleids"][0]

    def person(self, name, role, groups):
        made = self.call("user.create", {"username": name, "passwd": "R3ader-Sock-91", "roleid": role, "usrgrps": [{"usrgrpid": one} for one in groups]})["userids"][0]
        self.sessions[name] = self.call("user.login", {"username": name, "password": "R3ader-Sock-91"}, session=None)
        return made

    def token(self, user):
        made = self.call("token.create", {"name": "reader", "userid": user})["tokenids"][0]
        return self.call("token.generate", [made])[0]["token"]

    def lag(self, values, seconds=90):
        """{host: minutes}, pushed again until the server knows the hosts."""
        data = json.dumps({"request": "sender data", "data": [{"host": host, "key": "soc.lag", "value": str(value)} for host, value in values.items()]}).encode()
        for _ in range(seconds):
            with socket.create_connection(("127.0.0.1", self.trapper), 10) as wire:
                wire.sendall(b"ZBXD\x01" + struct.pack("<II", len(data), 0) + data)
                said = wire.makefile("rb").read()
            if f"processed: {len(values)};".encode() in said:
                return
            time.sleep(1)
        raise AssertionError(f"the server does not take the values: {said!r}")

    def problems(self, **more):
        return self.call("event.get", {"output": "extend", "select_acknowledges": "extend", "value": [1], "source": 0, "object": 0, "sortfield": ["eventid"], **more})

    def wait(self, what, seconds=60):
        for _ in range(seconds * 2):
            found = what()
            if found:
                return found
            time.sleep(0.5)
        raise AssertionError("the server did not do it in time")
