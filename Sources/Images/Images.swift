// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0
