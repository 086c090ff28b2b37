// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension RandomAccessCollection {
    /// Where the elements that belong before a point end, by binary search.
    ///
    /// Its code stands where it is used: the search for an address is a good part of many steps.
    ///
    /// - Parameter belongsBefore: true of some first elements and of none behind them.
    @inlinable
    package func partitionPoint(where belongsBefore: (Element) -> Bool) -> Index {
        var low = startIndex
        var length = count
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if belongsBefore(self[middle]) {
                low = index(after: middle)
                length -= half + 1
            } else {
                length = half
            }
        }
        return low
    }
}
