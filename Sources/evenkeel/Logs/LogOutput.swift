import Dispatch
import Foundation
import Synchronization

/// Where log lines go: whole lines from any thread, written by a thread of its own.
///
/// Nobody who logs ever waits: a disk that is slow, or a pipe that nobody reads, must not stop the service. What can't be
/// written in time is dropped, and the log says how much.
final class LogOutput: TextOutputStream, Sendable {
    private struct Queue {
        var pending = Data()
        /// Lines dropped since the log last said so.
        var dropped = 0
        var droppedInAll: UInt64 = 0
        var isWriterScheduled = false
    }

    /// The most bytes that wait to be written.
    private static let maximumPending = 4 << 20

    /// How long a line may wait for others to be written with: waking the writer costs more than the line.
    private static let gatheringTime = DispatchTimeInterval.milliseconds(20)

    private let queue = Mutex(Queue())
    private let sink: Mutex<LogSink>
    private let writer = DispatchQueue(label: "evenkeel.log")

    init(_ sink: LogSink) {
        self.sink = Mutex(sink)
    }

    static let standardError = LogOutput(.standardError)

    /// Takes a line, with its end.
    func write(_ line: String) {
        write(Array(line.utf8))
    }

    /// Takes a line, with its end.
    func write(_ line: [UInt8]) {
        let mustSchedule = queue.withLock { queue in
            guard queue.pending.count + line.count <= Self.maximumPending else {
                queue.dropped += 1
                queue.droppedInAll += 1
                return false
            }
            queue.pending += line
            defer { queue.isWriterScheduled = true }
            return !queue.isWriterScheduled
        }
        if mustSchedule { writer.asyncAfter(deadline: .now() + Self.gatheringTime) { [self] in drain() } }
    }

    /// How many lines were dropped so far.
    var droppedLines: UInt64 {
        queue.withLock { $0.droppedInAll }
    }

    /// Waits until everything is written, or a second has passed.
    /// - Returns: Whether everything is written.
    @discardableResult
    func flush() -> Bool {
        let done = DispatchGroup()
        writer.async(group: done) { [self] in drain() }
        return done.wait(timeout: .now() + 1) == .success
    }

    /// Writes until nothing is left.
    private func drain() {
        while true {
            let (lines, dropped) = queue.withLock { queue in
                defer { (queue.pending, queue.dropped) = (Data(), 0) }
                queue.isWriterScheduled = !queue.pending.isEmpty || queue.dropped > 0
                return (queue.pending, queue.dropped)
            }
            guard !lines.isEmpty || dropped > 0 else { return }
            sink.withLock { sink in
                sink.write(lines)
                if dropped > 0 {
                    sink.write(Data("{\"level\":\"warning\",\"message\":\"\(dropped) log lines were dropped\"}\n".utf8))
                }
            }
        }
    }
}
