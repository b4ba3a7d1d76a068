/// A place in a sorted list that stays where it is while elements come and go.
///
/// It holds what the list was sorted by, the values of the element that it stands behind (or before), and the ids of that
/// element and of up to 15 others next to it with the same values, on the side that was returned already. The next page
/// starts behind the values, and among elements of the same values behind the nearest of these ids that is still there.
///
/// What following the cursors guarantees: an element that is in the list all the time, keeps its values and goes on passing
/// the filters, is returned exactly once, as long as the events API keeps the order of the elements that keep their values.
/// One that comes or goes meanwhile is returned once or not at all. Without sorting all elements have the same values: there,
/// and among more than 16 of the same values, all of the 16 would have to go, between two pages, for the next page to start
/// where they stood instead, as an offset would. It always does so among elements without an `id` that is a string or number
/// of at most 1,024 bytes; of longer ids fewer than 16 have room, in 1,024 bytes together.
public struct ListCursor: Sendable, Equatable {
    /// The most ids.
    static let maximumIDs = 16

    /// The most bytes of all ids together.
    static let maximumIDBytes = 1024

    /// Whether the page ends before this place instead of beginning behind it.
    var isBackward: Bool

    /// What the list is sorted by.
    public internal(set) var sort: [ListSortKey]

    /// The element's values, one for each key.
    var values: [SortValue]

    /// The ids of the elements, as bytes of their text, the nearest first.
    var ids: [[UInt8]]

    /// Whether `ids` are those of all elements with these values on the side that was returned.
    var isWhole: Bool

    /// Where the element stood in the list's own order, from 0.
    var place: Int

    /// Whether it was made for a list sorted by these keys.
    public func fits(_ sort: [ListSortKey]) -> Bool {
        self.sort.count == sort.count
            && zip(self.sort, sort).allSatisfy {
                $0.isDescending == $1.isDescending && $0.field.hasSameBytes(as: $1.field)
            }
    }
}
