# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Manifests that are wrong in one place each, and the rule that is to find it."""

DAEMONSET = "kubernetes/daemonset/daemonset.yaml"
SIDECAR = "kubernetes/sidecar/sidecar.yaml"
SAME_USER = "kubernetes/sidecar-same-user/sidecar.yaml"
MONITORS = "kubernetes/pod-monitor/pod-monitors.yaml"
POLICY = "kubernetes/daemonset/network-policy.yaml"
TASK = "ecs/task-definition.json"
DOCKERFILE = "container/Dockerfile"

# A rule, a file, what stands there, and what is put in its place.
MUTATIONS = (
    ("capabilities", DAEMONSET, "[SYS_PTRACE, DAC_READ_SEARCH]", "[SYS_PTRACE, SYS_ADMIN]"),
    ("capabilities", DAEMONSET, "drop: [ALL]", "drop: [NET_RAW]"),
    ("capabilities", SIDECAR, "add: [SYS_PTRACE]", "add: [SYS_PTRACE, DAC_READ_SEARCH]"),
    ("capabilities", SAME_USER, "drop: [ALL]", "{drop: [ALL], add: [KILL]}"),
    ("confinement", DAEMONSET, "privileged: false", "privileged: true"),
    ("confinement", SIDECAR, "runAsNonRoot: true", "runAsNonRoot: false"),
    ("confinement", SIDECAR, "runAsUser: 65532", "runAsUser: 0"),
    ("confinement", SAME_USER, "allowPrivilegeEscalation: false",
     "allowPrivilegeEscalation: true"),
    ("confinement", DAEMONSET, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
    ("confinement", DAEMONSET, "type: RuntimeDefault", "type: Unconfined"),
    ("confinement", DAEMONSET, "      hostPID: true", "      hostPID: true\n      hostIPC: true"),
    ("confinement", DAEMONSET, "          configMap:\n            name: ptarmigan",
     "          hostPath:\n            path: /proc"),
    ("processes", DAEMONSET, "hostPID: true", "hostPID: false"),
    ("processes", SIDECAR, "value: true", "value: false"),
    ("same_user", SAME_USER, "runAsUser: 1000", "runAsUser: 1001"),
    ("resources", DAEMONSET, "limits:\n", "limits:\n              cpu: 100m\n"),
    ("resources", SIDECAR, "memory: 256Mi", "memory: 64Mi"),
    ("probes", DAEMONSET, "path: /-/ready", "path: /readyz"),
    ("probes", DAEMONSET, "port: ptarmigan\n            initial",
     "port: http\n            initial"),
    ("probes", SIDECAR, "livenessProbe", "readinessProbe"),
    ("commands", DAEMONSET, "--config.file=", "--config-file="),
    ("commands", SIDECAR, "--web.listen-address=:10187", "--web.listen-address=127.0.0.1:10187"),
    ("commands", SIDECAR, "containerPort: 10187", "containerPort: 10188"),
    ("commands", DAEMONSET, "- --web.listen", "- --web.allow-unauthenticated-profiles\n"
     "            - --web.listen"),
    ("configurations", DAEMONSET, "/etc/ptarmigan/agent.yml", "/etc/ptarmigan/other.yml"),
    ("configurations", DAEMONSET, "mountPath: /etc/ptarmigan", "mountPath: /etc/other"),
    ("configurations", "kubernetes/daemonset/agent.yml", "include:", "includes:"),
    ("configurations", "container/agent.yml", "{{.ExeBase}}", "{{.PID}}"),
    ("images", SIDECAR, ":0.1.0", ":latest"),
    ("patches", SIDECAR, "- op: add\n  path: /spec/template/spec/containers/-",
     "- op: add\n  path: /spec/template/spec/restartPolicy\n  value: Always\n"
     "- op: add\n  path: /spec/template/spec/containers/-"),
    ("tokens", "kubernetes/daemonset/service-account.yaml", "Token: false", "Token: true"),
    ("network", POLICY, "egress: []", "egress: [{}]"),
    ("network", POLICY, "name: ptarmigan\n  policyTypes", "name: parmigan\n  policyTypes"),
    ("network", POLICY, "port: ptarmigan", "port: http"),
    ("monitors", MONITORS, "path: /metrics", "path: /metric"),
    ("monitors", MONITORS, "port: ptarmigan", "port: metrics"),
    ("monitors", MONITORS, "replacement: ptarmigan", "replacement: agent"),
    ("ephemeral", "kubernetes/ephemeral/container.yaml", "runAsUser: 65532", "runAsUser: 0"),
    ("fargate", TASK, '"awsvpc"', '"bridge"'),
    ("fargate", TASK, '"pidMode": "task"', '"pidMode": "host"'),
    ("fargate", TASK, '"memory": "1024"', '"memory": "640"'),
    ("fargate", TASK, '"essential": false', '"essential": true'),
    ("fargate", TASK, '"executionRoleArn"', '"taskRoleArn"'),
    ("fargate", TASK, '"user": "0"', '"privileged": true'),
    ("task_agent", TASK, '["SYS_PTRACE"]', '["SYS_ADMIN"]'),
    ("task_agent", TASK, '"--web.listen-address=', '"--web.listen='),
    ("task_agent", TASK, '"memory": 256', '"cpu": 64'),
    ("image", DOCKERFILE, "+p /", "+ep /"),
    ("image", DOCKERFILE, "USER 65532:65532", "USER 0:0"),
    ("image", DOCKERFILE, "EXPOSE 10187", "EXPOSE 8080"),
    ("schema", DAEMONSET, "readOnlyRootFilesystem", "readOnlyRootFileSystem"),
    ("schema", SIDECAR, "containerPort: 10187", "containerPort: ptarmigan"),
    ("schema", POLICY, "podSelector:", "podSelectors:"),
    ("unlisted", "kubernetes/daemonset/kustomization.yaml", "  - network-policy.yaml\n", ""),
)
