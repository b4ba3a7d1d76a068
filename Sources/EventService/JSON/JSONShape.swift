public import NIOCore

/// What some JSON must look like, as far as the reader depends on it.
///
/// Members that a shape does not name may be anything, so that what the other side adds is passed on untouched.
public indirect enum JSONShape: Sendable, Equatable {
    /// Any value.
    case any
    /// A string.
    case string
    /// An array whose elements all have a shape.
    case array(of: JSONShape)
    /// An object that has these members, of which there are at most 62.
    case object([Member])

    /// A member that an object must have.
    public struct Member: Sendable, Equatable {
        let name: String
        let shape: JSONShape

        /// A member called `name` that has a shape.
        public static func member(_ name: String, _ shape: JSONShape) -> Member {
            Member(name: name, shape: shape)
        }
    }

    /// A user as the events API promises it.
    public static let user = JSONShape.object([
        .member("id", .string), .member("name", .string), .member("events", .array(of: .string)),
    ])

    /// An event as the events API promises it.
    public static let event = JSONShape.object([
        .member("id", .string), .member("name", .string), .member("userId", .string),
    ])

    /// Checks that the readable bytes are one JSON value of this shape.
    ///
    /// One pass; nothing is decoded and, for text without escaped names, nothing allocated.
    /// - Throws: `JSONError` that names the place and what was expected there.
    public func check(_ body: ByteBuffer) throws(JSONError) {
        try body.scanJSON { (scanner) throws(JSONError) in
            try check(&scanner, what: "the body")
        }
    }

    private func check(_ scanner: inout JSONScanner, what: @autoclosure () -> String) throws(JSONError) {
        switch self {
        case .any: try scanner.skipValue()
        case .string:
            try scanner.expect(.string, what())
            try scanner.skipString()
        case .array(let element):
            try scanner.expect(.array, what())
            try scanner.scanArray { (scanner, index) throws(JSONError) in
                try element.check(&scanner, what: "element \(index) of \(what())")
            }
        case .object(let members):
            try scanner.expect(.object, what())
            try check(members: members, &scanner, what: what())
        }
    }

    private func check(
        members: [Member],
        _ scanner: inout JSONScanner,
        what: @autoclosure () -> String
    ) throws(JSONError) {
        precondition(members.count < Int.bitWidth - 1, "a shape names at most 62 members")
        var missing = (1 << members.count) - 1
        try scanner.scanObject { (scanner, key) throws(JSONError) in
            guard let index = members.firstIndex(where: { scanner.string(at: key, equals: $0.name) }) else {
                try scanner.skipValue()
                return
            }
            missing &= ~(1 << index)
            try members[index].shape.check(&scanner, what: "\"\(members[index].name)\" of \(what())")
        }
        guard missing == 0 else {
            throw scanner.error("\(what()) has no member \"\(members[missing.trailingZeroBitCount].name)\"")
        }
    }
}

extension JSONScanner {
    fileprivate mutating func expect(_ kind: Kind, _ what: @autoclosure () -> String) throws(JSONError) {
        let found = try peekKind()
        guard found == kind else {
            throw error("\(what()) should be \(kind.withArticle), but is \(found.withArticle)")
        }
    }
}

extension JSONScanner.Kind {
    var withArticle: String {
        switch self {
        case .object, .array: "an \(rawValue)"
        case .string, .number, .boolean: "a \(rawValue)"
        case .null: rawValue
        }
    }
}

extension ByteBuffer {
    /// Hands a scanner over the readable bytes to `scan` and makes sure that nothing is left over.
    func scanJSON<Value>(_ scan: (inout JSONScanner) throws(JSONError) -> Value) throws(JSONError) -> Value {
        let result = withUnsafeReadableBytes { bytes -> Result<Value, JSONError> in
            Result { () throws(JSONError) -> Value in
                var scanner = JSONScanner(bytes)
                let value = try scan(&scanner)
                try scanner.finish()
                return value
            }
        }
        return try result.get()
    }
}
