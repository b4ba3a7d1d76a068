import Dispatch

/// Work that blocks its thread.
enum Blocking {
    /// Does the work on a thread that isn't one of Swift's concurrency pool, to its end, whether or not the task is cancelled.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(returning: Result(catching: body)) }
        }
    }
}
