import TestSupport

/// Work that ends when a test says so, and doesn't react to cancellation but for taking note of it.
final class Gates: Sendable {
    private struct State {
        var started = 0
        var cancelled: [Int] = []
        var ended: Set<Int> = []
        var results: [Int: Result<Int, any Error>] = [:]
    }

    private let state = Observed(State())

    /// Runs so far; they are numbered from 1.
    var started: Int { state.value.started }

    /// The runs that were cancelled, in that order.
    var cancelled: [Int] { state.value.cancelled }

    /// One run.
    func work() async throws -> Int {
        let number = state.change { state in
            state.started += 1
            return state.started
        }
        defer { state.change { _ = $0.ended.insert(number) } }
        // Its own task, so that a cancelled run goes on.
        let gate = Task { try await self.state.wait { $0.results[number] != nil } }
        try await withTaskCancellationHandler {
            try await gate.value
        } onCancel: {
            state.change { $0.cancelled.append(number) }
        }
        return try state.value.results[number]?.get() ?? 0
    }

    /// Lets a run end.
    func open(_ number: Int, with result: Result<Int, any Error>) {
        state.change { $0.results[number] = result }
    }

    /// Returns when so many runs have begun.
    func waitForStart(_ count: Int) async throws {
        try await state.wait { $0.started >= count }
    }

    /// Returns when a run was cancelled.
    func waitForCancellation(_ number: Int) async throws {
        try await state.wait { $0.cancelled.contains(number) }
    }

    /// Returns when a run is about to return.
    func waitForEnd(_ number: Int) async throws {
        try await state.wait { $0.ended.contains(number) }
    }
}
