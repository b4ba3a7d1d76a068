import Synchronization
import Testing

@testable import EventService

@Suite("Change signal")
struct ChangeSignalTests {
    @Test("gives an element at once")
    func atOnce() async {
        let signal = ChangeSignal()
        var iterator = signal.changes().makeAsyncIterator()
        #expect(await iterator.next() != nil)
    }

    @Test("gives one element for many changes that nobody read")
    func coalesces() async {
        let signal = ChangeSignal()
        let changes = signal.changes()
        for _ in 0..<1000 { signal.notify() }
        signal.finish()
        #expect(await count(changes) == 1)
    }

    @Test("gives another element after a change that comes when the last one was read")
    func again() async {
        let signal = ChangeSignal()
        var iterator = signal.changes().makeAsyncIterator()
        for _ in 0..<3 {
            #expect(await iterator.next() != nil)
            signal.notify()
        }
        #expect(await iterator.next() != nil)
    }

    @Test("wakes a reader that waits")
    func wakes() async {
        let signal = ChangeSignal()
        let changes = signal.changes()
        let (reads, read) = AsyncStream.makeStream(of: Int.self)
        let reader = Task {
            var count = 0
            for await _ in changes {
                count += 1
                read.yield(count)
            }
            read.finish()
        }
        for await count in reads {
            if count == 3 { signal.finish() } else { signal.notify() }
        }
        await reader.value
    }

    @Test("tells each of many listeners")
    func manyListeners() async {
        let signal = ChangeSignal()
        let streams = (0..<100).map { _ in signal.changes() }
        for stream in streams {
            var iterator = stream.makeAsyncIterator()
            #expect(await iterator.next() != nil)
        }
        let others = (0..<100).map { _ in signal.changes() }
        #expect(signal.listenerCount == 200)
        signal.notify()
        signal.finish()
        for stream in streams + others { #expect(await count(stream) == 1) }
    }

    @Test("forgets a listener that was cancelled, and one that was dropped without reading")
    func forgets() async {
        let signal = ChangeSignal()
        let changes = signal.changes()
        let reader = Task { for await _ in changes {} }
        reader.cancel()
        _ = await reader.value
        #expect(signal.listenerCount == 0)

        var dropped: AsyncStream<Void>? = signal.changes()
        #expect(dropped != nil)
        #expect(signal.listenerCount == 1)
        dropped = nil
        #expect(signal.listenerCount == 0)
    }

    @Test("ends every stream, and those that are asked for later, after their first element")
    func finishes() async {
        let signal = ChangeSignal()
        let before = signal.changes()
        signal.finish()
        signal.finish()
        signal.notify()
        #expect(await count(before) == 1)
        #expect(await count(signal.changes()) == 1)
        #expect(signal.listenerCount == 0)
    }

    @Test("does not lose a change, and does not lock up, under many writers, readers, and readers that leave")
    func contention() async {
        let signal = ChangeSignal()
        let counter = Counter()
        let seen = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<4 {
                let changes = signal.changes()
                group.addTask {
                    var last = 0
                    for await _ in changes { last = counter.value }
                    return last
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<500 {
                        for await _ in signal.changes() { break }
                    }
                    return nil
                }
            }
            await withTaskGroup { writers in
                for _ in 0..<4 {
                    writers.addTask {
                        for _ in 0..<2500 {
                            counter.increment()
                            signal.notify()
                        }
                    }
                }
            }
            signal.finish()
            var seen: [Int] = []
            for await last in group { if let last { seen.append(last) } }
            return seen
        }
        #expect(seen == [10_000, 10_000, 10_000, 10_000])
        #expect(signal.listenerCount == 0)
    }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        var value: Int { count.load(ordering: .acquiring) }
        func increment() { count.add(1, ordering: .acquiringAndReleasing) }
    }

    private func count(_ stream: AsyncStream<Void>) async -> Int {
        var count = 0
        for await _ in stream { count += 1 }
        return count
    }
}
