import Resilience

extension Group {
    /// Fan-out over many elements; the figures are for one element.
    static func fanOut() -> Group {
        var group = Group("fan-out over 1,000 elements, for each of them")
        let elements = 0..<1000
        group.addAsync("task group without a limit", parts: elements.count) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for element in elements { group.addTask { try await asyncWork(element) } }
                return try await group.reduce(0, +)
            }
        }
        group.addAsync("boundedFanOut, limit 50", parts: elements.count) {
            try await boundedFanOut(over: elements, limit: 50) { try await asyncWork($0) }.count
        }
        group.addAsync("boundedFanOutResults, limit 50", parts: elements.count) {
            await boundedFanOutResults(over: elements, limit: 50) { try await asyncWork($0) }.count
        }
        group.addAsync("withFanOut, limit 50", parts: elements.count) {
            try await withFanOut(over: elements, limit: 50) { element in
                try await asyncWork(element)
            } consume: { results in
                var sum = 0
                for try await result in results { sum += result }
                return sum
            }
        }
        return group
    }
}
