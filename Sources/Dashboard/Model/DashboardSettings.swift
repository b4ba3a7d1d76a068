public import Foundation

/// What stays the same for as long as the dashboard runs.
public struct DashboardSettings: Equatable, Sendable {
    /// A behaviour that the built-in simulator can be switched to.
    public struct Scenario: Equatable, Sendable {
        /// The name, as the simulator spells it.
        public var name: String
        /// What it does, in half a line.
        public var summary: String

        /// Creates a scenario from its parts.
        public init(name: String, summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    /// The program's version.
    public var version: String

    /// The time between the end of one automatic refresh of users and events and the next; zero turns it off.
    public var refreshInterval: Duration

    /// Whether only ASCII characters are drawn.
    public var isASCII: Bool

    /// Whether every action that changes something outside the dashboard is refused.
    public var isReadOnly: Bool

    /// Whether the bell rings at the start, until it is switched off.
    public var ringsBell: Bool

    /// The built-in simulator's scenarios; `nil` when the events API is not the built-in simulator.
    public var scenarios: [Scenario]?

    /// The names of the themes to choose from.
    public var themes: [String]

    /// The address of the service where that is elsewhere; `nil` where it runs in this process, so that stopping the process
    /// would stop the HTTP API too.
    public var attachedTo: String?

    /// Whether the outbox is in memory only, so that leaving loses what is in it.
    public var isEphemeral: Bool

    /// The time zone in which times are shown and typed.
    public var timeZone: TimeZone

    /// Where the identifiers of new events come from.
    public var draftIDs: DraftIDSource

    /// Creates settings.
    public init(
        version: String,
        refreshInterval: Duration = .seconds(10),
        isASCII: Bool = false,
        isReadOnly: Bool = false,
        ringsBell: Bool = false,
        scenarios: [Scenario]? = nil,
        themes: [String] = [],
        attachedTo: String? = nil,
        isEphemeral: Bool = false,
        timeZone: TimeZone = .current,
        draftIDs: DraftIDSource
    ) {
        self.version = version
        self.refreshInterval = refreshInterval
        self.isASCII = isASCII
        self.isReadOnly = isReadOnly
        self.ringsBell = ringsBell
        self.scenarios = scenarios
        self.themes = themes
        self.attachedTo = attachedTo
        self.isEphemeral = isEphemeral
        self.timeZone = timeZone
        self.draftIDs = draftIDs
    }
}

/// Makes the identifiers of new events, so that `update` stays free of randomness.
public struct DraftIDSource: Equatable, Sendable {
    /// Makes an identifier that no other event has.
    ///
    /// Takes the time, and how many identifiers were made before it.
    public let make: @Sendable (_ now: Date, _ count: UInt64) -> String

    /// Creates a source.
    public init(_ make: @escaping @Sendable (_ now: Date, _ count: UInt64) -> String) {
        self.make = make
    }

    /// Sources don't differ in anything that is shown.
    public static func == (first: DraftIDSource, second: DraftIDSource) -> Bool { true }
}
