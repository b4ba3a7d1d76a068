public import NIOCore

/// A part of a list, as a query asked for it.
public struct ListPage: Sendable, Equatable {
    /// Where the other pages of the list start, for links.
    public struct Links: Sendable, Equatable {
        /// The first page.
        public var first: ListQuery.Start?
        /// The page before; `nil` on the first.
        public var previous: ListQuery.Start?
        /// The page behind; `nil` on the last.
        public var next: ListQuery.Start?
        /// The last page; only where pages are told by an offset.
        public var last: ListQuery.Start?

        /// Creates links from their parts.
        public init(
            first: ListQuery.Start? = nil,
            previous: ListQuery.Start? = nil,
            next: ListQuery.Start? = nil,
            last: ListQuery.Start? = nil
        ) {
            self.first = first
            self.previous = previous
            self.next = next
            self.last = last
        }
    }

    /// A JSON array; its elements, or of each the members asked for, are the bytes of the list.
    public var body: ByteBuffer

    /// How many elements the list has that pass the filters; `nil` where nothing was asked for and so nothing counted.
    public var total: Int?

    /// Where the other pages start; all `nil` where the query sets no limit.
    public var links: Links

    /// Creates a page from its parts.
    public init(body: ByteBuffer, total: Int? = nil, links: Links = Links()) {
        self.body = body
        self.total = total
        self.links = links
    }
}
