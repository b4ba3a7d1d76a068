import EventService

/// The pane of users.
struct UsersState: Equatable, Sendable {
    var content = Loadable<[User]>()
    var table = TableState<User>(order: .given)
}
