#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Read a report for a CI service as strictly as its documentation allows.

ci-format.py github FILE    print the annotations as a JSON array, unescaped
ci-format.py gitlab FILE    check against gitlab.schema.json; fingerprints differ
"""
import json
import pathlib
import re
import sys

import jsonschema

COMMAND = re.compile(r"::(notice|warning|error) ([^:]*)::(.*)", re.DOTALL)
KEYS = {"file", "line", "endLine", "col", "endColumn", "title"}
DATA = {"%25": "%", "%0D": "\r", "%0A": "\n"}
VALUE = {**DATA, "%3A": ":", "%2C": ","}


def unescape(text, escapes):
    def one(match):
        if match[0] not in escapes:
            raise ValueError(f"a bare per cent sign: {text!r}")
        return escapes[match[0]]

    return re.sub(r"%.{0,2}", one, text, flags=re.DOTALL)


def annotation(line):
    match = COMMAND.fullmatch(line)
    if not match or "\r" in line:
        raise ValueError(f"not a command: {line!r}")
    result = {"kind": match[1], "message": unescape(match[3], DATA)}
    for pair in match[2].split(","):
        key, _, value = pair.partition("=")
        if key not in KEYS or key in result or not value:
            raise ValueError(f"not a property: {pair!r}")
        result[key] = unescape(value, VALUE)
    for key in ("line", "endLine", "col", "endColumn"):
        if key in result:
            result[key] = int(result[key])
            if result[key] < 1:
                raise ValueError(f"{key} begins at 1")
    return result


def github(data):
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if lines.pop() != "":
        raise ValueError("the last line does not end")
    print(json.dumps([annotation(line) for line in lines], indent=1))


def gitlab(data):
    issues = json.loads(data)
    schema = pathlib.Path(__file__).with_name("gitlab.schema.json").read_text("utf-8")
    jsonschema.validate(issues, json.loads(schema))
    prints = [issue["fingerprint"] for issue in issues]
    if len(set(prints)) != len(prints):
        raise ValueError("two issues of one fingerprint: GitLab drops one")


if __name__ == "__main__":
    {"github": github, "gitlab": gitlab}[sys.argv[1]](pathlib.Path(sys.argv[2]).read_bytes())
