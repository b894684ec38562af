#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# page.py PAGE [LINK...] - whether a page is well-formed, brings everything with
# it, runs nothing and leads nowhere but to its own anchors and the LINKs.  Prints
# what is wrong, and nothing else.
import html.parser
import sys

VOID = {"meta", "br"}
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(), "style": set(), "body": set(), "header": set(), "main": set(),
    "footer": set(), "h1": set(), "h2": set(), "h3": set(), "p": {"class"}, "br": set(),
    "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": set(), "td": {"class"},
    "a": {"href", "rel", "class"}, "section": {"class", "id"}, "details": {"class", "open"},
    "summary": set(), "div": {"class"}, "span": {"class"}, "code": set(), "i": set(),
    "b": set(), "mark": set(), "pre": {"class"}, "ul": set(), "li": set(),
    "aside": {"class", "id"},
}


class Page(html.parser.HTMLParser):
    def __init__(self, links):
        super().__init__()
        self.links, self.open, self.ids, self.anchors, self.policy = links, [], [], [], None

    def wrong(self, what):
        print(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in ALLOWED:
            self.wrong(f"<{tag}>")
        for name in attrs.keys() - ALLOWED.get(tag, set()):
            self.wrong(f"<{tag} {name}>")
        if attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.wrong(f"id {attrs['id']} twice")
            self.ids.append(attrs["id"])
        href = attrs.get("href", "#")
        if href.startswith("#"):
            self.anchors.append(href[1:])
        elif href not in self.links:
            self.wrong(f"leads to {href}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong(f"</{tag}>")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style" and ("url(" in data or "@import" in data):
            self.wrong("the style loads something")


text = open(sys.argv[1], encoding="utf-8").read()
page = Page(sys.argv[2:])
page.feed(text)
page.close()
if page.open:
    page.wrong(f"still open: {page.open}")
for anchor in page.anchors:
    if anchor and anchor not in page.ids:
        page.wrong(f"no #{anchor}")
if not page.policy or "default-src 'none'" not in page.policy or "script" in page.policy:
    page.wrong(f"policy: {page.policy}")
if any(ord(c) < 0x20 and c not in "\n\t" or 0x202a <= ord(c) <= 0x202e for c in text):
    page.wrong("control characters")
