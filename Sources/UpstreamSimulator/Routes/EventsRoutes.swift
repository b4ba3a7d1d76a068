import Foundation
import Hummingbird
import Synchronization

/// The events API itself.
struct EventsRoutes {
    let core: SimulatorCore

    func add(to router: Router<SimulatorContext>) {
        router.get("getUsers") { _, _ in try getUsers() }
        router.get("getUserById/:id") { _, context in try getUser(id: context.decodedID()) }
        router.get("getEvents") { _, _ in try getEvents() }
        router.get("getEventById/:id") { _, context in try getEvent(id: context.decodedID()) }
        router.post("addEvent") { request, _ in try await addEvent(RequestFields(request)) }
        router.post("addUser") { request, _ in try await addUser(RequestFields(request)) }
    }

    private func getUsers() throws -> Response {
        let users = core.store.withLock { $0.users.all }
        return try .json(.array(users.map(\.json)))
    }

    private func getUser(id: String) throws -> Response {
        guard let user = core.store.withLock({ $0.users[id] }) else { throw APIError.notFound("user", id: id) }
        return try .json(user.json)
    }

    private func getEvents() throws -> Response {
        let events = core.store.withLock { $0.events.all }
        return try .json(.array(events.map(\.json)))
    }

    private func getEvent(id: String) throws -> Response {
        guard let event = core.store.withLock({ $0.events[id] }) else { throw APIError.notFound("event", id: id) }
        return try .json(event.json)
    }

    private func addEvent(_ body: RequestFields) throws -> Response {
        var fields = body
        let name = fields.text("name")
        let userID = fields.text("userId")
        let id = fields.optionalText("id") ?? UUID().uuidString.lowercased()
        try fields.check()
        let event = SimulatedEvent(id: id, name: name, userID: userID, others: fields.remaining)
        let addition = try core.store.withLock { store throws(StoreError) in try store.add(event) }
        let message: JSONValue =
            switch addition {
            case .added: "Event added"
            case .known: "Event was added before"
            }
        return try .json(["success": true, "message": message, "event": event.json])
    }

    private func addUser(_ body: RequestFields) throws -> Response {
        var fields = body
        let name = fields.text("name")
        let username = fields.text("username")
        let email = fields.text("email")
        if !email.isEmpty, !email.contains("@") { fields.complain("email", "must contain an @") }
        let id = fields.optionalText("id") ?? UUID().uuidString.lowercased()
        try fields.check()
        var others = fields.remaining
        // The events of a user follow from `addEvent` alone.
        others["events"] = nil
        let user = SimulatedUser(id: id, name: name, username: username, email: email, others: others)
        try core.store.withLock { store throws(StoreError) in try store.add(user) }
        return try .json(["success": true, "message": "User added", "user": user.json])
    }
}

extension SimulatorContext {
    /// The path's id; Hummingbird's router leaves its percent-encoding in place.
    fileprivate func decodedID() throws -> String {
        let id = try parameters.require("id")
        guard let decoded = id.removingPercentEncoding else {
            throw APIError(status: .badRequest, error: "Invalid path", message: "The id is not valid UTF-8.")
        }
        return decoded
    }
}
