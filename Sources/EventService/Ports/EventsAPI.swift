public import NIOCore

/// The events API as the service core needs it: one method, because every policy applies to every call alike.
public protocol EventsAPI: Sendable {
    /// Makes one call, once: retries, time-outs and breakers are the caller's.
    ///
    /// Cancelling the task cancels the call.
    /// - Parameters:
    ///   - call: What to ask for.
    ///   - context: The request that the call is made for.
    /// - Returns: The body, checked to be of the call's `answerShape` and otherwise untouched.
    /// - Throws: `UpstreamError`.
    func answer(to call: UpstreamCall, for context: CallContext) async throws(UpstreamError) -> ByteBuffer
}
