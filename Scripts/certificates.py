# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Certificates for tests, by openssl."""

import subprocess


class Authority:
    """Makes certificates, as NAME.crt and NAME.key in a directory."""

    def __init__(self, directory, name="ca"):
        self.directory = directory
        self.name = name
        self.openssl("req", "-x509", *self.new(name), "-out", f"{name}.crt", "-days", "2")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True,
                       capture_output=True)

    def new(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", f"{name}.key", "-subj", f"/CN={name}"]

    def issue(self, name, names):
        self.openssl("req", *self.new(name), "-out", f"{name}.csr")
        (self.directory / f"{name}.ext").write_text(f"subjectAltName={names}\n")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{self.name}.crt",
                     "-CAkey", f"{self.name}.key", "-CAcreateserial", "-out", f"{name}.crt",
                     "-days", "2", "-extfile", f"{name}.ext")
