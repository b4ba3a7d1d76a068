import NIOCore
import NIOPosix
import Synchronization

/// A server that reads requests as bytes and answers the bytes that a test says, right or wrong.
final class RawServer: Sendable {
    /// What the server saw so far.
    struct Record: Sendable {
        var connections = 0
        var requests: [RawRequest] = []
        /// Connections that the client ended.
        var hangUps = 0
    }

    private struct State {
        var port = 0
        var record = Record()
        var observers: [Int: Observer] = [:]
        var nextObserverID = 0
    }

    private struct Observer {
        let condition: @Sendable (Record) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private let state = Mutex(State())

    /// Where it listens.
    var port: Int { state.withLock { $0.port } }

    /// What the server saw so far.
    var record: Record { state.withLock { $0.record } }

    private init() {}

    /// Runs a server while `body` runs.
    /// - Parameters:
    ///   - greeting: What to send as soon as a client connects.
    ///   - script: What to answer to a request.
    static func run<T: Sendable>(
        greeting: String = "",
        answering script: @escaping @Sendable (RawRequest) -> RawAnswer,
        _ body: (RawServer) async throws -> T
    ) async throws -> T {
        let server = RawServer()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        RawConnectionHandler(greeting: greeting, script) { server.change($0) }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.state.withLock { $0.port = listener.localAddress?.port ?? 0 }
        let result: Result<T, any Error>
        do {
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        try await listener.close()
        return try result.get()
    }

    /// Returns as soon as what the server saw meets a condition.
    func wait(until condition: @escaping @Sendable (Record) -> Bool) async throws {
        let id = state.withLock { state in
            defer { state.nextObserverID += 1 }
            return state.nextObserverID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if condition(state.record) { return .success(()) }
                    state.observers[id] = Observer(condition: condition, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let observer = state.withLock { $0.observers.removeValue(forKey: id) }
            observer?.continuation.resume(throwing: CancellationError())
        }
    }

    private func change(_ body: (inout Record) -> Void) {
        let satisfied = state.withLock { state in
            body(&state.record)
            let satisfied = state.observers.filter { $0.value.condition(state.record) }
            for id in satisfied.keys { state.observers[id] = nil }
            return satisfied.values
        }
        for observer in satisfied { observer.continuation.resume() }
    }
}
