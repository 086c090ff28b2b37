// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct RecencyListTests {
    @Test func theLastIsTheOneUsedLongestAgo() {
        var list = RecencyList()
        #expect(list.last == nil)
        let slots = (0..<3).map { _ in list.insertAtFront() }
        #expect(slots == [0, 1, 2])
        #expect(list.last == 0)
        list.moveToFront(0)
        #expect(list.last == 1)
        list.moveToFront(0)
        #expect(list.last == 1)
        list.remove(1)
        #expect(list.last == 2)
        #expect(list.insertAtFront() == 1)
        list.remove(2)
        list.remove(0)
        #expect(list.last == 1)
        list.remove(1)
        #expect(list.last == nil)
    }

    @Test func agreesWithAPlainArray() {
        var list = RecencyList()
        var model: [Int32] = []  // newest first
        var state: UInt64 = 7
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let choice = Int(state >> 33)
            let index = model.isEmpty ? 0 : (choice / 4) % model.count
            switch choice % 4 {
            case 0 where model.count < 50:
                let slot = list.insertAtFront()
                #expect(!model.contains(slot))
                model.insert(slot, at: 0)
            case 1 where !model.isEmpty:
                list.remove(model.remove(at: index))
            case 2 where !model.isEmpty, 3 where !model.isEmpty:
                let slot = model.remove(at: index)
                list.moveToFront(slot)
                model.insert(slot, at: 0)
            default: break
            }
            #expect(list.last == model.last)
        }
    }
}
