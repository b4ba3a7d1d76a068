import EventService

import struct Foundation.Date

/// The clock of a service elsewhere, as far as can be told from here.
///
/// What it says was said a little earlier than it is heard here: of all that was heard the least late tells most.
struct RemoteClock: Equatable {
    /// What that clock showed when the time here began to be counted.
    private var start: Date
    /// How late something can be told; what seems to be later was said after the clock there was set back.
    private let lateness: Duration

    init(start: Date, lateness: Duration = RemoteLimits().silenceTimeout) {
        self.start = start
        self.lateness = lateness
    }

    /// The time there.
    func date(at uptime: Duration) -> Date {
        start.addingTimeInterval(uptime.inSeconds)
    }

    /// Sets the clock by what was told on a new connection, whatever it showed: the clock there may have been set, too.
    mutating func set(to date: Date, at uptime: Duration) {
        start = date.addingTimeInterval(-uptime.inSeconds)
    }

    /// Sets the clock by what was told, if that was less late than all before, or later than can be.
    mutating func follow(_ date: Date, at uptime: Duration) {
        let told = date.addingTimeInterval(-uptime.inSeconds)
        if told > start || start.timeIntervalSince(told) > lateness.inSeconds { start = told }
    }
}
