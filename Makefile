# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

# From a fresh Debian machine with Swift, each of these is one command:
#
#   make run      build the agent and start it; ARGS='...' are its options
#   make build    leave the program at .build/release/ptarmigan
#   make test     all that a change must pass
#   make safety   the promises to targets, at full length (about a quarter of an hour)
#   make fuzz     each parser under changed real files for ten minutes (40 minutes)
#   make chaos    agents and targets to which one bad thing after the other happens (20 minutes; as root)
#   make reliability  the long trials, and docs/RELIABILITY.md of them (four hours; as root)
#   make soak     agents for twenty minutes among programs that come and go: nothing grows
#   make test-alerts  alerts raised by real faults of real agents (four minutes; as root)
#   make test-fleet  twenty agents in network namespaces, Prometheus, and VictoriaMetrics behind it
#                 (four minutes; as root)
#   make series   the bounds of the metrics and their sums, in a real Prometheus (ten minutes)
#   make accuracy the shares that a recording finds, beside perf's (three minutes)
#   make bench    what a visit and the agent cost here, beside bare system calls, and how fast it
#                 unwinds, beside libdw and libunwind; how much slower a program is under it, and
#                 under perf, py-spy, eu-stack and strace (40 minutes)
#   make compare  beside perf, py-spy, Austin, eu-stack, gdb, strace and process-exporter, into
#                 docs/COMPARISON.md (a quarter of an hour; on a host with nothing else to do)
#   make growth   how the agent's cost grows with what it looks at, into docs/GROWTH.md (ten minutes)
#   make deb      the Debian package, into .build-deb
#   make test-deb the package on a Debian with systemd, which it makes; as root (five minutes)
#   make test-kernels  the program on kernels of older Debian releases, in QEMU; slow without KVM
#   make test-container  the image, built and run without an engine; as root (three minutes)
#   make lint     the checks that run nothing
#   make targets  the programs that tests sample, into .build-targets
#   make clean    remove what was built

ARGS ?=

# SwiftPM compiles a module again when one of its flags has changed. So each configuration has one
# set of flags, which every step of it uses:
#   debug          lint and tests, in .build; a warning is an error in this package, and SwiftPM
#                  keeps that flag from dependencies;
#   release        the program, in .build. To link Swift's libraries statically is a flag of every
#                  module, and there is no static Swift Testing;
#   release tests  therefore in a directory of their own;
#   fuzzing        in another one: every module has libFuzzer's marks (Scripts/fuzz.py).
DEBUG := -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
RELEASE := -c release --static-swift-stdlib
RELEASE_TESTS := -c release -Xswiftc -enable-testing --scratch-path .build-release-tests

# Suites that sample programs run one after the other: beside tests that keep every CPU busy, what is
# sampled would seldom be on one.
SAMPLING_SUITES := 'SamplerTests\.(Tracer|TracerWaits|StopEngine|ClassicStop|ThreadLooker|Recorder|CallWindow.*|TracerWindows|AttachedCalls|ThreadReadings)Tests'

FORMATTED := $(wildcard Sources Tests Benchmarks Package.swift)

# One step after the other, in the order given: SwiftPM uses all CPUs within a step.
.NOTPARALLEL:
.PHONY: build run test bench lint targets language-targets clean safety build-dependencies \
	test-dependencies bench-dependencies compare compare-dependencies growth \
	check-format check-build check-foundation test-debug \
	test-release test-prometheus test-web-security test-profiles test-web test-admin test-series \
	test-daemon test-tiers test-safety test-page test-record test-syscalls test-windows test-top test-faults \
	test-lines test-languages test-soak test-chaos test-reliability test-fuzz test-rules \
	test-dashboards test-alerts test-fleet fleet-dependencies fuzz soak chaos reliability \
	series safety-windows accuracy deb test-deb test-reference \
	test-manifests test-sidecars test-container test-kernels generate-pprof generate-page \
	generate-system-calls generate-dashboards screenshots

build: build-dependencies
	swift build $(RELEASE) --product ptarmigan

run: build
	exec .build/release/ptarmigan agent $(ARGS)

test: test-dependencies lint targets test-debug test-release test-prometheus test-reference \
	test-rules test-dashboards test-manifests test-web-security test-profiles test-web test-admin \
	test-series test-daemon test-tiers test-sidecars test-record test-syscalls test-windows test-top \
	test-faults test-lines test-languages test-page test-safety test-chaos test-reliability \
	test-soak test-fuzz

# Ratios to bare system calls in C, taken in turns; a figure over its limit ends it with an error.
bench: build targets bench-dependencies
	swift build $(RELEASE) --product visit-bench
	swift build $(RELEASE) --product unwind-bench
	$(MAKE) -C Benchmarks/UnwindPeers
	Scripts/bench/holds.py
	Scripts/bench/cost.py
	Scripts/bench/scale.py
	Scripts/bench/budget.py
	Scripts/bench/slowdown.py
	Scripts/bench/syscalls.py
	Scripts/bench/pause.py
	Scripts/bench/unwind.py

# All peers on the same targets in turns; writes docs/COMPARISON.md, its figures and its plots.
compare: build targets compare-dependencies
	Benchmarks/compare/compare.py --self-test
	Benchmarks/compare/compare.py

# The cost by threads, processes, stacks, files, groups, scrapers and the rate; with its order.
growth: build targets
	Benchmarks/growth/growth.py --self-test
	Benchmarks/growth/growth.py

lint: build-dependencies check-format check-build check-foundation

targets: build-dependencies
	$(MAKE) -C Tests/Targets

language-targets: test-dependencies
	$(MAKE) -C Tests/Targets/Languages

clean:
	rm -rf .build .build-release-tests .build-fuzz .build-targets Benchmarks/.build

build-dependencies:
	@Scripts/install-dependencies.sh build

test-dependencies:
	@Scripts/install-dependencies.sh test

fleet-dependencies:
	@Scripts/install-dependencies.sh fleet

bench-dependencies:
	@Scripts/install-dependencies.sh bench

compare-dependencies:
	@Scripts/install-dependencies.sh compare

check-format:
	swift format lint --strict --parallel --recursive $(FORMATTED)

check-build:
	swift build --build-tests $(DEBUG)

check-foundation: build
	Scripts/check-foundation.sh

test-debug: check-build targets language-targets
	swift test --skip-build $(DEBUG) --skip $(SAMPLING_SUITES)
	swift test --skip-build $(DEBUG) --no-parallel --filter $(SAMPLING_SUITES)

test-release: targets language-targets
	swift test $(RELEASE_TESTS) --skip $(SAMPLING_SUITES)
	swift test $(RELEASE_TESTS) --no-parallel --filter $(SAMPLING_SUITES)

test-prometheus: build targets
	Scripts/test-prometheus.py

# What a fleet is watched with: rules and scrape configurations by promtool, dashboards by the rules of
# Grafana's linter.
test-rules: test-dependencies
	Scripts/test-rules.py
	Scripts/check-dashboards.py

# Every query of every dashboard and of docs/PROMQL.md, in a real Prometheus.
test-dashboards: test-dependencies build targets
	Scripts/test-dashboards.py

# Every alert that one machine can raise; as root, which makes the faults.
test-alerts: test-dependencies build targets
	Scripts/test-alerts.py

# Twenty agents, and what dashboards, rules and recipes say of all of them, in Prometheus and in a
# store that it writes to; as root, which makes the network namespaces.
test-fleet: fleet-dependencies build targets
	Scripts/test-fleet.py

# Profiles on demand, read by Go's pprof.
test-profiles: test-dependencies build targets
	Scripts/test-profiles.py

# Floods, and what a request may not ask for.
test-web: build targets
	Scripts/test-web.py

# What the agent samples for requests through its local socket, and for whom; as root.
test-admin: build targets
	Scripts/test-admin.py

# TLS, users and certificates of clients, and what changes of them do to a running agent.
test-web-security: test-dependencies build
	Scripts/test-web-security.py

# 500 groups and 10,000 functions, in a real Prometheus.
series: test-dependencies build targets
	Scripts/test-series.py

test-series: build targets
	Scripts/test-series.py --minutes 2

# Memory, descriptors and targets of agents that run on while programs come and go.
soak: build targets
	Scripts/soak.py --self-test
	Scripts/soak.py

test-soak: build targets
	Scripts/soak.py --self-test
	Scripts/soak.py --minutes 5

# Faults of every kind, by chance; each seed is another order.
SEED := 1
chaos: test-dependencies build targets
	Scripts/chaos.py --self-test
	Scripts/chaos.py --seed $(SEED)

# Each event once.
test-chaos: test-dependencies build targets
	Scripts/chaos.py --self-test
	Scripts/chaos.py --once --seconds 600 --seed $(SEED)

# Source lines and inlined functions, beside what addr2line says.
test-lines: build targets
	Scripts/test-lines.py

# Beside perf, which a container may not be allowed; on a host with nothing else to do.
accuracy: build targets
	Scripts/bench/accuracy.py

# Rules, reloads, the kill switch and the budgets of a running agent.
test-daemon: build targets
	Scripts/test-daemon.py

# Users, capabilities, seccomp filters and a /proc like gVisor's; as root, which makes them.
test-tiers: build targets
	Scripts/test-tiers.py

# The manifests of deploy/, by schemas, by Kustomize where there is a kubectl, and by rules of their
# own.
test-manifests: test-dependencies build
	Scripts/test-manifests.py
	Scripts/test-manifests.py --mutations

# What the manifests arrange, with namespaces, users and capabilities; as root, which makes them.
test-sidecars: test-dependencies build targets
	Scripts/test-sidecars.py

# The image of deploy/container, built by buildah on a Debian that debootstrap makes; as root.
test-container: build targets
	Scripts/install-dependencies.sh container-test
	Scripts/test-container.py

# The stop engine, the looks and the promises on kernels of older Debian releases, in QEMU. Not part of
# test: it fetches the kernels, and where KVM does not start them it is slow.
test-kernels: build targets
	Scripts/install-dependencies.sh kernels
	Scripts/test-kernels.py

# What the documentation lists, beside what the program says of itself.
test-reference: build
	Scripts/test-reference.py

# The package, as dpkg-deb makes it.
deb: build
	Scripts/install-dependencies.sh package
	Scripts/build-deb.py

# Needs root and the distribution's archive: it makes a Debian, boots it, and installs the package.
test-deb: build targets
	Scripts/install-dependencies.sh package-test
	Scripts/test-deb.py

test-record: build targets
	Scripts/test-record.py

# Counts and errors of system calls, beside strace's.
test-syscalls: test-dependencies build targets
	Scripts/test-syscalls.py

# System calls of running programs: rates beside the programs' own counts, and the promises with
# windows running at all times.
WINDOWS := .build/release/ptarmigan syscalls -p {pid} -d 3600
# One window that hardly ends, and one after the other; the first enters every thread.
WINDOWS_LONG := $(WINDOWS) --budget.target-pause 100 --visit-kernel
WINDOWS_SHORT := $(WINDOWS) --budget.target-pause 5
# Without gdb-first: a process that is traced is refused.
WINDOWS_PARTS := nonleader-exec,exec-loop,zombie-leader,vfork-exec,vfork-exit,vfork-slow,sleepers

test-windows: test-dependencies build targets
	Scripts/test-windows.py
	Scripts/safety/eintr.py --agent '$(WINDOWS_LONG)' --seconds 6 --rates 1000 \
		--seccomp-seconds 2 --allowance-ms 1000 --coarse-allowance-ms 1000
	Scripts/safety/signals.py --agent '$(WINDOWS_SHORT)' --signals 4000
	Scripts/safety/as_found.py --agent '$(WINDOWS_LONG)' --kills 15 --terms 5 --point-rounds 0
	Scripts/safety/exotic.py --agent '$(WINDOWS_SHORT)' --parts $(WINDOWS_PARTS) --seconds 2

# The agent's own windows beside its visits, as busy as a budget without limit lets them be.
SAFETY_AGENT_WINDOWS = $(SAFETY_AGENT) --syscalls.windows

safety-windows: build targets
	Scripts/safety/eintr.py --agent '$(WINDOWS_LONG)'
	Scripts/safety/eintr.py --agent '$(WINDOWS_SHORT)'
	Scripts/safety/transfers.py --agent '$(WINDOWS) --budget.target-pause 100'
	Scripts/safety/signals.py --agent '$(WINDOWS_LONG)'
	Scripts/safety/signals.py --agent '$(WINDOWS_SHORT)'
	Scripts/safety/as_found.py --agent '$(WINDOWS_LONG)' --kills 100 --point-rounds 0
	Scripts/safety/exotic.py --agent '$(WINDOWS_LONG)' --parts $(WINDOWS_PARTS)
	Scripts/safety/exotic.py --agent '$(WINDOWS_SHORT)' --parts $(WINDOWS_PARTS)
	Scripts/safety/eintr.py --agent '$(SAFETY_AGENT_WINDOWS)'
	Scripts/safety/transfers.py --agent '$(SAFETY_AGENT_WINDOWS)'
	Scripts/safety/signals.py --agent '$(SAFETY_AGENT_WINDOWS)'
	Scripts/safety/as_found.py --agent '$(SAFETY_AGENT_WINDOWS)' --kills 100 --point-rounds 0
	Scripts/safety/exotic.py --agent '$(SAFETY_AGENT_WINDOWS)' --parts $(WINDOWS_PARTS)

# The live view, on a terminal and through a pipe.
test-top: build targets
	Scripts/test-top.py

# Files and stacks that are not as they should be.
test-faults: build targets
	Scripts/test-faults.py

# Whole stacks and right names, language by language.
test-languages: build language-targets
	Scripts/test-languages.py

# The flame graph page of the tests and the pages of an agent, in a browser.
test-page: test-dependencies build targets
	Scripts/test-page.py

# Those of the README that an agent serves.
screenshots: test-dependencies build targets
	Scripts/test-page.py --screenshots docs

# What has reached new code is kept in .build-fuzz/found, and begun with the next time.
FUZZ_SECONDS := 600
fuzz: test-dependencies
	Scripts/fuzz.py --seconds $(FUZZ_SECONDS)

test-fuzz: test-dependencies
	Scripts/fuzz.py --seconds 30 --jobs 4

# What is committed and written by a program, after a change of what it is written from: the types of
# pprof's message (with Debian's protobuf-compiler), the parts of the flame graph page, and the tables
# of system calls (with Debian's linux-libc-dev and strace, the newer the better).
generate-pprof: build-dependencies
	Scripts/generate-pprof.sh

generate-page:
	Scripts/generate-page.py

generate-dashboards:
	Scripts/generate-dashboards.py

generate-system-calls:
	Scripts/generate-system-calls.py

# The promises to targets, judged from the targets' side. The budget is lifted, so that each run makes
# all the visits that its rate asks for.
SAFETY_OPTIONS := --rate {rate} --budget.target-pause 100 --budget.agent-cpu 100 --no-canary \
	--web.listen-address 127.0.0.1:0
SAFETY_AGENT := .build/release/ptarmigan agent --pid {pid} $(SAFETY_OPTIONS)
SAFETY_TREE := .build/release/ptarmigan agent $(SAFETY_OPTIONS)
SAFETY_POINT := $(SAFETY_AGENT) --debug-die-at {point}
SAFETY_OLDER := Scripts/older_calls.py $(SAFETY_AGENT) --debug-no-look
SAFETY_BLIND := $(SAFETY_AGENT) --debug-no-look --debug-no-repair --debug-no-transfer-guard

safety: build targets
	Scripts/safety/eintr.py --agent '$(SAFETY_AGENT)'
	Scripts/safety/eintr.py --agent '$(SAFETY_BLIND)' --rates 99 --seconds 10 --must-fail
	Scripts/safety/transfers.py --agent '$(SAFETY_AGENT)'
	Scripts/safety/transfers.py --agent '$(SAFETY_AGENT)' --seconds 20 --mix 75 \
		--loops zero-read,getrandom
	Scripts/safety/signals.py --agent '$(SAFETY_AGENT)'
	Scripts/safety/as_found.py --agent '$(SAFETY_AGENT) --stop-method {method}' \
		--point-agent '$(SAFETY_POINT)'
	Scripts/safety/exotic.py --agent '$(SAFETY_AGENT)' --agent-tree '$(SAFETY_TREE)'

# The long trials, whose verdicts stay in .build-reliability, and the page that is written from them.
# PART=... runs one of them: safety, kills, visits, transfers, chaos or soak.
PART :=
reliability: bench-dependencies test-dependencies build targets
	Scripts/reliability.py --agent '$(SAFETY_AGENT)' --point-agent '$(SAFETY_POINT)' \
		$(if $(PART),--part $(PART))

# The page as a function of verdicts.
test-reliability:
	Scripts/test-reliability.py

# The same, short: it has to show a fault of the engine, not to measure its rarest one.
test-safety: build targets
	Scripts/safety/eintr.py --agent '$(SAFETY_AGENT)' --seconds 6 --rates 1000 \
		--seccomp-seconds 2 --allowance-ms 1000 --coarse-allowance-ms 1000
	Scripts/safety/eintr.py --agent '$(SAFETY_BLIND)' --seconds 4 --rates 99 --must-fail
	Scripts/safety/eintr.py --agent '$(SAFETY_OLDER)' --seconds 4 --rates 99 \
		--seccomp-seconds 2 --allowance-ms 1000 --coarse-allowance-ms 1000
	Scripts/safety/transfers.py --agent '$(SAFETY_AGENT)' --seconds 1
	Scripts/safety/transfers.py --agent '$(SAFETY_AGENT)' --seconds 5 --mix 75 --loops getrandom
	Scripts/safety/signals.py --agent '$(SAFETY_AGENT)' --signals 4000
	Scripts/safety/as_found.py --agent '$(SAFETY_AGENT) --stop-method {method}' \
		--point-agent '$(SAFETY_POINT)' --kills 15 --terms 5 --point-rounds 3
	Scripts/safety/exotic.py --agent '$(SAFETY_AGENT)' --agent-tree '$(SAFETY_TREE)' \
		--seconds 2 --storm-seconds 4
