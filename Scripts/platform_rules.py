# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Further rules: who reaches and scrapes agents, Amazon ECS, debug containers, the image."""

import json
import re

from manifest_rules import (DOCKERFILE, PLACEHOLDER, command_problems, image_file, options_of,
                            rights)
from manifests import agent_of, load, of_kind, variant

TASK = "ecs/task-definition.json"
# What RegisterTaskDefinition asks for on Fargate, and the memory, in MiB, that goes with some CPU.
FARGATE_KEYS = {"family", "requiresCompatibilities", "networkMode", "cpu", "memory",
                "containerDefinitions", "executionRoleArn"}
FARGATE_MEMORY = {256: {512, 1024, 2048}, 512: set(range(1024, 4097, 1024)),
                  1024: set(range(2048, 8193, 1024)), 2048: set(range(4096, 16385, 1024))}
# What Fargate does not have.
NOT_ON_FARGATE = {"privileged", "links", "extraHosts", "dockerSecurityOptions", "disableNetworking"}


def network(deploy, _):
    documents = variant(deploy, "daemonset")
    workload, _, agent = agent_of(documents)
    labels = workload["spec"]["template"]["metadata"]["labels"]
    policies = of_kind(documents, "NetworkPolicy")
    if len(policies) != 1:
        yield f"daemonset: {len(policies)} network policies"
    for policy in policies:
        spec = policy["spec"]
        if not spec["podSelector"].get("matchLabels", {}).items() <= labels.items():
            yield "daemonset: the network policy is not for the agents"
        if spec["policyTypes"] != ["Ingress", "Egress"] or spec["egress"]:
            yield "daemonset: the agents may connect to something"
        ports = {port["port"] for rule in spec["ingress"] for port in rule["ports"]}
        if ports != {port["name"] for port in agent["ports"]}:
            yield f"daemonset: the network policy opens {ports}"
        if [rule for rule in spec["ingress"] if not rule.get("from")]:
            yield "daemonset: everybody may connect"


def monitors(deploy, program):
    found = of_kind(variant(deploy, "pod-monitor"), "PodMonitor")
    if len(found) != 2:
        yield f"pod-monitor: {len(found)} monitors"
    workload, _, agent = agent_of(variant(deploy, "daemonset"))
    ports = {port["name"] for port in agent["ports"]}
    labels = workload["spec"]["template"]["metadata"]["labels"]
    for monitor in found:
        name, spec = monitor["metadata"]["name"], monitor["spec"]
        if not spec["selector"].get("matchLabels", {}).items() <= labels.items():
            yield f"pod-monitor: {name} is for other pods"
        for endpoint in spec["podMetricsEndpoints"]:
            jobs = [one for one in endpoint["relabelings"] if one.get("targetLabel") == "job"]
            if endpoint["port"] not in ports:
                yield f"pod-monitor: {name} asks a port {endpoint['port']}"
            if not program.serves(endpoint["path"]):
                yield f"pod-monitor: the program has no {endpoint['path']}"
            # The alerts ask for it.
            if [one.get("replacement") for one in jobs] != ["ptarmigan"]:
                yield f"pod-monitor: the job of {name} is not ptarmigan"


def ephemeral(deploy, _):
    """The debug container has the sidecar's rights."""
    _, _, agent = agent_of(variant(deploy, "sidecar"))
    found = load(deploy / "kubernetes/ephemeral/container.yaml")[0]
    if found != {"securityContext": agent["securityContext"]}:
        yield "ephemeral: its rights are not the sidecar's"


def fargate(deploy, _):
    task = json.loads((deploy / TASK).read_text())
    missing = FARGATE_KEYS - set(task)
    if missing:
        yield f"ecs: {sorted(missing)} is missing"
        return
    if task["requiresCompatibilities"] != ["FARGATE"] or task["networkMode"] != "awsvpc":
        yield "ecs: it is not for Fargate"
    if task.get("pidMode") != "task":
        yield f"ecs: pidMode is {task.get('pidMode')}"
    if int(task["memory"]) not in FARGATE_MEMORY.get(int(task["cpu"]), ()):
        yield f"ecs: Fargate has no {task['memory']} MiB with {task['cpu']} units of CPU"
    containers = task["containerDefinitions"]
    if sum(container.get("memory", 0) for container in containers) > int(task["memory"]):
        yield "ecs: the containers have more memory than the task"
    for container in containers:
        refused = NOT_ON_FARGATE & set(container)
        if refused:
            yield f"ecs: {container['name']}: Fargate has no {sorted(refused)}"
    if [one["name"] for one in containers if one["essential"]] != ["application"]:
        yield "ecs: the task is to end with the application and not with the agent"


def task_agent(deploy, program):
    task = json.loads((deploy / TASK).read_text())
    agent = next(one for one in task["containerDefinitions"] if one["name"] == "ptarmigan")
    if agent.get("linuxParameters") != {"capabilities": {"add": ["SYS_PTRACE"]}}:
        yield f"ecs: linuxParameters are {agent.get('linuxParameters')}"
    if agent.get("readonlyRootFilesystem") is not True:
        yield "ecs: the agent may write to its root"
    if not agent.get("memory") or "cpu" in agent:
        yield "ecs: the agent has a share of the CPU, or no limit on memory"
    if agent["image"] != f"{PLACEHOLDER}:{program.version}":
        yield f"ecs: the image is {agent['image']}, the program {program.version}"
    ports = [port["containerPort"] for port in agent["portMappings"]]
    for problem in command_problems(agent["command"], ports, deploy, program):
        yield f"ecs: {problem}"
    if options_of(agent["command"]).get("--config.file") != image_file(deploy):
        yield f"ecs: the image's configuration is {image_file(deploy)}"


def image(deploy, program):
    """The Dockerfile's own words agree with the manifests."""
    text = (deploy / DOCKERFILE).read_text()
    command = json.loads(re.search(r"^CMD (.*)$", text, re.MULTILINE)[1])
    exposed = [int(port) for port in re.findall(r"^EXPOSE (\d+)$", text, re.MULTILINE)]
    for problem in command_problems(command, exposed, deploy, program):
        yield f"image: {problem}"
    if options_of(command).get("--config.file") != image_file(deploy):
        yield "image: its command names another configuration"
    user = re.findall(r"^USER (\d+):(\d+)$", text, re.MULTILINE)
    _, _, agent = agent_of(variant(deploy, "daemonset"))
    context = agent["securityContext"]
    if user != [(str(context["runAsUser"]), str(context["runAsGroup"]))]:
        yield f"image: its user is {user}"
    marked = re.search(r"setcap (\S+)\+p ", text)
    permitted = {name.removeprefix("cap_").upper() for name in marked[1].split(",")} \
        if marked else set()
    # With e no container could start it that has fewer.
    if permitted != rights(deploy)["daemonset"]:
        yield f"image: its program is permitted {sorted(permitted)}"


RULES = (network, monitors, ephemeral, fargate, task_agent, image)
