"""A mail server on loopback for the length of a `with`: SMTP with STARTTLS or TLS from the first byte, AUTH PLAIN and LOGIN, and refusals on demand."""
import base64
import os
import socket
import ssl
import subprocess
import tempfile
import threading


def certificate(folder):
    """A certificate of our own for 127.0.0.1 and its key; the certificate is its own authority."""
    cert, key = os.path.join(folder, "mail.pem"), os.path.join(folder, "mail.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


class MailServer:
    def __init__(self, user=None, password=None, tls="starttls"):
        self.user, self.password, self.tls = user, password, tls
        self.mails, self.refusals, self.sessions, self.accepting = [], [], 0, True
        self.folder = tempfile.TemporaryDirectory()
        self.ca, key = certificate(self.folder.name)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.ca, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = ("smtps" if tls == "smtps" else "smtp") + f"://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.accepting = False
        self.listener.close()
        self.folder.cleanup()

    def serve(self):
        while self.accepting:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            self.sessions += 1
            threading.Thread(target=self.session, args=(line,), daemon=True).start()

    def session(self, line):
        lines = [line]  # the plain one, and the one wrapped in TLS
        try:
            if self.tls == "smtps":
                lines.append(self.context.wrap_socket(line, server_side=True))
            self.talk(lines)
        except (OSError, ssl.SSLError):
            pass  # the other side went away, which is its right
        finally:
            for one in lines:
                one.close()

    def talk(self, lines):
        line = lines[-1]
        secure, known, sender, to = self.tls == "smtps", self.user is None, None, []
        file = line.makefile("rb")

        def say(text):
            line.sendall((text + "\r\n").encode())

        def login(token):
            parts = base64.b64decode(token).decode().split("\0")
            return parts[-2:] == [self.user, self.password]

        say("220 mail.example ESMTP")
        while True:
            command = file.readline().decode().rstrip("\r\n")
            word = command.split(" ")[0].upper()
            if not word or word == "QUIT":
                return say("221 bye")
            if word in ("EHLO", "HELO"):
                offers = (["STARTTLS"] if self.tls == "starttls" and not secure else []) + (["AUTH PLAIN LOGIN"] if secure or self.tls == "none" else [])
                say("\r\n".join(["250-mail.example"] + ["250-" + one for one in offers] + ["250 8BITMIME"]))
            elif word == "STARTTLS":
                say("220 go on")
                line = self.context.wrap_socket(line, server_side=True)
                lines.append(line)
                file, secure = line.makefile("rb"), True
            elif word == "AUTH":
                token = command.split(" ")[2] if len(command.split(" ")) > 2 else None
                if token is None:
                    say("334 ")
                    token = file.readline().decode().strip()
                known = login(token)
                say("235 welcome" if known else "535 who are you")
            elif word == "MAIL" and not known:
                say("530 sign in first")
            elif word == "MAIL" and self.refusals:
                say(self.refusals.pop(0))
            elif word == "MAIL":
                sender, to = command[10:], []
                say("250 yes")
            elif word == "RCPT":
                to.append(command[8:].strip("<>"))
                say("250 yes")
            elif word == "DATA":
                say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    piece = file.readline()
                    if not piece:
                        return None
                    text += piece
                self.mails.append({"from": sender, "to": to, "text": text[:-3].replace(b"\r\n..", b"\r\n."), "secure": secure})
                say("250 taken")
            else:
                say("250 yes")
