import EventService
import Foundation

/// Something that a table of the dashboard lists.
protocol TableRow: Equatable, Sendable, Identifiable where ID == String {
    /// What the table can be ordered by.
    associatedtype Order: CaseIterable, Equatable, Sendable

    /// The value that decides the row's place in an order, `nil` where the order is the one that the rows came in.
    func sortKey(for order: Order) -> SortKey?

    /// Whether the row belongs to what is left of the table under a filter.
    func matches(_ filter: Needle) -> Bool
}

/// What rows are compared by; where there is nothing to compare, the row comes last.
enum SortKey: Comparable {
    case text(String)
    case number(Double)
    case nothing
}

/// What the table of users can be ordered by.
enum UserOrder: String, CaseIterable, Equatable, Sendable {
    case given
    case name
    case events
}

/// What the table of events can be ordered by.
enum EventOrder: String, CaseIterable, Equatable, Sendable {
    case name
    case when
    case given
}

extension User: TableRow {
    func sortKey(for order: UserOrder) -> SortKey? {
        switch order {
        case .given: nil
        case .name: .text(name.lowercased())
        case .events: .number(-Double(eventIDs.count))
        }
    }

    func matches(_ filter: Needle) -> Bool {
        [name, username, email, id].contains { $0.map(filter.isFound(in:)) ?? false }
    }
}

extension Event: TableRow {
    func sortKey(for order: EventOrder) -> SortKey? {
        switch order {
        case .name: .text(name.lowercased())
        case .when: startsAt.flatMap(RFC3339.date(of:)).map { .number($0.timeIntervalSince1970) } ?? .nothing
        case .given: nil
        }
    }

    func matches(_ filter: Needle) -> Bool {
        [name, location, startsAt, id].contains { $0.map(filter.isFound(in:)) ?? false }
    }
}
