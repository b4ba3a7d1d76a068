import NIOCore
import NIOHTTP1

extension ConnectionStateMachine {
    /// What becomes of something that was read.
    enum InputAction {
        case forward
        case drop
        /// It is answered by a problem now.
        case refuse(Problem)
        /// The connection is given up without an answer.
        case close
    }

    /// The TLS handshake is complete.
    mutating func handshakeCompleted(at now: NIODeadline) {
        if case .handshaking = input { input = .idle(since: now) }
    }

    /// Bytes have come.
    /// - Returns: Whether they are to be decoded.
    mutating func bytesReceived(_ count: Int, at now: NIODeadline) -> Bool {
        switch input {
        case .handshaking, .idle: input = .head(since: now)
        case .head: break
        case .body(var body):
            body.progressAt = now
            input = .body(body)
        case .over:
            drained += count
            return false
        }
        return true
    }

    /// A head is complete.
    mutating func requestHead(_ head: HTTPRequestHead, at now: NIODeadline) -> InputAction {
        guard input != .over, !isClosing else {
            input = .over
            return .drop
        }
        let facts = RequestHeadFacts(head)
        if let problem = facts.problem { return refuse(with: problem) }
        requests.append(
            PendingRequest(
                isHTTP10: facts.isHTTP10,
                isHead: head.method == .HEAD,
                closes: !head.isKeepAlive || facts.isDecodersLast
            )
        )
        input = .body(
            Body(since: now, progressAt: now, remaining: facts.bodyLength, awaitsContinue: facts.awaitsContinue)
        )
        return .forward
    }

    /// Whether the request whose head came last has no body, nor a client that waits to be asked for one.
    var isWithoutBody: Bool {
        guard case .body(let body) = input else { return false }
        return body.remaining == 0 && !body.awaitsContinue
    }

    /// Some of a body has come.
    mutating func requestBody(_ count: Int) -> InputAction {
        guard case .body(var body) = input else { return .drop }
        body.remaining? -= count
        body.awaitsContinue = false
        input = .body(body)
        return .forward
    }

    /// A request is complete.
    mutating func requestEnd(at now: NIODeadline) -> InputAction {
        guard case .body = input else { return .drop }
        input = isClosing || requests.last?.closes == true ? .over : .idle(since: now)
        return .forward
    }

    /// A route begins to read the body.
    /// - Returns: Whether the client waits to be told so.
    mutating func bodyWanted(at now: NIODeadline) -> Bool {
        guard case .body(var body) = input, body.awaitsContinue, requests.count == 1, answer == .none else {
            return false
        }
        body = Body(since: now, progressAt: now, remaining: body.remaining, awaitsContinue: false)
        input = .body(body)
        return true
    }

    /// What came is no HTTP.
    mutating func parserFailed(with problem: @autoclosure () -> Problem) -> InputAction {
        switch input {
        case .over: return .drop
        case .handshaking, .idle, .head: return refuse(with: problem())
        case .body: return bodyFailed()
        }
    }

    /// The body that is being read won't be complete.
    ///
    /// Whoever reads it answers; where nobody does any more, nobody waits for an answer either.
    mutating func bodyFailed() -> InputAction {
        input = .over
        isClosing = true
        return requests.isEmpty ? .close : .forward
    }

    /// The client sends nothing more.
    mutating func inputClosed() {
        // A body that ends too early must be seen as such by whoever reads it: the decoder says so.
        guard case .body = input else { return input = .over }
    }

    /// Takes nothing more, and answers with a problem once everything before is answered.
    mutating func refuse(with problem: Problem) -> InputAction {
        input = .over
        guard requests.isEmpty else {
            refusal = problem
            return .drop
        }
        output = .flushing
        return .refuse(problem)
    }
}
