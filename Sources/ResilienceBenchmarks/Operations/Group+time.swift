import Resilience

extension Group {
    /// Time-outs and retries around an operation that answers at once.
    static func timeAndRetry() throws -> Group {
        var group = Group("around an operation that answers at once")
        group.addAsync("the operation") { try await asyncWork() }
        group.addAsync("Task {} and its value") { try await Task { try await asyncWork() }.value }
        group.addAsync("withTimeout") { try await withTimeout(.seconds(15)) { try await asyncWork() } }
        let deadline = Deadline(after: .seconds(3600))
        group.addAsync("withDeadline") { try await withDeadline(deadline) { try await asyncWork() } }
        let backoff = try Backoff(base: .milliseconds(500), cap: .seconds(5))
        let retry = try Retry(maximumRetries: 3, backoff: backoff)
        group.addAsync("Retry without a retry") {
            try await retry.run(classify: { _ in .retry() }) { try await asyncWork() }
        }
        let budget = try RetryBudget()
        let bounded = try Retry(maximumRetries: 3, backoff: backoff, budget: budget)
        group.addAsync("Retry without a retry, with a budget") {
            try await bounded.run(classify: { _ in .retry() }) { try await asyncWork() }
        }
        let flights = SingleFlight<Int, Int>()
        group.addAsync("single flight, one caller") { try await flights.run(1) { try await asyncWork() } }
        return group
    }
}
