/// The limit because of which a connection was closed without an answer, as the metrics spell it.
enum ConnectionEnd: String, CaseIterable {
    /// Its client had as many as it may.
    case clientLimit = "client_limit"
    /// Its TLS handshake took too long.
    case handshake = "handshake_timeout"
    /// Nothing happened on it.
    case idle = "idle_timeout"
    /// A body that nobody reads any more took too long to come.
    case body = "body_timeout"
    /// The client took nothing of its answer.
    case write = "write_timeout"
}
