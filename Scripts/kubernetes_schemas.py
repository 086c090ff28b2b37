# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Judges manifests by the schemas of Kubernetes' own types; an unknown field is an error."""

import json
import zipfile

import jsonschema

from recordings import ROOT

PACKAGES = ROOT / ".build-tools/kubernetes-validate"
DIRECTORY = "kubernetes_validate/kubernetes-json-schema/v{version}.0-local-strict"
# The first version with all of the fields that the manifests use (appArmorProfile), and the last.
VERSIONS = ("1.30", "1.37")
# The Prometheus operator's types are not Kubernetes'.
FOREIGN_GROUPS = ("monitoring.coreos.com",)
ELSEWHERE = "/api/_definitions.json#/$defs/"


class Schemas:
    """The schemas of one version."""

    def __init__(self, archive, version):
        self.archive = archive
        self.version = version
        self.directory = DIRECTORY.format(version=version)
        self.definitions = json.loads(self.text("_definitions"))["$defs"]
        self.validators = {}

    def text(self, name):
        text = self.archive.read(f"{self.directory}/{name}.json").decode()
        return text.replace(ELSEWHERE, "#/$defs/")

    def validator(self, group, kind):
        """`group` is an apiVersion."""
        # networking.k8s.io/v1 is networking-v1 there.
        domain, _, version = group.rpartition("/")
        short = "-".join(part for part in (domain.split(".")[0], version) if part)
        name = f"{kind.lower()}-{short}"
        if name not in self.validators:
            schema = json.loads(self.text(name))
            self.validators[name] = jsonschema.Draft202012Validator(
                {**schema, "$defs": self.definitions})
        return self.validators[name]

    def problems(self, document):
        """What is wrong with a document of Kubernetes' own types."""
        try:
            validator = self.validator(document["apiVersion"], document["kind"])
        except KeyError:
            yield f"{self.version}: no schema of {document['apiVersion']} {document['kind']}"
            return
        for error in validator.iter_errors(document):
            place = ".".join(map(str, error.absolute_path))
            yield f"{self.version}: {document['kind']}: {place}: {error.message[:200]}"


def packaged():
    """Schemas of each version; none where PyPI could not be reached."""
    wheels = sorted(PACKAGES.glob("kubernetes_validate-*.whl"))
    if not wheels:
        print("not judged by Kubernetes' schemas, which are not here: "
              "run Scripts/install-dependencies.sh test")
        return []
    archive = zipfile.ZipFile(wheels[-1])
    return [Schemas(archive, version) for version in VERSIONS]


def problems(schemas, documents):
    for document in documents:
        if document["apiVersion"].split("/")[0] in FOREIGN_GROUPS:
            continue
        for schema in schemas:
            yield from schema.problems(document)
