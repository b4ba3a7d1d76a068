import Synchronization

/// Tells any number of listeners that something changed, without saying what.
///
/// A listener that is slow hears of many changes once: it reads the state then, and misses nothing. Nobody waits for it.
package final class ChangeSignal: Sendable {
    private struct Listeners {
        var nextID = 0
        var continuations: [Int: AsyncStream<Void>.Continuation] = [:]
        var isFinished = false
    }

    private let listeners = Mutex(Listeners())

    package init() {}

    /// How many streams there are.
    var listenerCount: Int {
        listeners.withLock { $0.continuations.count }
    }

    /// Whether every stream has ended; what a listener hasn't taken by then, it still gets.
    var isFinished: Bool { listeners.withLock { $0.isFinished } }

    /// Tells every listener.
    package func notify() {
        // Yielding only marks the stream and wakes its reader elsewhere, so it is safe under the lock.
        listeners.withLock { listeners in
            for continuation in listeners.continuations.values { continuation.yield() }
        }
    }

    /// A stream that has an element at once, and another after every change.
    package func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        let id = listeners.withLock { listeners -> Int? in
            guard !listeners.isFinished else { return nil }
            defer { listeners.nextID += 1 }
            listeners.continuations[listeners.nextID] = continuation
            return listeners.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { $0.continuations[id] = nil }
        }
        return stream
    }

    /// Ends every stream.
    package func finish() {
        let ended = listeners.withLock { listeners in
            listeners.isFinished = true
            defer { listeners.continuations = [:] }
            return listeners.continuations
        }
        // Outside the lock: finishing calls `onTermination`, which takes it.
        for continuation in ended.values { continuation.finish() }
    }
}
