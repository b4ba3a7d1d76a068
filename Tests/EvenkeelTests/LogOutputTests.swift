import Foundation
import Testing

@testable import evenkeel

@Suite("The log's output")
struct LogOutputTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { _ = try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("Lines from many threads arrive whole, in a file that only its owner reads")
    func whole() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("deep/evenkeel.log")
            let output = LogOutput(try LogSink(file: file))
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                for number in 0..<500 { output.write("thread \(thread) line \(number)\n") }
            }
            output.flush()
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 4000)
            for thread in 0..<8 {
                let own = lines.filter { $0.hasPrefix("thread \(thread) ") }
                #expect(own == (0..<500).map { "thread \(thread) line \($0)" })
            }
            let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
        }
    }

    @Test("A file that is full is put aside once")
    func rotation() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("evenkeel.log")
            var sink = try LogSink(file: file)
            let megabyte = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
            for _ in 0..<20 { sink.write(megabyte) }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["evenkeel.log", "evenkeel.log.1"])
            for name in names {
                let path = folder.appendingPathComponent(name).path
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                #expect(try #require(size) <= LogSink.maximumFileSize + megabyte.count)
            }
        }
    }

    @Test("Several processes write one file: no line is lost, and one of them puts it aside")
    func shared() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("evenkeel.log")
            var sinks = [try LogSink(file: file), try LogSink(file: file)]
            // Some 12 MB, so that it is put aside once.
            let padding = String(repeating: "x", count: 100_000)
            for number in 0..<60 {
                for sink in sinks.indices { sinks[sink].write(Data("\(sink) \(number) \(padding)\n".utf8)) }
            }
            let texts = try ["evenkeel.log.1", "evenkeel.log"].map {
                try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
            }
            let lines = texts.joined().split(separator: "\n").map { $0.prefix { $0 != "x" }.dropLast() }
            for sink in sinks.indices {
                #expect(lines.filter { $0.hasPrefix("\(sink) ") }.map(String.init) == (0..<60).map { "\(sink) \($0)" })
            }
        }
    }

    @Test("A pipe that nobody reads holds up nobody who logs, and what is lost is counted")
    func stuckPipe() throws {
        let pipe = Pipe()
        let output = LogOutput(LogSink(handle: pipe.fileHandleForWriting))
        let line = String(repeating: "y", count: 1023) + "\n"
        // Far more than the pipe and the queue hold; it would never return if anybody waited.
        for _ in 0..<20_000 { output.write(line) }
        DispatchQueue.global().async {
            while !output.flush() {}
            pipe.fileHandleForWriting.closeFile()
        }
        let lines = pipe.fileHandleForReading.readDataToEndOfFile().split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
        let written = lines.count { $0 == line.dropLast() }
        let notices = lines.compactMap { $0.firstMatch(of: /(\d+) log lines were dropped/) }
        let dropped = notices.compactMap { Int($0.output.1) }.reduce(0, +)
        #expect(written + notices.count == lines.count, "every line is whole")
        #expect(written + dropped == 20_000)
        #expect(dropped > 10_000)
        #expect(output.droppedLines == UInt64(dropped))
    }
}
