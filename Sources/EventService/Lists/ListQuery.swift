/// What somebody asks of a list: which part, in which order, which elements, which of their members.
///
/// Whoever makes one keeps to the limits that are stated here; `HTTPAPI` answers 400 to what exceeds them.
public struct ListQuery: Sendable, Equatable {
    /// The most elements of a page.
    public static let maximumLimit = 1000

    /// The most elements that an offset may leave out.
    public static let maximumOffset = 1_000_000

    /// The most keys to sort by.
    public static let maximumSortKeys = 5

    /// The most members to choose.
    public static let maximumFields = 50

    /// The most filters.
    public static let maximumFilters = 10

    /// The longest name of a member, in bytes of UTF-8.
    public static let maximumNameLength = 64

    /// Where a page starts.
    public enum Start: Sendable, Equatable {
        /// At the first element.
        case beginning
        /// Behind this many elements, 0…1,000,000: elements that come or go between two pages shift the second.
        case offset(Int)
        /// Where another page ended, or began.
        case cursor(ListCursor)
    }

    /// The most elements to return, 1…1000; `nil` for all.
    public var limit: Int?

    /// Where to start.
    public var start: Start

    /// What to sort by, the most important first; empty for the list's own order.
    public var sort: [ListSortKey]

    /// The names of the members to return, each once; empty for all.
    public var fields: [String]

    /// What must hold for an element to be returned.
    public var filters: [ListFilter]

    /// Creates a query.
    public init(
        limit: Int? = nil,
        start: Start = .beginning,
        sort: [ListSortKey] = [],
        fields: [String] = [],
        filters: [ListFilter] = []
    ) {
        self.limit = limit
        self.start = start
        self.sort = sort
        self.fields = fields
        self.filters = filters
    }

    /// Whether nothing was asked for, so that the list is passed on as it came.
    public var isPlain: Bool {
        self == ListQuery()
    }
}

/// A member to sort by.
///
/// Elements without the member, and those where it is `null`, an array or an object, come last in either direction. Before
/// them numbers come by their value (that of a `Double`), then strings by their first 256 bytes of UTF-8, which is the
/// order of their Unicode scalar values, then `false` and `true`. Of a member that an element has twice, the last counts.
/// Elements that are equal in every key stay in the list's own order.
public struct ListSortKey: Sendable, Equatable {
    /// The member's name.
    public var field: String

    /// Whether the greatest value comes first.
    public var isDescending: Bool

    /// Creates a key.
    public init(field: String, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }
}
