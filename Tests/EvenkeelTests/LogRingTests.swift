import Dashboard
import Foundation
import Logging
import Testing

@testable import evenkeel

/// The last lines of the log.
@Suite
struct LogRingTests {
    private func logger(_ ring: LogRing) -> Logger {
        Logger(label: "test") { _ in ThresholdLogHandler(RingLogHandler(ring), threshold: LogThreshold(.info)) }
    }

    @Test("Lines are kept in order with their level and what came with them, below the threshold none")
    func keeps() {
        let ring = LogRing()
        var logger = logger(ring)
        logger[metadataKey: "b"] = "2"
        logger.warning("One", metadata: ["a": "\u{1B}1"])
        logger.debug("None")
        logger.error("Two", error: CocoaError(.fileNoSuchFile))
        let lines = ring.lines(after: 0)
        #expect(lines.map(\.number) == [1, 2])
        #expect(lines.map(\.level) == [.warning, .error])
        #expect(lines.first?.message == "One")
        #expect(lines.first?.details == "a=\u{1B}1 b=2")
        #expect(lines.last?.details.contains("error=") == true)
        #expect(ring.lines(after: 1).map(\.number) == [2])
    }

    @Test("No more than five hundred lines are told, each of a bounded length")
    func isBounded() {
        let ring = LogRing()
        let logger = logger(ring)
        for number in 1...1700 {
            logger.info("Line", metadata: ["n": "\(number)", "long": "\(String(repeating: "x", count: 5000))"])
        }
        let lines = ring.lines(after: 0)
        #expect(lines.map(\.number) == Array(1201...1700))
        #expect(lines.allSatisfy { $0.details.count <= 2000 })
    }

    @Test("News come at once, then with every line, until nobody wants them")
    func tells() async {
        let ring = LogRing()
        var news = ring.news().makeAsyncIterator()
        #expect(await news.next() != nil)
        logger(ring).info("One")
        #expect(await news.next() != nil)
        ring.stopTelling()
        logger(ring).info("Two")
        #expect(await news.next() == nil)
    }

    @Test("A follower tells each line once")
    func follows() async {
        let ring = LogRing()
        let follower = LogFollower(ring)
        let (stream, continuation) = AsyncStream.makeStream(of: LogLine.self)
        logger(ring).info("One")
        logger(ring).info("Two")
        follower.follow(after: 1) { for line in $0 { continuation.yield(line) } }
        var lines = stream.makeAsyncIterator()
        #expect(await lines.next()?.message == "Two")
        logger(ring).info("Three")
        #expect(await lines.next()?.message == "Three")
        follower.leave()
    }
}
