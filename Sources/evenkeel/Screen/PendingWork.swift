import Synchronization

/// What somebody had done and whose end isn't known yet: who leaves is told what became of each.
final class PendingWork: Sendable {
    private struct State {
        var nextID = 0
        var tasks: [Int: Task<String, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Starts something, which returns a line about what became of it, and soon once it is cancelled.
    func start(_ work: @escaping @Sendable () async -> String) {
        state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.tasks[id] = Task { [self] in
                let line = await work()
                _ = self.state.withLock { $0.tasks.removeValue(forKey: id) }
                return line
            }
        }
    }

    /// Gives what is still under way that much time, and then up.
    /// - Returns: Its lines, in the order in which it was started.
    func finish(within limit: Duration) async -> [String] {
        let tasks = state.withLock { $0.tasks }.sorted { $0.key < $1.key }.map(\.value)
        let timer = Task {
            try await Task.sleep(for: limit)
            for task in tasks { task.cancel() }
        }
        defer { timer.cancel() }
        var lines: [String] = []
        for task in tasks { lines.append(await task.value) }
        return lines
    }
}
