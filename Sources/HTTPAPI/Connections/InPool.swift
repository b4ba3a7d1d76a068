/// Does something in Swift's pool, on whichever thread this is called.
///
/// After a yield a task may go on where it was; a child task never begins there.
func inPool<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    async let result = work()
    return try await result
}
