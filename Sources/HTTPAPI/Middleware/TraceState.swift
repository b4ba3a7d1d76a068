/// Which `tracestate` headers are sent on (W3C Trace Context, section 3.3).
enum TraceState {
    /// The longest that is sent on, in bytes; the specification asks for 512 at least.
    static let maximumLength = 4096

    /// The most list members, those of the specification.
    static let maximumMembers = 32

    /// The list if it is well-formed and within the limits; what isn't must not be sent on, and may not be changed.
    static func accepted(_ list: String) -> String? {
        guard list.utf8.count <= maximumLength else { return nil }
        let members = list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map(trimmed)
            .filter { !$0.isEmpty }
        return (1...maximumMembers).contains(members.count) && members.allSatisfy(isMember) ? list : nil
    }

    private static func trimmed(_ member: Substring.UTF8View) -> Substring.UTF8View {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let start = member.drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return start }
        return start[...end]
    }

    private static func isMember(_ member: Substring.UTF8View) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let value = member[member.index(after: equals)...]
        return isKey(member[..<equals])
            && (1...256).contains(value.count)
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    /// A lower-case letter or a digit, then those and `_-*/@`, 256 bytes at most.
    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        guard let first = key.first, key.count <= 256 else { return false }
        return isLetterOrDigit(first) && key.allSatisfy { isLetterOrDigit($0) || "_-*/@".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
