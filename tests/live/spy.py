"""A proxy in front of a tool that writes down what was asked of it, and forwards."""
import http.client
import urllib.parse

from loopback import Loopback, Quiet

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization", "proxy-authenticate"}


class Spy(Loopback):
    """`with Spy(url) as spy:` serves at spy.url; spy.seen holds (method, path with query, status) in the order of the answers."""

    def __init__(self, target):
        self.target = urllib.parse.urlsplit(target)
        self.seen = []
        spy = self

        class Handler(Quiet):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                upstream = http.client.HTTPConnection(spy.target.netloc, timeout=60)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP and k.lower() != "host"}
                upstream.request(self.command, spy.rewritten(self.path), body or None, headers)
                answer = upstream.getresponse()
                content = answer.read()
                upstream.close()
                spy.seen.append((self.command, self.path, answer.status))
                spy.answered(self.path, answer.status, content)
                self.send_response_only(answer.status, answer.reason)
                for name, value in answer.getheaders():
                    if name.lower() not in HOP_BY_HOP and name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = forward

        super().__init__(Handler)

    def rewritten(self, path):
        """A subclass may ask the tool something else."""
        return path

    def answered(self, path, status, content):
        """A subclass may do something before the answer is passed on."""

    def writes(self):
        """Everything that is not a plain read."""
        return [row for row in self.seen if row[0] not in ("GET", "HEAD")]
