/// What is to happen to one request.
enum Verdict: Equatable, Sendable {
    /// Carry it out and answer, no earlier than after this time.
    case serve(after: Duration)
    /// Answer with this failure at once and don't carry it out.
    case refuse(Refusal)
    /// Reset the connection without an answer; the request is not carried out.
    case reset
    /// Carry it out, send about half of the answer, and reset the connection.
    case resetMidway
    /// Never answer.
    case hang
    /// Answer this and don't carry it out.
    case garbage(GarbageKind)
}

/// A failure that the simulator answers with on purpose.
enum Refusal: Equatable, Sendable {
    /// 503; the seconds are the value of `Retry-After`.
    case overloaded(retryAfter: Int?)
    /// 500.
    case internalError
}
