extension AsyncStream where Element == Void {
    /// Does something for every element, thirty times a second at most: a screen shows no more, nor does anybody read more.
    ///
    /// For streams that keep one element: what comes meanwhile is done once, and the last is never left out, as a throttle
    /// would that drops what comes too early.
    func forEachPicture(_ body: () async throws -> Void) async throws {
        for await _ in self {
            try Task.checkCancellation()
            try await body()
            try await Task.sleep(for: .milliseconds(33))
        }
    }
}
