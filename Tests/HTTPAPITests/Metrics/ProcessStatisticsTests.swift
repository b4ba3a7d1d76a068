import Foundation
import Testing

@testable import HTTPAPI

@Suite("Statistics of the process")
struct ProcessStatisticsTests {
    private static let process =
        "77 (even) k (eel) S 1 77 77 34816 77 4194560 9 0 0 0 1250 250 0 0 20 0 4 0 3000 104857600 512 18446744073709551615 0"

    private func read(_ process: String, system: String = "cpu 1 2\nbtime 1700000000\nprocesses 9\n")
        -> ProcessStatistics?
    {
        ProcessStatistics(
            process: process,
            system: system,
            openDescriptors: 12,
            maximumDescriptors: 1024,
            units: .init(ticks: 100, page: 4096)
        )
    }

    @Test("are read from procfs's words, whatever the program is called")
    func parsed() throws {
        let statistics = try #require(read(Self.process))
        #expect(statistics.startTime == 1_700_000_030)
        #expect(statistics.processorTime == 15)
        #expect(statistics.virtualMemory == 104_857_600)
        #expect(statistics.residentMemory == 512 * 4096)
    }

    @Test("are absent rather than wrong where procfs says something else")
    func broken() {
        #expect(read("") == nil)
        #expect(read("77 (x) S 1 2 3") == nil)
        #expect(read(Self.process, system: "cpu 1 2\n") == nil)
        #expect(ProcessStatistics.current(procfs: "/nowhere") == nil)
    }

    #if os(Linux)
        @Test("of this very process are believable")
        func current() throws {
            let statistics = try #require(ProcessStatistics.current())
            #expect(statistics.startTime <= Date.now.timeIntervalSince1970 + 1)
            #expect(statistics.startTime > Date.now.timeIntervalSince1970 - 86_400)
            #expect(statistics.processorTime > 0)
            #expect(statistics.residentMemory > 1 << 20)
            #expect(statistics.residentMemory < statistics.virtualMemory)
            #expect(statistics.openDescriptors >= 3)
        }
    #endif
}
