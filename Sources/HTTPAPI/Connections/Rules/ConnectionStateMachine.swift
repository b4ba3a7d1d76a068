import DequeModule
import NIOCore

/// What one HTTP/1 connection is allowed to do next: a value without a clock and without a socket.
///
/// The handlers of the connection tell it what happens and when, and do what it answers. Requests may be pipelined: they
/// are answered in order, and whatever ends the connection waits for the answers before it.
struct ConnectionStateMachine {
    /// What is being read.
    enum Input: Equatable {
        /// The TLS handshake. → `idle`
        case handshaking(since: NIODeadline)
        /// Nothing of a next request has come. → `head`, `body`, `over`
        case idle(since: NIODeadline)
        /// A head has begun. → `body`, `over`
        case head(since: NIODeadline)
        /// A head was passed on, and its body is on its way. → `idle`, `over`
        case body(Body)
        /// Nothing more is taken: what still comes is dropped.
        case over
    }

    struct Body: Equatable {
        var since: NIODeadline
        var progressAt: NIODeadline
        /// Bytes to come, if the head said how many.
        var remaining: Int?
        /// Whether the client sends nothing until it is told `100 Continue`.
        var awaitsContinue: Bool
    }

    /// What is being written.
    enum Output: Equatable {
        /// Answers. → `flushing`
        case open
        /// The last answer is on its way to the client. → `lingering`
        case flushing
        /// The client has been told that nothing follows, and may still be sending.
        case lingering(since: NIODeadline)
    }

    /// A request that was passed on and isn't answered.
    struct PendingRequest: Equatable {
        let isHTTP10: Bool
        /// Whether its answer ends with its head, whatever that says of a body.
        let isHead: Bool
        /// Whether it is the last one of its connection.
        let closes: Bool
    }

    /// How far the answer to the oldest request is.
    enum Answer {
        case none, keeping, closing
    }

    let limits: ConnectionLimits
    var input: Input
    var output = Output.open
    var requests = Deque<PendingRequest>()
    var answer = Answer.none
    /// What the client is told instead of an answer, once all answers before are written.
    var refusal: Problem?
    /// Whether no further request is taken and the connection ends with the answer to the last one.
    var isClosing = false
    /// Bytes that were dropped.
    var drained = 0
    /// How many bytes the client hadn't taken, and when that last became fewer; `nil` while it holds nothing up.
    var held: (bytes: Int, since: NIODeadline)?

    init(limits: ConnectionLimits, isSecure: Bool, now: NIODeadline) {
        self.limits = limits
        input = isSecure ? .handshaking(since: now) : .idle(since: now)
    }

    /// Whether the connection has had its last answer, so that closing it is its own business.
    var ownsClosing: Bool { output != .open }

    /// Whether more may be read: a client that is to go away is not to fill the memory or the network before.
    var mayRead: Bool {
        guard input == .over else { return true }
        return ownsClosing && drained <= limits.maximumDrainSize
    }
}
