import EventService

/// Durations as the dashboard writes them: `480 ms`, `7.2 s`, `12 s`, `2 min 5 s`, `1 h 5 min`.
enum DurationText {
    /// The time left until something, rounded up to tenths so that zero means now; from 10 s on without the tenths.
    static func countdown(_ left: Duration) -> String {
        let tenths = tenths(left)
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : whole(seconds: tenths / 10)
    }

    /// The same without the tenths, so that both change together.
    static func wholeCountdown(_ left: Duration) -> String {
        whole(seconds: tenths(left) / 10)
    }

    /// The time until the text of a countdown changes.
    static func untilNextChange(of left: Duration, showsTenths: Bool) -> Duration {
        let milliseconds = left.milliseconds
        if showsTenths, tenths(left) <= 100 { return .milliseconds((milliseconds - 1) % 100 + 1) }
        // Rounded up to tenths and then cut, the seconds change when nine tenths of one are left.
        let untilChange = (milliseconds - 901 + 1000) % 1000 + 1
        return .milliseconds(min(milliseconds, untilChange))
    }

    private static func tenths(_ left: Duration) -> Int64 {
        (max(0, left.milliseconds) + 99) / 100
    }

    /// How old something is, in whole units of which there is one more now and then: `12 s`, `3 min`, `2 h`, `2 d`.
    static func age(_ age: Duration) -> String {
        let seconds = max(0, age.milliseconds / 1000)
        let unit = ageUnit(seconds: seconds)
        return whole(seconds: seconds / unit * unit)
    }

    /// The time until the text of an age changes.
    static func untilNextAge(after age: Duration) -> Duration {
        let milliseconds = age.milliseconds
        guard milliseconds >= 0 else { return .milliseconds(1000 - milliseconds) }
        let unit = ageUnit(seconds: milliseconds / 1000) * 1000
        return .milliseconds(unit - milliseconds % unit)
    }

    /// What is worth counting in an age, in seconds.
    private static func ageUnit(seconds: Int64) -> Int64 {
        switch seconds {
        case ..<60: 1
        case ..<3600: 60
        case ..<172_800: 3600
        default: 86_400
        }
    }

    /// How long something took or takes, rounded to what is worth reading.
    static func length(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.milliseconds)
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let tenths = (milliseconds + 50) / 100
        if tenths < 100, tenths % 10 != 0 { return "\(tenths / 10).\(tenths % 10) s" }
        return whole(seconds: (milliseconds + 500) / 1000)
    }

    /// A round time on an axis: seconds below two minutes.
    static func short(_ duration: Duration) -> String {
        duration < .seconds(120) ? "\(duration.wholeSeconds) s" : length(duration)
    }

    /// The waits between probes as one list with the unit once, where they share it: `10 › 20 › 40 › 60 s`.
    static func list(_ durations: [Duration], separator: String) -> String {
        let areWholeSeconds = durations.allSatisfy { $0.milliseconds % 1000 == 0 && $0.milliseconds < 600_000 }
        guard areWholeSeconds else { return durations.map(length).joined(separator: separator) }
        return durations.map { String($0.wholeSeconds) }.joined(separator: separator) + " s"
    }

    private static func whole(seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds) s" }
        let minutes = seconds / 60
        if minutes < 60 { return seconds % 60 == 0 ? "\(minutes) min" : "\(minutes) min \(seconds % 60) s" }
        let hours = minutes / 60
        if hours < 48 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
        return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
    }
}
