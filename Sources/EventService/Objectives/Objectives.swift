/// What the callers of every route are promised, and how that is kept.
final class Objectives: Sendable {
    private let meters: [UpstreamRoute: ObjectiveMeter]
    private let time: WallClock
    private let clock: any Clock<Duration>
    private let signal: ChangeSignal
    private let due = ChangeSignal()

    /// The shortest time between two looks whether something shows.
    private static let pause = Duration.milliseconds(250)

    init(
        _ objectives: [UpstreamRoute: RouteObjectives],
        time: WallClock,
        clock: any Clock<Duration>,
        signal: ChangeSignal
    ) {
        let now = time.uptime
        meters = Dictionary(
            uniqueKeysWithValues: UpstreamRoute.allCases.map { route in
                (route, ObjectiveMeter(route, objectives[route] ?? RouteObjectives(availability: nil), at: now))
            }
        )
        self.time = time
        self.clock = clock
        self.signal = signal
    }

    /// Promises something else from now on.
    func replace(_ objectives: [UpstreamRoute: RouteObjectives]) {
        let now = time.uptime
        for (route, meter) in meters {
            meter.replace(objectives[route] ?? RouteObjectives(availability: nil), at: now)
        }
        due.notify()
    }

    /// Counts an answer to a caller.
    /// - Parameter start: When the caller asked, on the service's clock.
    func count(_ route: UpstreamRoute, isGood: Bool, since start: Duration) {
        let now = time.uptime
        if meters[route]?.count(isGood: isGood, after: now - start, at: now) == true { due.notify() }
    }

    /// Counts a caller that went away without an answer, as a bad one if it had waited for too long.
    /// - Parameter start: When the caller asked, on the service's clock.
    func countDeparture(_ route: UpstreamRoute, since start: Duration) {
        guard let patience = meters[route]?.patience, time.uptime - start > patience else { return }
        count(route, isGood: false, since: start)
    }

    /// How the promises are kept, in the order of `UpstreamRoute.allCases`, availability first.
    var status: [ObjectiveStatus] {
        UpstreamRoute.allCases.flatMap { meters[$0]?.status(time) ?? [] }
    }

    /// Tells of changes until the task is cancelled, also of those that the time brings: what is bad gets old.
    ///
    /// It sleeps while nothing is bad.
    func watch() async {
        var told = status.map(Shown.init)
        var alarm: Task<Void, Never>?
        for await _ in due.changes() {
            let now = time.uptime
            let next = meters.values.compactMap { $0.look(at: now) }.min()
            let shown = status.map(Shown.init)
            if shown != told { signal.notify() }
            told = shown
            alarm?.cancel()
            alarm = next.map { next in
                Task { [clock, due, time] in
                    guard (try? await clock.sleep(for: max(next - time.uptime, .zero))) != nil else { return }
                    due.notify()
                }
            }
            guard (try? await clock.sleep(for: Self.pause)) != nil else { break }
        }
        alarm?.cancel()
    }

    /// What is shown of a status, as exactly as it is shown.
    private struct Shown: Equatable {
        let id: ObjectiveStatus.ID
        let target: Double
        let hasNoTraffic: Bool
        let alert: BurnAlert
        let tenths: [Int]

        init(_ status: ObjectiveStatus) {
            id = status.id
            target = status.target
            hasNoTraffic = status.hasNoTraffic
            alert = status.alert
            tenths = [
                status.burnRate(.fiveMinutes), status.burnRate(.hour), status.budgetLeft * 100,
            ].map { Int(($0 * 10).rounded()) }
        }
    }
}
