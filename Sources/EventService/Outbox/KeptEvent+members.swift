package import NIOCore

extension KeptEvent {
    /// A member of an event as it is sent.
    public struct Member: Sendable, Equatable {
        /// The name, which is untrusted.
        public var name: String
        /// The text where the value is one, else its JSON; untrusted.
        public var value: String

        /// Creates a member from its parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

extension KeptEvent {
    /// Tells what an event consists of, as it stands in the member `event` of its entry; without one, nothing.
    package mutating func tell(entry: ByteBuffer) {
        guard let range = try? JSONMembers(of: entry, names: ["event"]).values["event"]?.range,
            let event = entry.getSlice(at: entry.readerIndex + range.lowerBound, length: range.count)
        else { return }
        name = (try? JSONMembers(of: event, names: ["name"]))?.values["name"]?.string ?? name
        (members, membersLeftOut) = Member.list(event)
    }
}

extension OutboxEntry {
    /// The name of the event, which is untrusted; what is kept was checked to have one.
    package var eventName: String {
        (try? JSONMembers(of: event, names: ["name"]))?.values["name"]?.string ?? id
    }
}

extension KeptEvent.Member {
    /// As many bytes of an event's members are told, so that a list of large events doesn't fill the memory.
    static let maximumSize = 16 * 1024

    /// What a member counts beside its bytes.
    private static let overhead = 64

    /// The members of an event, which was checked when it was accepted; what is too large ends in an ellipsis.
    static func list(_ event: ByteBuffer) -> (members: [KeptEvent.Member], leftOut: Int) {
        var room = maximumSize
        var members: [KeptEvent.Member] = []
        var leftOut = 0
        // What is no object has no members.
        try? event.scanJSON { (scanner) throws(JSONError) in
            try scanner.scanObject { (scanner, key) throws(JSONError) in
                let kind = try scanner.peekKind()
                let range = try scanner.skipValue()
                guard room > 0 else {
                    leftOut += 1
                    return
                }
                let name = scanner.decodedString(at: key)
                let value = kind == .string ? scanner.decodedString(at: range) : scanner.text(at: range)
                members.append(KeptEvent.Member(name: name.cut(to: room), value: value.cut(to: room)))
                room -= name.utf8.count + value.utf8.count + overhead
            }
        }
        return (members, leftOut)
    }
}

extension JSONScanner {
    fileprivate func text(at range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}

extension String {
    /// As many whole characters as fit into so many bytes, and an ellipsis where there are more.
    fileprivate func cut(to size: Int) -> String {
        guard utf8.count > size else { return self }
        let end = utf8.index(startIndex, offsetBy: size)
        return self[..<end].dropLast() + "…"
    }
}
