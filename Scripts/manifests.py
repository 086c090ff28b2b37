# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Reads the manifests of deploy/: as much of Kustomize as they use, so that a test needs none."""

import json
import shutil
import subprocess
from pathlib import Path

import yaml

from recordings import ROOT

DEPLOY = ROOT / "deploy"
# Folders to be applied, below kubernetes.
VARIANTS = {"daemonset": "daemonset", "sidecar": "example/sidecar",
            "sidecar-same-user": "example/sidecar-same-user", "pod-monitor": "pod-monitor"}
KNOWN = {"apiVersion", "kind", "namespace", "resources", "components", "patches",
         "configMapGenerator", "images"}
PATCH = "sidecar.yaml"


def load(path):
    return list(yaml.safe_load_all(path.read_text()))


def kustomization(folder):
    settings = load(folder / "kustomization.yaml")[0]
    if set(settings) - KNOWN:
        raise ValueError(f"{folder}: manifests.py does not know {set(settings) - KNOWN}")
    return settings


def patched(document, operations):
    """A document after a JSON patch (RFC 6902) that only adds to what is there."""
    copy = json.loads(json.dumps(document))
    for operation in operations:
        *way, last = operation["path"].strip("/").split("/")
        place = copy
        for step in way:
            place = place[step]
        if operation["op"] != "add":
            raise ValueError(f"manifests.py does not know {operation['op']}")
        if isinstance(place, list):
            place.append(operation["value"])
        else:
            place[last] = operation["value"]
    return copy


def config_maps(folder, settings):
    for entry in settings.get("configMapGenerator", []):
        yield {"apiVersion": "v1", "kind": "ConfigMap",
               "metadata": {"name": entry["name"], "namespace": settings["namespace"]},
               "data": {name: (folder / name).read_text() for name in entry["files"]}}


def change(documents, folder):
    """What a kustomization, or a component, makes of documents."""
    settings = kustomization(folder)
    for name in settings.get("resources", []):
        path = folder / name
        documents = documents + (change([], path) if path.is_dir() else load(path))
    documents = documents + list(config_maps(folder, settings))
    for name in settings.get("components", []):
        documents = change(documents, folder / name)
    for patch in settings.get("patches", []):
        operations = load(folder / patch["path"])[0]
        documents = [patched(document, operations) if document["kind"] == patch["target"]["kind"]
                     else document for document in documents]
    return documents


def variant(deploy, name):
    return change([], deploy / "kubernetes" / VARIANTS[name])


def pod(document):
    """The pod of a workload; None of anything else."""
    if document["kind"] not in ("DaemonSet", "Deployment"):
        return None
    return document["spec"]["template"]["spec"]


def agent_of(documents):
    """The workload, its pod and the agent's container."""
    for document in documents:
        for container in (pod(document) or {}).get("containers", []):
            if container["name"] == "ptarmigan":
                return document, pod(document), container
    raise ValueError("there is no agent")


def of_kind(documents, kind):
    return [document for document in documents if document["kind"] == kind]


def unlisted(deploy):
    """Files of deploy/kubernetes that no kustomization names."""
    top = deploy / "kubernetes"
    named = set()
    for path in top.rglob("kustomization.yaml"):
        settings = kustomization(path.parent)
        names = [*settings.get("resources", []), *settings.get("components", []),
                 *(patch["path"] for patch in settings.get("patches", [])),
                 *(name for entry in settings.get("configMapGenerator", [])
                   for name in entry["files"])]
        named |= {(path.parent / name).resolve() for name in names} | {path.resolve()}
    return [str(path.relative_to(top)) for path in sorted(top.rglob("*.y*ml"))
            if path.resolve() not in named and path.parent.name != "ephemeral"]


def kubectl():
    """A kubectl whose Kustomize knows components (since 3.7); None where there is none."""
    program = shutil.which("kubectl")
    if program is None:
        return None
    said = subprocess.run([program, "version", "--client"], capture_output=True, text=True,
                          timeout=60).stdout
    return program if "Kustomize Version: v" in said else None


def built(program, deploy, name):
    """What Kustomize itself makes of a variant; without the hashes in names of ConfigMaps."""
    done = subprocess.run([program, "kustomize", deploy / "kubernetes" / VARIANTS[name]],
                          capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise ValueError(done.stderr.strip())
    text = done.stdout
    for document in yaml.safe_load_all(done.stdout):
        if document["kind"] == "ConfigMap":
            full = document["metadata"]["name"]
            text = text.replace(full, full.rsplit("-", 1)[0])
    return list(yaml.safe_load_all(text))


def canonical(documents):
    return sorted(json.dumps(document, sort_keys=True) for document in documents)
