import EventService
import Foundation
import TextUI

extension DashboardModel {
    // MARK: - Users

    /// Reads the users, unless that is under way.
    mutating func loadUsers(_ policy: CachePolicy = .useCache) -> [Effect] {
        guard !users.content.isLoading else { return [] }
        let load = lastLoad.advance()
        users.content.begin(load)
        return [.loadUsers(load: load, policy: policy)]
    }

    /// Reads the users from the start: an answer under way may be older than what was just added.
    mutating func reloadUsers() -> [Effect] {
        let effects = users.content.load.map { [Effect.cancelLoad($0)] } ?? []
        users.content.cancel()
        return effects + loadUsers()
    }

    mutating func takeUsers(
        _ load: LoadID,
        _ result: Result<ReadResult<[User]>, ServiceError>,
        now: Date
    ) -> [Effect] {
        guard users.content.finish(load, with: result, at: now), case .success(let read) = result else { return [] }
        users.table.show(read.value)
        form.user.find(in: read.value)
        events.userName = read.value.first { $0.id == events.userID }?.name
        if focus == .outbox { outbox.nameUsers(read.value) }
        // Nobody moved the selection, so there is nothing to wait for.
        return followSelectedUser(settlingFor: .zero, now: now)
    }

    // MARK: - Events

    /// Turns the pane of events to the selected user.
    /// - Parameter settlingFor: How long the selection must rest before the events are read.
    mutating func followSelectedUser(settlingFor time: Duration = EventsState.settleTime, now: Date) -> [Effect] {
        let userID = users.table.scroll.selection
        guard userID != events.userID else { return [] }
        let effects = cancelEvents()
        events.show(userID: userID, name: users.table.selected?.name)
        if userID != nil { events.settlesAt = now + time }
        return effects
    }

    /// Reads the events of the user whose pane it is, unless that is under way.
    mutating func loadEvents(_ policy: CachePolicy = .useCache) -> [Effect] {
        events.settlesAt = nil
        guard let userID = events.userID, !events.content.isLoading else { return [] }
        let load = lastLoad.advance()
        events.content.begin(load)
        return [.loadEvents(userID: userID, load: load, policy: policy)]
    }

    /// Reads the events from the start: an answer under way may be older than what was just added.
    mutating func reloadEvents() -> [Effect] {
        cancelEvents() + loadEvents()
    }

    mutating func takeEvents(_ load: LoadID, _ result: Result<ReadResult<UserEvents>, ServiceError>, now: Date) {
        guard events.content.finish(load, with: result, at: now), case .success(let read) = result else { return }
        events.take(read.value)
    }

    private mutating func cancelEvents() -> [Effect] {
        guard let load = events.content.load else { return [] }
        events.content.cancel()
        return [.cancelLoad(load)]
    }
}
