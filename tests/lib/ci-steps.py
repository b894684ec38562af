#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What a CI service would run of a template, as text for a shell.

ci-steps.py gitlab FILE         variables, before_script and script of the job
ci-steps.py github FILE NAME    the step of that name, with its variables
ci-steps.py b4 FILE             each command line, a word a line, a blank line behind
"""
import re
import shlex
import sys

import yaml


def exports(variables):
    for name, value in (variables or {}).items():
        # What only the service can fill in, the test sets.
        if "${{" not in str(value):
            print(f"export {name}={shlex.quote(str(value))}")


def gitlab(path):
    with open(path, encoding="utf-8") as file:
        jobs = yaml.safe_load(file)
    (job,) = jobs.values()
    exports(job["variables"])
    for line in job["before_script"] + job["script"]:
        print(line)


def github(path, name):
    with open(path, encoding="utf-8") as file:
        jobs = yaml.safe_load(file)["jobs"]
    (job,) = jobs.values()
    (step,) = [step for step in job["steps"] if step["name"] == name]
    exports(step.get("env"))
    print(step["run"])


def b4(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for quoted, bare in re.findall(r"check-cmd (?:'(.*)'|= (.*))", text):
        print("\n".join(shlex.split(quoted or bare)) + "\n")


if __name__ == "__main__":
    {"gitlab": gitlab, "github": github, "b4": b4}[sys.argv[1]](*sys.argv[2:])
