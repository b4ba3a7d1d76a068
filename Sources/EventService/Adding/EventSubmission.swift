import NIOCore

/// The body of a request to add an event: checked, with its identifier, and otherwise as it came.
public struct EventSubmission: Sendable {
    /// The event's identifier: the body's own, or a new one.
    let id: String

    /// The user whom the event belongs to.
    let userID: String

    /// The body with the identifier in it; every other byte as it came.
    let body: ByteBuffer

    /// The longest name, in Unicode scalars.
    public static let maximumNameLength = 200

    /// The longest identifier, in Unicode scalars.
    public static let maximumIDLength = 128

    /// Checks a body.
    /// - Throws: `ServiceError` of kind `invalid` that lists every field that is wrong.
    init(checking body: ByteBuffer, newID: () -> String) throws(ServiceError) {
        let members: JSONMembers
        do {
            members = try JSONMembers(of: body, names: ["id", "name", "userId"])
        } catch {
            throw ServiceError(.invalid, message: "the body is not a JSON object: \(error)")
        }
        var problems = members.duplicates.map { ServiceError.FieldError(field: $0, message: "is given more than once") }
        _ = members.text("name", atMost: Self.maximumNameLength, problems: &problems)
        let userID = members.text("userId", atMost: Self.maximumIDLength, problems: &problems)
        let ownID = members.values["id"].flatMap { _ in
            members.text("id", atMost: Self.maximumIDLength, problems: &problems)
        }
        if ownID == "." || ownID == ".." {
            problems.append(.init(field: "id", message: "must not be . or .., which can't stand in a path"))
        }
        guard problems.isEmpty, let userID else {
            let fields = problems.map(\.field).joined(separator: ", ")
            throw ServiceError(.invalid, message: "the event is not valid: see \(fields)", fields: problems)
        }
        self.userID = userID
        self.id = ownID ?? newID()
        self.body = ownID == nil ? members.inserting(id: id, into: body) : body
    }
}

extension JSONMembers {
    /// The text of a member that must be there, not blank, and of at most `limit` Unicode scalars.
    fileprivate func text(_ name: String, atMost limit: Int, problems: inout [ServiceError.FieldError]) -> String? {
        let problem: String
        switch values[name] {
        case nil: problem = "is missing"
        case .some(let value):
            guard let text = value.string else {
                problem = "must be a string, is \(value.kind.withArticle)"
                break
            }
            // Scalars, as JSON counts characters: what a reader sees as one may be made of any number of them.
            let length = text.unicodeScalars.count
            if text.allSatisfy(\.isWhitespace) {
                problem = "must not be empty"
            } else if length > limit {
                problem = "must have at most \(limit) characters, has \(length)"
            } else {
                return text
            }
        }
        problems.append(ServiceError.FieldError(field: name, message: problem))
        return nil
    }

    /// The body with a member `id` in front of the others, which stay as they came to the byte.
    fileprivate func inserting(id: String, into body: ByteBuffer) -> ByteBuffer {
        let member = "\"id\":\"\(id)\"" + (isEmpty ? "" : ",")
        var result = ByteBuffer()
        result.reserveCapacity(body.readableBytes + member.utf8.count)
        result.writeImmutableBuffer(body.getSlice(at: body.readerIndex, length: start) ?? ByteBuffer())
        result.writeString(member)
        let rest = body.readerIndex + start
        result.writeImmutableBuffer(body.getSlice(at: rest, length: body.writerIndex - rest) ?? ByteBuffer())
        return result
    }
}
