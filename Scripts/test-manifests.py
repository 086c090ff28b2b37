#!/usr/bin/python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Checks the manifests of deploy/ for Kubernetes and Amazon ECS, without a cluster.

    Scripts/test-manifests.py [--mutations]

By Kubernetes' own schemas, by Kustomize where there is a kubectl that has it, and by the rules of
manifest_rules.py and platform_rules.py: rights no larger than the systemd unit's, options and paths
that the program has, configurations that it takes. With --mutations each rule is to find what is put
wrong for it. Runs under Debian's Python, with Debian's libraries. Expects .build/release/ptarmigan.
Exits with 0 or 1.
"""

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_schemas
import manifest_rules
import manifests
import platform_rules
from agents import PROGRAM, Agent, Answer
from manifest_mutations import MUTATIONS
from recordings import check, conclude

RULES = {rule.__name__: rule for rule in manifest_rules.RULES + platform_rules.RULES}
NOT_FOUND = 404


class Program:
    """What the program says of itself, and an agent that answers and samples an idle process."""

    def __init__(self, directory):
        self.directory = directory
        said = subprocess.run([PROGRAM, "agent", "--help"], capture_output=True, text=True,
                              check=True).stdout
        self.options = set(re.findall(r"(--[a-z][\w.-]*)", said))
        self.version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True,
                                      check=True).stdout.strip()
        self.refusals = {}
        self.paths = {}

    @contextlib.contextmanager
    def running(self):
        with subprocess.Popen(["sleep", "infinity"]) as idle:
            # Without a socket, it is in nobody's way.
            self.arguments = ("--pid", idle.pid, "--admin.socket", "")
            try:
                with Agent(*self.arguments) as agent:
                    self.base = agent.url.removesuffix("/metrics")
                    yield
            finally:
                idle.kill()

    def serves(self, path):
        if path not in self.paths:
            self.paths[path] = Answer(self.base + path).status != NOT_FOUND
        return self.paths[path]

    def refusal(self, text):
        """Why an agent does not start with this configuration; empty if it does."""
        if text not in self.refusals:
            path = self.directory / "agent.yml"
            path.write_text(text)
            try:
                with Agent("--config.file", path, *self.arguments):
                    self.refusals[text] = ""
            except SystemExit as refusal:
                self.refusals[text] = str(refusal)
        return self.refusals[text]


def found_by(name, deploy, program, schemas):
    """What one rule finds, with that a file can't be read at all."""
    try:
        if name == "schema":
            return [problem for variant in manifests.VARIANTS for problem in
                    kubernetes_schemas.problems(schemas, manifests.variant(deploy, variant))]
        if name == "unlisted":
            return manifests.unlisted(deploy)
        return list(RULES[name](deploy, program))
    except (KeyError, ValueError, RuntimeError) as error:
        return [f"{type(error).__name__}: {error}"]


def check_all(deploy, program, schemas):
    for name in [*RULES, "unlisted", *(["schema"] if schemas else [])]:
        problems = found_by(name, deploy, program, schemas)
        check(not problems, f"{name.replace('_', ' ')}: {'; '.join(problems) or 'kept'}")


def check_kustomize(deploy):
    """Kustomize makes the same of the folders as manifests.py does."""
    program = manifests.kubectl()
    if program is None:
        print("not built by Kustomize: there is no kubectl that knows its components")
        return
    for name in manifests.VARIANTS:
        own = manifests.canonical(manifests.variant(deploy, name))
        its = manifests.canonical(manifests.built(program, deploy, name))
        check(own == its, f"kubectl kustomize: {name}: {len(its)} documents")


def check_mutation(mutation, program, schemas):
    name, file, old, new = mutation
    with tempfile.TemporaryDirectory() as directory:
        deploy = Path(directory) / "deploy"
        shutil.copytree(manifests.DEPLOY, deploy)
        text = (deploy / file).read_text()
        check(old in text, f"{file} has {old!r}") if old not in text else None
        (deploy / file).write_text(text.replace(old, new, 1))
        problems = found_by(name, deploy, program, schemas)
        check(problems, f"{name} finds {new!r} in {file}: {'; '.join(problems)[:160]}")


def judge(program, schemas, is_mutating):
    if not is_mutating:
        check_all(manifests.DEPLOY, program, schemas)
        check_kustomize(manifests.DEPLOY)
        return
    for mutation in MUTATIONS:
        if mutation[0] != "schema" or schemas:
            check_mutation(mutation, program, schemas)


def main():
    schemas = kubernetes_schemas.packaged()
    with tempfile.TemporaryDirectory() as directory:
        program = Program(Path(directory))
        with program.running():
            judge(program, schemas, "--mutations" in sys.argv[1:])
    return conclude()


if __name__ == "__main__":
    sys.exit(main())
