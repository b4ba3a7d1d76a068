import NIOCore
import NIOHTTP1

extension ConnectionStateMachine {
    /// What becomes of the end of an answer.
    enum AnswerEndAction {
        case write
        /// There is nobody to take it.
        case drop
        /// It was the connection's last.
        case writeThenClose
        /// A refusal follows, and then nothing.
        case writeThenRefuse(Problem)
    }

    /// An answer begins; its head is made to say whether the connection is kept.
    /// - Returns: Whether it is to be written.
    mutating func answerHead(_ head: inout HTTPResponseHead) -> Bool {
        guard output == .open, answer == .none, let request = requests.first else { return false }
        guard head.status.code >= 200 else { return true }
        let closesItself = !head.isKeepAlive
        let isUnframed = request.isHTTP10 && !head.headers.contains(name: "Content-Length")
        if closesItself || request.closes || isUnframed || leavesTooMuchUnread { isClosing = true }
        // Without a length an HTTP/1.0 client reads to the connection's end, and knows no chunks.
        if isUnframed { head.version = .http1_0 }
        if isClosing, requests.count == 1 && refusal == nil || isUnframed {
            answer = .closing
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        } else {
            answer = .keeping
            if closesItself { head.headers.remove(name: "Connection") }
            if request.isHTTP10 { head.headers.replaceOrAdd(name: "Connection", value: "keep-alive") }
        }
        return true
    }

    /// Whether a part of an answer's body is to be written.
    var takesAnswerBody: Bool { isAnswering && !answersHead }

    /// Whether the answer under way is to a HEAD.
    var answersHead: Bool { requests.first?.isHead == true }

    private var isAnswering: Bool { answer != .none && output == .open }

    /// An answer is complete.
    mutating func answerEnd(at now: NIODeadline) -> AnswerEndAction {
        guard isAnswering else { return .drop }
        let isLast = answer == .closing
        answer = .none
        requests.removeFirst()
        if isLast {
            lastAnswerWritten()
            return .writeThenClose
        }
        guard requests.isEmpty else { return .write }
        if let refusal {
            output = .flushing
            return .writeThenRefuse(refusal)
        }
        if isClosing {
            // Its head had gone out before the server was told to stop.
            lastAnswerWritten()
            return .writeThenClose
        }
        if case .idle = input { input = .idle(since: now) }
        return .write
    }

    /// What was written is the last of the connection.
    mutating func lastAnswerWritten() {
        input = .over
        output = .flushing
    }

    /// Everything was written: what is left is to let the client read it.
    mutating func flushed(at now: NIODeadline) {
        output = .lingering(since: now)
        held = nil
    }

    /// The server is to stop.
    /// - Returns: Whether every answer is written, so that the connection can be closed.
    mutating func quiesce() -> Bool {
        isClosing = true
        return requests.isEmpty && output == .open
    }

    /// Whether the request that is being answered has more of a body to come than is worth reading for nothing.
    ///
    /// A client that was never told to go on may send its body or the next request: which of them can't be known.
    private var leavesTooMuchUnread: Bool {
        guard requests.count == 1, case .body(let body) = input else { return false }
        return body.awaitsContinue || body.remaining.map { $0 > limits.maximumDrainSize } ?? true
    }
}
