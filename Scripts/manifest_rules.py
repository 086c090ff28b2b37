# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What manifests of deploy/ keep to, beyond what a schema says. A rule yields what breaks it."""

import re

from manifests import PATCH, agent_of, load, of_kind, pod, variant

UNIT = "systemd/ptarmigan.service"
DOCKERFILE = "container/Dockerfile"
PLACEHOLDER = "registry.example/ptarmigan"
WORKLOADS = ("daemonset", "sidecar", "sidecar-same-user")
HOST = ("hostNetwork", "hostIPC")
UNITS = {"M": 2**20, "G": 2**30, "Mi": 2**20, "Gi": 2**30}


def unit_setting(deploy, name):
    return re.search(rf"^{name}=(.*)$", (deploy / UNIT).read_text(), re.MULTILINE)[1]


def bytes_of(text):
    number, unit = re.fullmatch(r"(\d+)(\w*)", text).groups()
    return int(number) * UNITS[unit]


def rights(deploy):
    """The capabilities of each variant: the unit's, one of them, none."""
    unit = {name.removeprefix("CAP_") for name in
            unit_setting(deploy, "AmbientCapabilities").split()}
    return {"daemonset": unit, "sidecar": {"SYS_PTRACE"}, "sidecar-same-user": set()}


def capabilities(deploy, _):
    for name, expected in rights(deploy).items():
        _, _, agent = agent_of(variant(deploy, name))
        given = agent["securityContext"]["capabilities"]
        if given.get("drop") != ["ALL"]:
            yield f"{name}: it does not drop all capabilities"
        if set(given.get("add", [])) != expected:
            yield f"{name}: capabilities are {given.get('add')}, not {sorted(expected)}"


def confinement(deploy, _):
    for name in WORKLOADS:
        _, whole, agent = agent_of(variant(deploy, name))
        context = agent["securityContext"]
        expected = {"privileged": False, "runAsNonRoot": True, "allowPrivilegeEscalation": False,
                    "readOnlyRootFilesystem": True, "seccompProfile": {"type": "RuntimeDefault"}}
        for key, value in expected.items():
            if context.get(key) != value:
                yield f"{name}: {key} is {context.get(key)}"
        for key in ("runAsUser", "runAsGroup"):
            if not context.get(key):
                yield f"{name}: {key} is {context.get(key)}"
        if [key for key in HOST if whole.get(key)]:
            yield f"{name}: it has the host's network or IPC"
        if [volume for volume in whole.get("volumes", []) if "hostPath" in volume]:
            yield f"{name}: it mounts a path of the host"


def processes(deploy, _):
    """Whose processes are seen."""
    for name in WORKLOADS:
        _, whole, _ = agent_of(variant(deploy, name))
        is_host = name == "daemonset"
        if bool(whole.get("hostPID")) != is_host:
            yield f"{name}: hostPID is {whole.get('hostPID')}"
        if bool(whole.get("shareProcessNamespace")) == is_host:
            yield f"{name}: shareProcessNamespace is {whole.get('shareProcessNamespace')}"


def same_user(deploy, _):
    _, whole, agent = agent_of(variant(deploy, "sidecar-same-user"))
    application = next(other for other in whole["containers"] if other is not agent)
    for key in ("runAsUser", "runAsGroup"):
        own, its = (one["securityContext"][key] for one in (agent, application))
        if own != its:
            yield f"sidecar-same-user: {key} is {own}, the application's {its}"


def resources(deploy, _):
    for name in WORKLOADS:
        _, _, agent = agent_of(variant(deploy, name))
        limits = agent["resources"].get("limits", {})
        if "cpu" in limits:
            yield f"{name}: it has a CPU limit"
        if bytes_of(limits.get("memory", "0M")) != bytes_of(unit_setting(deploy, "MemoryMax")):
            yield f"{name}: its memory limit is not the unit's: {limits.get('memory')}"
        if set(agent["resources"].get("requests", {})) != {"cpu", "memory"}:
            yield f"{name}: it does not ask for CPU and memory"


def probes(deploy, program):
    for name in WORKLOADS:
        _, _, agent = agent_of(variant(deploy, name))
        ports = {port["name"]: port["containerPort"] for port in agent["ports"]}
        kinds = {"livenessProbe"} | ({"readinessProbe"} if name == "daemonset" else set())
        found = {key for key in agent if key.endswith("Probe")}
        if found != kinds:
            yield f"{name}: its probes are {sorted(found)}"
        for kind in found:
            asked = agent[kind]["httpGet"]
            if asked["port"] not in ports:
                yield f"{name}: {kind} asks an unknown port {asked['port']}"
            if not program.serves(asked["path"]):
                yield f"{name}: {kind}: the program has no {asked['path']}"


def options_of(words):
    """The options of a command line by name."""
    return dict(word.partition("=")[::2] for word in words if word.startswith("--"))


def command_problems(words, ports, deploy, program):
    """What is wrong with an agent's command line in a container with these ports and the image."""
    options = options_of(words)
    if words[0] != "agent":
        yield f"the command is {words[0]}"
    for option in set(options) - program.options:
        yield f"ptarmigan agent --help does not know {option}"
    listens = options.get("--web.listen-address", "").rpartition(":")
    if listens[0] or [int(listens[2] or 0)] != ports:
        yield f"it listens on {listens[0]}:{listens[2]}, and its ports are {ports}"
    if "--web.allow-unauthenticated-profiles" in options:
        yield "it serves profiles to everybody"


def commands(deploy, program):
    for name in WORKLOADS:
        _, _, agent = agent_of(variant(deploy, name))
        ports = [port["containerPort"] for port in agent["ports"]]
        for problem in command_problems(agent["args"], ports, deploy, program):
            yield f"{name}: {problem}"


def image_file(deploy):
    """Where the image has its agent.yml, by the Dockerfile."""
    return re.search(r"^COPY deploy/container/agent\.yml (\S+)$",
                     (deploy / DOCKERFILE).read_text(), re.MULTILINE)[1]


def configurations(deploy, program):
    """The file that is named is there, and the agent takes it."""
    for name in WORKLOADS:
        documents = variant(deploy, name)
        _, whole, agent = agent_of(documents)
        data = {config_map["metadata"]["name"]: config_map["data"]
                for config_map in of_kind(documents, "ConfigMap")}
        # Where there is a file for it, the image's own is not to be used by mistake.
        files = set() if data else {image_file(deploy)}
        for mount in agent.get("volumeMounts", []):
            volume = next(one for one in whole["volumes"] if one["name"] == mount["name"])
            mounted = data.get(volume.get("configMap", {}).get("name"), {})
            files |= {f"{mount['mountPath']}/{key}" for key in mounted}
        if options_of(agent["args"]).get("--config.file") not in files:
            yield f"{name}: its configuration is not among {sorted(files)}"
        for key, text in ((key, text) for one in data.values() for key, text in one.items()):
            refusal = program.refusal(text)
            if refusal:
                yield f"{name}: {key}: {refusal}"
    refusal = program.refusal((deploy / "container/agent.yml").read_text())
    if refusal:
        yield f"the image's agent.yml: {refusal}"


def images(deploy, program):
    for name in WORKLOADS:
        _, _, agent = agent_of(variant(deploy, name))
        if agent["image"] != f"{PLACEHOLDER}:{program.version}":
            yield f"{name}: the image is {agent['image']}, the program {program.version}"


def patches(deploy, _):
    """Sidecars can be added to what has no volumes, and name what they add once."""
    for name in ("sidecar", "sidecar-same-user"):
        paths = [operation["path"] for operation in load(deploy / "kubernetes" / name / PATCH)[0]]
        template = "/spec/template/spec/"
        expected = [f"{template}shareProcessNamespace", f"{template}containers/-"]
        if paths != expected:
            yield f"{name}: it adds {paths}"


def tokens(deploy, _):
    for document in variant(deploy, "daemonset"):
        held = pod(document) if pod(document) else document
        if document["kind"] in ("DaemonSet", "ServiceAccount") \
                and held.get("automountServiceAccountToken") is not False:
            yield f"daemonset: {document['kind']}: a token is mounted"


RULES = (capabilities, confinement, processes, same_user, resources, probes, commands,
         configurations, images, patches, tokens)
