import Hummingbird
import Synchronization

/// The routes that watch and switch the simulator; no scenario affects them.
struct ControlRoutes {
    let simulator: UpstreamSimulator
    /// Whether an outage closes the connection that these routes are asked over.
    let endWithOutage: Bool

    func add(to router: Router<SimulatorContext>) {
        router.get("_counters") { _, _ in try counters() }
        router.post("_counters/reset") { _, _ in
            simulator.resetCounters()
            return try counters()
        }
        router.get("_activity") { _, _ in try activity() }
        router.get("_scenario") { _, _ in try scenario() }
        router.put("_scenario") { request, _ in try await select(RequestFields(request)) }
    }

    private func counters() throws -> Response {
        try .json(.object(simulator.counters.mapValues { .integer(Int64($0)) }))
    }

    private func activity() throws -> Response {
        let activity = simulator.activity
        return try .json([
            "underWay": .integer(Int64(activity.underWay)),
            "peak": .integer(Int64(activity.peak)),
            "abandoned": .integer(Int64(activity.abandoned)),
        ])
    }

    private func scenario() throws -> Response {
        let (scenario, garbage) = simulator.selection
        return try .json(Self.describe(scenario, garbage))
    }

    private func select(_ body: RequestFields) async throws -> Response {
        var fields = body
        let scenario = Self.choice(Scenario.self, in: "scenario", of: &fields)
        let garbage =
            fields.remaining["garbage"] == nil ? nil : Self.choice(GarbageKind.self, in: "garbage", of: &fields)
        try fields.check()
        guard let scenario else { throw APIError.invalidBody("The body names no scenario.") }
        if scenario == .outage && endWithOutage { return try Self.answerThen(scenario) { simulator.order(.outage) } }
        do {
            try await simulator.select(scenario, garbage: garbage)
        } catch let error as SimulatorError {
            throw APIError(status: .conflict, error: "Scenario not selected", message: error.description)
        }
        return try self.scenario()
    }

    /// An answer after which something is done, because it can't be sent any more afterwards.
    private static func answerThen(_ scenario: Scenario, _ act: @escaping @Sendable () -> Void) throws -> Response {
        let text = ByteBuffer(bytes: try describe(scenario, nil).encoded())
        let body = ResponseBody(contentLength: text.readableBytes) { writer in
            try await writer.write(text)
            try await writer.finish(nil)
            act()
        }
        let headers: HTTPFields = [.contentType: "application/json; charset=utf-8", .connection: "close"]
        return Response(status: .ok, headers: headers, body: body)
    }

    private static func describe(_ scenario: Scenario, _ garbage: GarbageKind?) -> JSONValue {
        [
            "scenario": .string(scenario.rawValue),
            "summary": .string(scenario.summary),
            "garbage": garbage.map { .string($0.rawValue) } ?? .null,
            "scenarios": .array(Scenario.allCases.map { .string($0.rawValue) }),
        ]
    }

    private static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ type: Choice.Type,
        in field: String,
        of fields: inout RequestFields
    ) -> Choice? {
        let name = fields.text(field)
        if let choice = Choice(rawValue: name) { return choice }
        if !name.isEmpty {
            let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            fields.complain(field, "must be one of \(allowed)")
        }
        return nil
    }
}
