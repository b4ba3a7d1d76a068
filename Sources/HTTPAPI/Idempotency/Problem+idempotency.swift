import EventService
import HTTPTypes

extension Problem {
    /// The problem of a request whose repeat comes while it is worked on (the draft's section 2.7).
    static var keyInUse: Problem {
        var problem = Problem(
            name: "idempotency-key-in-use",
            status: .conflict,
            title: "The same request is under way",
            detail: "a request with this Idempotency-Key is being worked on: its answer is there in a moment"
        )
        problem.retryAfter = 1
        return problem
    }

    /// The problem of a request that has the key of a different one.
    static let keyReused = Problem(
        name: "idempotency-key-reused",
        status: .unprocessableContent,
        title: "The Idempotency-Key is another request's",
        detail: "this Idempotency-Key came with a different body before: every event to add needs a key of its own"
    )
}
