/// The routes that are counted and that faults apply to.
enum Route: String, CaseIterable, Sendable {
    case getUsers, getUserById, getEvents, getEventById, addEvent, addUser
    /// Whatever else was asked for.
    case other

    /// The route of a path, or `nil` for the control routes, which begin with an underscore.
    init?(path: String) {
        let first = path.split(separator: "/", maxSplits: 1).first ?? ""
        guard !first.hasPrefix("_") else { return nil }
        self = Route(rawValue: String(first)) ?? .other
    }
}
