public import NIOCore

extension BreakerStatus.Mode {
    /// Reads a body `{"mode":"automatic"}`; other members don't matter.
    /// - Throws: `ServiceError` of kind `invalid` that says what is wrong with the member, and what is allowed.
    public init(checking body: ByteBuffer) throws(ServiceError) {
        let members: JSONMembers
        do {
            members = try JSONMembers(of: body, names: ["mode"])
        } catch {
            throw ServiceError(.invalid, message: "the body is not a JSON object: \(error)")
        }
        guard members.duplicates.isEmpty else { throw Self.invalid("is given more than once") }
        guard let value = members.values["mode"] else { throw Self.invalid("is missing") }
        guard let text = value.string else { throw Self.invalid("must be a string, is \(value.kind.withArticle)") }
        guard let mode = Self(rawValue: text) else {
            throw Self.invalid("must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = mode
    }

    private static func invalid(_ message: String) -> ServiceError {
        ServiceError(
            .invalid,
            message: "mode \(message)",
            fields: [ServiceError.FieldError(field: "mode", message: message)]
        )
    }
}
