/// One way in which ``Scenario/garbage`` breaks an answer.
///
/// Unless one is pinned, requests get them in this order, over and over.
public enum GarbageKind: String, CaseIterable, Codable, Sendable {
    /// 200 and text that stops being JSON half-way.
    case broken
    /// 200 and fewer bytes than `Content-Length` says, then the connection is closed.
    case truncated
    /// 200 and well-formed JSON of ``SimulatorConfiguration/oversizedBytes`` or slightly more, in chunks.
    case oversized
    /// 200 and well-formed JSON whose members have the wrong types.
    case wrongTypes
    /// 200 and a page of HTML, labelled as such.
    case html
    /// 302 to another path of the same server.
    case redirect
    /// Bytes that are not HTTP, then the connection is closed.
    case notHTTP
}
