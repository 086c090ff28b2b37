# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Tools that give no stacks: strace's counts, process-exporter's metrics."""

import shutil
import socket
import threading
import urllib.request

from children import first_line
from shared import UNPACKED
from tools import Tool

# Prometheus asks every 15 to 60 seconds.
SCRAPE_SECONDS = 1.0


class Strace(Tool):
    key, title = "strace", "strace -c -f"
    gives, way, is_killable = "counts", "ptrace, two stops for each system call", True

    @classmethod
    def missing(cls):
        return None if shutil.which("strace") else "not installed (Debian's strace)"

    @classmethod
    def version(cls):
        return first_line(["strace", "--version"])

    @classmethod
    def words(cls, pid, file):
        return ["strace", "-c", "-f", "-p", pid, "-o", f"{file}.txt"]

    def is_ready(self):
        return "attached" in self.child.said()


class ProcessExporter(Tool):
    key, title = "process-exporter", "process-exporter"
    gives, way = "metrics", "reads /proc when it is scraped"
    ends_with = 15
    # Debian's name of it, and of its program.
    PACKAGE = "prometheus-process-exporter"
    RULES = "process_names:\n  - name: '{{.Comm}}'\n    cmdline: ['.+']\n"

    @classmethod
    def path(cls):
        unpacked = UNPACKED / cls.PACKAGE / "usr/bin" / cls.PACKAGE
        return unpacked if unpacked.exists() else shutil.which(cls.PACKAGE)

    @classmethod
    def missing(cls):
        return None if cls.path() else "not installed (Debian's prometheus-process-exporter)"

    @classmethod
    def version(cls):
        return first_line([cls.path(), "--version"])

    @classmethod
    def words(cls, pid, file):
        return [cls.path(), "--config.path", f"{file}.yml", "--web.listen-address",
                f"127.0.0.1:{cls.port}"]

    port = "PORT"

    def launch(self):
        self.file.with_name("out.yml").write_text(self.RULES)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ProcessExporter.port = free.getsockname()[1]
        try:
            super().launch()
        finally:
            self.url = f"http://127.0.0.1:{self.port}/metrics"
            ProcessExporter.port = "PORT"
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.scrape, daemon=True)
        self.thread.start()

    def is_ready(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", ProcessExporter.port)) == 0

    def scrape(self):
        while not self.is_over.wait(SCRAPE_SECONDS):
            try:
                with urllib.request.urlopen(self.url, timeout=10) as answer:
                    answer.read()
            except OSError as error:
                self.failure = f"a scrape failed: {error}"

    def end(self):
        self.is_over.set()
        self.thread.join(20)
        super().end()

    def close(self):
        if getattr(self, "is_over", None) is not None:
            self.is_over.set()
        super().close()
