import EventService
import Foundation
import Testing

@testable import Dashboard

/// How durations and times are written and read.
@Suite
struct FormatTests {
    @Test(
        "A countdown is rounded up, so that it is zero only when the time has come",
        arguments: [
            (0, "0.0 s"), (1, "0.1 s"), (7150, "7.2 s"), (9901, "10 s"), (9900, "9.9 s"), (10_900, "10 s"),
            (10_901, "11 s"),
            (60_000, "1 min"), (125_000, "2 min 5 s"), (3_600_000, "1 h"), (3_900_000, "1 h 5 min"),
            (200_000_000, "2 d 7 h"), (-5, "0.0 s"),
        ]
    )
    func countdown(milliseconds: Int, text: String) {
        #expect(DurationText.countdown(.milliseconds(milliseconds)) == text)
    }

    @Test(
        "A length is rounded to what is worth reading",
        arguments: [
            (0, "0 ms"), (480, "480 ms"), (999, "999 ms"), (1000, "1 s"), (1250, "1.3 s"), (9960, "10 s"),
            (30_000, "30 s"), (59_600, "1 min"),
        ]
    )
    func length(milliseconds: Int, text: String) {
        #expect(DurationText.length(.milliseconds(milliseconds)) == text)
    }

    @Test(
        "An age is in whole units, the smaller the younger",
        arguments: [
            (-5, "0 s"), (999, "0 s"), (12_999, "12 s"), (59_999, "59 s"), (60_000, "1 min"), (179_999, "2 min"),
            (3_599_999, "59 min"), (3_600_000, "1 h"), (172_799_999, "47 h"), (172_800_000, "2 d"),
        ]
    )
    func age(milliseconds: Int, text: String) {
        #expect(DurationText.age(.milliseconds(milliseconds)) == text)
    }

    @Test("Waits share their unit where they can")
    func list() {
        #expect(DurationText.list([.seconds(10), .seconds(20), .seconds(60)], separator: " › ") == "10 › 20 › 60 s")
        #expect(DurationText.list([.milliseconds(500), .seconds(60)], separator: " › ") == "500 ms › 1 min")
    }

    @Test("Times are shown in the time zone that was asked for")
    func times() throws {
        let berlin = TimeText(timeZone: try #require(TimeZone(identifier: "Europe/Berlin")))
        #expect(berlin.clock(start) == "13:31:05")
        #expect(berlin.minute(rfc3339: "2026-12-01T18:00:00Z") == "2026-12-01 19:00")
        #expect(berlin.minute(rfc3339: "2026-07-01T18:00:00.123+00:00") == "2026-07-01 20:00")
        #expect(berlin.minute(rfc3339: "soon") == "soon")
        let utc = TimeText(timeZone: .gmt)
        #expect(utc.moment(start.after(-3600), now: start) == "11:31:05")
        #expect(utc.moment(start.after(-86_400), now: start) == "2026-11-29 12:31")
    }

    @Test(
        "A date and time is read in the time zone and sent with its offset",
        arguments: [
            ("2026-12-01 18:00", "2026-12-01T18:00:00+01:00"), (" 2026-7-1 8:05 ", "2026-07-01T08:05:00+02:00"),
            ("2026-12-01T18:00", "2026-12-01T18:00:00+01:00"), ("2028-02-29 23:59", "2028-02-29T23:59:00+01:00"),
            ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
        ]
    )
    func when(text: String, expected: String) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(try WhenText.rfc3339(text, timeZone: zone) == expected)
    }

    @Test(
        "What is no date or time is told as what it is",
        arguments: [
            ("tomorrow", WhenText.Problem.malformed), ("2026-12-01", .malformed), ("٢٠٢٦-12-01 18:00", .malformed),
            ("2026-02-30 10:00", .noSuchDay), ("2026-13-01 10:00", .noSuchDay), ("2026-12-01 24:00", .noSuchHour),
            ("2026-12-01 10:60", .noSuchHour), ("2026-03-29 02:30", .skipped), ("0000-01-01 10:00", .malformed),
        ]
    )
    func wrongWhen(text: String, problem: WhenText.Problem) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(throws: problem) { try WhenText.rfc3339(text, timeZone: zone) }
    }

    @Test("No date is no error")
    func emptyWhen() throws {
        #expect(try WhenText.rfc3339("  ", timeZone: .gmt) == nil)
    }
}
