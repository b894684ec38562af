#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# drafts.py ME THREAD DRAFT... - whether drafts of replies are what a reply to all
# must be, by Python's idea of mail.  THREAD is an mbox or a directory of mails.
# Prints what is wrong, and nothing else.
import email
import email.policy
import email.utils
import mailbox
import os
import sys

me, thread, *drafts = sys.argv[1:]


def read(name):
    return email.message_from_binary_file(open(name, "rb"), policy=email.policy.default)


def mails():
    if os.path.isdir(thread):
        return [read(os.path.join(thread, name)) for name in os.listdir(thread)]
    box = mailbox.mbox(thread)
    return [email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
            for key in box.keys()]


def addresses(mail, *fields):
    values = [str(v) for f in fields for v in mail.get_all(f, [])]
    return [a.lower() for _, a in email.utils.getaddresses(values) if "@" in a]


def once(addrs, *but):
    out = []
    for a in addrs:
        if a not in out and a not in but:
            out.append(a)
    return out


def body(mail):
    return mail.get_content().split("\n")


def recipients(mail):
    """To and Cc of the reply, without in-body authors."""
    if mail["Mail-Followup-To"]:
        to, cc = addresses(mail, "Mail-Followup-To"), []
    else:
        to = addresses(mail, "Reply-To") or addresses(mail, "From")
        cc = addresses(mail, "To", "Cc")
    to = once(to, me)
    cc = once(cc, me, *to)
    return (to, cc) if to else (cc, []) if cc else ([me], [])


def references(mail):
    refs = (mail["References"] or mail["In-Reply-To"] or "").split()
    return refs + [mail["Message-ID"]]


def author(mail):
    """Who the body says has written it, as a list."""
    for line in body(mail):
        if line.startswith("From: "):
            name, addr = line[6:].rsplit("<", 1)
            return [(name.strip(), addr.rstrip("> "))]
        if line.strip():
            return []
    return []


def wrong(draft, mail):
    to, cc = recipients(mail)
    if not mail["Mail-Followup-To"]:
        to = once(to + [a.lower() for _, a in author(mail)], me)
        cc = once(cc, *to)
    yield addresses(draft, "To") == to, f"To: {draft['To']}"
    yield addresses(draft, "Cc") == cc, f"Cc: {draft['Cc']}"
    yield addresses(draft, "From") == [me], f"From: {draft['From']}"
    title = " ".join(mail["Subject"].split())
    while title[:3].lower() == "re:":
        title = title[3:].strip()
    yield " ".join(draft["Subject"].split()) == "Re: " + title, f"Subject: {draft['Subject']}"
    yield draft["In-Reply-To"] == mail["Message-ID"], f"In-Reply-To: {draft['In-Reply-To']}"
    yield (draft["References"] or "").split() == references(mail), \
        f"References: {draft['References']}"
    yield not draft["Date"] and not draft["Message-ID"], "Date or Message-ID"
    yield draft.get_content_type() == "text/plain", "no plain text"
    for field, value in draft.items():
        yield not value.defects, f"{field}: {value.defects}"
    yield not draft.defects, f"{draft.defects}"
    names = email.utils.getaddresses([str(v) for f in ("From", "To", "Cc", "Reply-To")
                                      for v in mail.get_all(f, [])]) + author(mail)
    known = {a.lower() for _, a in names}
    names = {(n, a.lower()) for n, a in names}
    for name, addr in email.utils.getaddresses([str(draft["To"]), str(draft["Cc"] or "")]):
        yield (name, addr.lower()) in names or addr.lower() not in known, f"name {name}"


def kind(line):
    if line.startswith("> "):
        return "quote"
    if not line:
        return "blank"
    if not set(line) - set(" \t^"):
        return "caret"
    return "own"


def wrong_body(draft, mail):
    rest = iter(body(mail))
    before = "blank"
    for line in body(draft):
        now = kind(line)
        if now == "quote" and line != "> [...]" and \
                line != "> Subject: " + " ".join(mail["Subject"].split()):
            yield line[2:] in rest, f"no line of the mail, or not in its order: {line}"
        if now == "own" and not line.startswith((" ", "[")):
            # A word by itself may be as long as it is.
            yield len(line) <= 72 or " " not in line, f"too long: {line}"
            yield line == line.rstrip(), f"blanks at the end: {line}"
        yield (before, now) not in (("quote", "own"), ("own", "quote"), ("caret", "own"),
                                    ("caret", "quote"), ("blank", "caret"), ("own", "caret")), \
            f"{now} right after {before}: {line}"
        before = "blank" if line.endswith(" wrote:") else now


def main():
    by_id = {m["Message-ID"]: m for m in mails()}
    for name in drafts:
        draft = read(name)
        mail = by_id.get(draft["In-Reply-To"])
        if not mail:
            print(f"{name}: answers nothing that is there")
            continue
        for fine, what in list(wrong(draft, mail)) + list(wrong_body(draft, mail)):
            if not fine:
                print(f"{name}: {what}")


main()
