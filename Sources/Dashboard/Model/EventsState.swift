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
    /// The event that is shown in full, in place of the list.
    var read: ReadEvent?
    private var remembered: [Remembered] = []

    /// Turns to another user, with what is remembered of their events.
    mutating func show(userID: String?, name: String?) {
        remember()
        (self.userID, userName) = (userID, name)
        settlesAt = nil
        wanted = nil
        read = nil
        content = remembered.first { $0.userID == userID }?.content ?? Loadable()
        table.apply(.clear)
        table.replace(with: content.value?.events ?? [])
    }

    /// Takes over the events that were read; the cursor stays on its event, and so does what is read in full.
    mutating func take(_ answer: UserEvents) {
        table.show(answer.events)
        read?.refresh(from: answer)
        if let added = wanted, table.select(added) { wanted = nil }
    }

    /// Shows the selected event in full, or the list again.
    mutating func toggleReading() {
        read = read == nil ? table.selected.map(ReadEvent.init) : nil
    }

    /// Turns to the event before or after the one that is shown in full.
    mutating func readNeighbour(_ movement: Action.Movement) {
        if let id = read?.event.id { _ = table.select(id) }
        table.move(movement)
        read = table.selected.map(ReadEvent.init) ?? read
    }

    private mutating func remember() {
        guard let userID, content.value != nil else { return }
        content.cancel()
        remembered.removeAll { $0.userID == userID }
        remembered.insert(Remembered(userID: userID, content: content), at: 0)
        if remembered.count > Self.rememberedUsers { remembered.removeLast() }
    }
}
