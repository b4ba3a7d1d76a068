extension EventService {
    /// Counts what a caller gets towards what the callers of a route are promised.
    ///
    /// What nobody but the caller is to blame for doesn't count. A caller that goes away doesn't either, unless it had to wait
    /// for too long: else nothing would be bad where nothing is answered and nobody waits for the time-out.
    func promised<Answer>(
        on route: UpstreamRoute,
        isWhole: (Answer) -> Bool = { _ in true },
        _ answer: () async throws(ServiceError) -> Answer
    ) async throws(ServiceError) -> Answer {
        let start = time.uptime
        do throws(ServiceError) {
            let answer = try await answer()
            objectives.count(route, isGood: isWhole(answer), since: start)
            return answer
        } catch {
            count(error, on: route, since: start)
            throw error
        }
    }

    /// Counts what keeps a caller from an answer before there can be one; what goes well is no answer yet, and doesn't count.
    func promisedToBegin<Value>(
        on route: UpstreamRoute,
        _ work: () async throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let start = time.uptime
        do throws(ServiceError) {
            return try await work()
        } catch {
            count(error, on: route, since: start)
            throw error
        }
    }

    private func count(_ error: ServiceError, on route: UpstreamRoute, since start: Duration) {
        if error.isOfService { objectives.count(route, isGood: false, since: start) }
        if error.kind == .cancelled { objectives.countDeparture(route, since: start) }
    }

    /// How what the callers of the routes are promised is kept.
    public func objectiveStatuses() -> [ObjectiveStatus] {
        objectives.status
    }

    /// Has `changes()` tell also what the time changes about the objectives, until the task is cancelled.
    ///
    /// Must not be called twice.
    public func watchObjectives() async {
        await objectives.watch()
    }
}

extension ServiceError {
    /// Whether the caller could expect something better: the events API, the way to it or what is kept is to blame.
    fileprivate var isOfService: Bool { isOfUpstream || kind == .notKept || kind == .storeFailed }
}
