public import EventService
public import NIOCore
import TestSupport

/// An events API that answers what a test says, and remembers what it was asked.
public final class FakeEventsAPI: EventsAPI {
    /// What answers a call.
    public typealias Script = @Sendable (UpstreamCall, CallContext) async throws(UpstreamError) -> ByteBuffer

    /// What was asked so far, at one moment.
    public struct Record: Sendable {
        /// The calls, in the order they came.
        public fileprivate(set) var calls: [UpstreamCall] = []

        /// The request that each call was made for, in the same order.
        public fileprivate(set) var contexts: [CallContext] = []

        /// Calls that have not ended.
        public fileprivate(set) var underWay = 0

        /// The most calls that were under way at once.
        public fileprivate(set) var peak = 0

        /// Calls whose task was cancelled by the time they ended.
        public fileprivate(set) var cancelled = 0

        /// How many calls went to a route.
        public func count(_ route: UpstreamRoute) -> Int {
            calls.count { $0.route == route }
        }
    }

    private struct State: Sendable {
        var record = Record()
        var script: Script
    }

    private let state: Observed<State>

    /// Creates an events API that answers by a script.
    public init(_ script: @escaping Script) {
        state = Observed(State(script: script))
    }

    /// What was asked so far.
    public var record: Record { state.value.record }

    /// Answers by another script from the next call on.
    public func setScript(_ script: @escaping Script) {
        state.change { $0.script = script }
    }

    /// Forgets the calls so far, except those under way.
    public func forgetCalls() {
        state.change { state in
            let underWay = state.record.underWay
            state.record = Record()
            (state.record.underWay, state.record.peak) = (underWay, underWay)
        }
    }

    /// Returns as soon as what was asked meets a condition.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func wait(until condition: @escaping @Sendable (Record) -> Bool) async throws {
        try await state.wait { condition($0.record) }
    }

    /// Records the call and answers by the script.
    public func answer(to call: UpstreamCall, for context: CallContext) async throws(UpstreamError) -> ByteBuffer {
        let script = state.change { state in
            state.record.calls.append(call)
            state.record.contexts.append(context)
            state.record.underWay += 1
            state.record.peak = max(state.record.peak, state.record.underWay)
            return state.script
        }
        defer {
            let isCancelled = Task.isCancelled
            state.change { state in
                state.record.underWay -= 1
                if isCancelled { state.record.cancelled += 1 }
            }
        }
        return try await script(call, context)
    }
}
