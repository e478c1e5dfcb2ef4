"""MediaWiki's own API as the tests' editors use it: a bot password's session that may write."""
import http.cookiejar
import json
import urllib.parse
import urllib.request


class Editor:
    def __init__(self, url, user, secret):
        self.url = url + "/api.php"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.call(action="login", lgname=f"{user}@live", lgpassword=secret, lgtoken=self.token("login"))

    def call(self, **fields):
        data = urllib.parse.urlencode({"format": "json", "formatversion": "2", **fields}).encode()
        with self.opener.open(self.url, data, timeout=60) as answer:
            said = json.load(answer)
        if "error" in said or said.get("login", {}).get("result", "Success") != "Success":
            raise AssertionError(f"the wiki refused {fields.get('action')}: {said}")
        return said

    def token(self, kind):
        return self.call(action="query", meta="tokens", type=kind)["query"]["tokens"][kind + "token"]

    def write(self, action, **fields):
        return self.call(action=action, token=self.token("csrf"), **fields)
