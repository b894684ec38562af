#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# bad-server.py PORTFILE LOG - an archive on loopback that misbehaves.  What it
# does is the first part of the path: /gzip-bomb/ID/t.mbox.gz.  Each request is
# a line of LOG: seconds, method, path, user agent.
import gzip
import http.server
import os
import socket
import ssl
import sys
import time
import zlib

mail = b"""From mboxrd@z Thu Jan  1 00:00:00 1970
From: A Developer <dev@example.org>
To: list@example.org
Subject: [PATCH] x: one line
Date: Mon, 1 Jan 2024 10:00:00 +0000
Message-ID: <one@example.org>

One line.

Signed-off-by: A Developer <dev@example.org>
---
diff --git a/x b/x
index 1111111..2222222 100644
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+b
"""
good = gzip.compress(mail)
tries = {}


def bomb():
    """200 MB of nothing, after a mail, in 200 kB."""
    z = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = z.compress(mail)
    block = b"\n" * (1 << 20)
    for _ in range(200):
        out += z.compress(block)
    return out + z.flush()


the_bomb = bomb()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def send(self, status, body=b"", kind="application/gzip", length=None, **fields):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def first_then_good(self, what, status, **fields):
        tries[what] = tries.get(what, 0) + 1
        if tries[what] == 1:
            self.send(status, b"later", "text/plain", **fields)
        else:
            self.send(200, good)

    def redirect(self, to):
        self.send(302, b"", "text/plain", Location=to)

    def answer(self):
        what = self.path.split("/")[1]
        rest = self.path[len(what) + 1:]
        with open(sys.argv[2], "a") as log:
            log.write("%.2f %s %s %s\n" % (time.time(), self.command, self.path,
                                           self.headers.get("User-Agent")))
        do = getattr(self, "do_" + what.replace("-", "_").partition("?")[0], None)
        if do:
            do(rest)
        else:
            self.send(404, b"<html>not found</html>", "text/html")

    do_GET = do_POST = answer

    def do_good(self, rest):
        self.send(200, good)

    def do_members(self, rest):
        self.send(200, good + gzip.compress(mail.replace(b"one@", b"two@")))

    def do_plain(self, rest):
        self.send(200, mail, "text/plain")

    def do_html(self, rest):
        self.send(200, b"<!DOCTYPE html><html>are you a browser?</html>", "text/html")

    def do_html403(self, rest):
        self.send(403, b"<html>are you a browser?</html>", "text/html")

    def do_slow(self, rest):
        self.send(200, good[:10], length=len(good))
        self.wfile.flush()
        time.sleep(8)

    def do_silent(self, rest):
        time.sleep(8)

    def do_cut(self, rest):
        self.send(200, good[:-40], length=len(good))
        self.close_connection = True

    def do_bad_gzip(self, rest):
        self.send(200, good[:60] + b"xxxxxxxxxxxx" + good[72:])

    def do_short_gzip(self, rest):
        self.send(200, good[:-40])

    def do_junk(self, rest):
        self.send(200, b"\x00\x01\x02 something else", "application/octet-stream")

    def do_bomb(self, rest):
        self.send(200, the_bomb)

    def do_huge(self, rest):
        self.send(200, good, length=1 << 40)
        self.close_connection = True

    def do_endless(self, rest):
        self.send_response(200)
        self.send_header("Content-Type", "application/gzip")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(100):
                self.wfile.write(b"\x1f\x8b" + b"\0" * (1 << 20))
        except OSError:
            pass

    def do_missing(self, rest):
        self.send(404, b"<html>not found</html>", "text/html")

    def do_choices(self, rest):
        self.send(300, b"<html>perhaps</html>", "text/html")

    def do_query500(self, rest):
        self.send(500, b"bad query", "text/plain")

    def do_down(self, rest):
        self.send(502, b"bad gateway", "text/plain")

    def do_busy(self, rest):
        self.send(429, b"slow down", "text/plain", Retry_After="900")

    def do_busy_once(self, rest):
        self.first_then_good("busy", 429, Retry_After="1")

    def do_unavailable(self, rest):
        self.send(503, b"maintenance", "text/plain", Retry_After="900")

    def do_unavailable_once(self, rest):
        self.first_then_good("unavailable", 503, Retry_After="1")

    def do_to_file(self, rest):
        self.redirect("file:///etc/passwd")

    def do_to_ftp(self, rest):
        self.redirect("ftp://example.org/x")

    def do_to_https(self, rest):
        self.redirect("https://%s/good%s" % (self.headers["Host"], rest))

    def do_to_loopback(self, rest):
        self.redirect("http://localhost:%d/good%s" % (port, rest))

    def do_to_good(self, rest):
        self.redirect("/good" + rest)

    def do_loop(self, rest):
        self.redirect("/loop" + rest)

    def do_escape(self, rest):
        self.redirect("http://\x1b]0;x\x07example.org/")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET


server = Server(("127.0.0.1", 0), Handler)
port = server.server_address[1]
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
with open(sys.argv[1] + ".new", "w") as f:
    f.write(str(port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
