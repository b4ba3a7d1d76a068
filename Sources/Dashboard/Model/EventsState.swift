import EventService
import Foundation

/// The pane of one user's events.
struct EventsState: Equatable, Sendable {
    /// How long the selection of a user must rest before their events are read, so that moving through a hundred users
    /// doesn't ask the events API a hundred times.
    static let settleTime = Duration.milliseconds(250)

    /// Of as many users the events read last are kept, to be shown at once on coming back.
    static let rememberedUsers = 32

    private struct Remembered: Equatable, Sendable {
        var userID: String
        var content: Loadable<UserEvents>
    }

    /// Whose events these are.
    private(set) var userID: String?
    /// That user's name, as far as it is known.
    var userName: String?
    var content = Loadable<UserEvents>()
    var table = TableState<Event>(order: .name)
    /// When the events are read, while the selection of a user has yet to come to rest.
    var settlesAt: Date?
    /// The event to select as soon as it is among those read.
    var wanted: String?
    private var remembered: [Remembered] = []

    /// Turns to another user, with what is remembered of their events.
    mutating func show(userID: String?, name: String?) {
        remember()
        (self.userID, userName) = (userID, name)
        settlesAt = nil
        wanted = nil
        content = remembered.first { $0.userID == userID }?.content ?? Loadable()
        table.apply(.clear)
        table.replace(with: content.value?.events ?? [])
    }

    private mutating func remember() {
        guard let userID, content.value != nil else { return }
        content.cancel()
        remembered.removeAll { $0.userID == userID }
        remembered.insert(Remembered(userID: userID, content: content), at: 0)
        if remembered.count > Self.rememberedUsers { remembered.removeLast() }
    }
}
